using System.Reflection;
using PublicApiGenerator;

namespace PulseBoard.Tests.Standalone.Modes;

/// <summary>
/// What the stand-ins offer is written down, in <c>standalone/&lt;package&gt;/PublicSurface.txt</c>, so that it can be held against
/// the real packages.
/// </summary>
public sealed class PublicSurfaceTests
{
    private const string AcceptVariable = "PULSEBOARD_ACCEPT_PUBLIC_SURFACE";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,

        // The clients' extension methods are in namespaces of Microsoft's.
        DenyNamespacePrefixes = [],

        // The compiler's own notes about method bodies.
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute",
            "System.Runtime.CompilerServices.AsyncStateMachineAttribute",
            "System.Runtime.CompilerServices.EnumeratorCancellationAttribute",
        ],
    };

    public static TheoryData<string> StandIns => [.. BuildFacts.StandIns];

    [Theory]
    [MemberData(nameof(StandIns))]
    public void Public_surface_of_a_stand_in_is_the_one_written_down(string package)
    {
        var file = Path.Combine(BuildFacts.Standalone, package, "PublicSurface.txt");
        var surface = Assembly.Load(package).GeneratePublicApi(Options) + "\n";
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(file, surface);
        }

        var written = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(
            surface == written,
            $"""
            The public surface of {package} differs from {file}.
            {string.Join('\n', Difference(written, surface))}
            Where the real package has it like that, accept it: {AcceptVariable}=1 dotnet test --filter {nameof(PublicSurfaceTests)}
            """);
    }

    private static IEnumerable<string> Difference(string written, string surface)
    {
        var before = written.Split('\n');
        var now = surface.Split('\n');
        return [.. before.Except(now).Select(line => $"- {line.Trim()}"), .. now.Except(before).Select(line => $"+ {line.Trim()}")];
    }
}
