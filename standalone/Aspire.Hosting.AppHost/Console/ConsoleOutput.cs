using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Writes the lines of all processes to one console, each behind the name of its resource.</summary>
internal sealed class ConsoleOutput : IOutputSink, IDisposable
{
    private static readonly int[] Colors = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94];

    private readonly Lock _gate = new();
    private readonly int _width;
    private readonly bool _colored = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly TextWriter _writer = new StreamWriter(System.Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        AutoFlush = true,
    };

    public ConsoleOutput(DistributedApplicationModel model)
    {
        var names = model.Resources.Where(ProcessSpecFactory.CanRun)
            .Select(r => r.Name.Length + (r.GetReplicaCount() > 1 ? 2 : 0));
        _width = names.DefaultIfEmpty().Max();
    }

    public void Write(string name, string line, bool isError)
    {
        var prefix = name.PadRight(_width);
        WriteLine(_colored
            ? string.Create(CultureInfo.InvariantCulture, $"\e[{ColorOf(name)}m{prefix} |\e[0m {line}")
            : $"{prefix} | {line}");
    }

    public void WriteLine(string line)
    {
        lock (_gate)
        {
            try
            {
                _writer.WriteLine(line);
            }
            catch (IOException)
            {
                // Whoever read the console is gone, as after SIGHUP; the application stops all the same.
            }
        }
    }

    public void Dispose() => _writer.Dispose();

    // By the name alone, so that a resource keeps its colour from run to run.
    private static int ColorOf(string name) => Colors[name.Sum(c => c) % Colors.Length];
}
