using System.Text.Json;

namespace Aspire.Hosting.Standalone;

/// <summary>Generated parameter values by name, readable by their owner only.</summary>
internal sealed class ParameterFile(string home)
{
    private const string FileName = "parameters.json";

    private static readonly Lock Gate = new();
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly string _path = Path.Combine(home, FileName);

    public string GetOrAdd(string name, Func<string> make)
    {
        lock (Gate)
        {
            var values = File.Exists(_path)
                ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(_path)) ?? []
                : [];
            if (values.TryGetValue(name, out var known))
            {
                return known;
            }

            var value = make();
            values.Add(name, value);
            Write(values);
            return value;
        }
    }

    // Replaced in one step: a host that dies while it writes must not leave its servers without their passwords.
    private void Write(SortedDictionary<string, string> values)
    {
        StandaloneHome.Create(home);
        var temporary = _path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, values, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }
}
