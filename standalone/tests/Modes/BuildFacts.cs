using System.Reflection;

namespace PulseBoard.Tests.Standalone.Modes;

/// <summary>What the build of this assembly knew, and what it left behind (<c>standalone.targets</c>).</summary>
internal static class BuildFacts
{
    public static string RepoRoot { get; } = Fact("standalone-repo-root");

    /// <summary>The folder of the stand-ins.</summary>
    public static string Standalone { get; } = Path.Combine(RepoRoot, "standalone");

    /// <summary>The program that runs the SDK's tools.</summary>
    public static string DotNet { get; } = Fact("standalone-dotnet");

    /// <summary>The C# compiler that built this assembly.</summary>
    public static string Compiler { get; } = Fact("standalone-compiler");

    /// <summary>The packages that have a stand-in.</summary>
    public static string[] StandIns { get; } = ProjectsIn(Standalone);

    /// <summary>The projects of the product, its tests included.</summary>
    public static string[] Products { get; } = ProjectsIn(RepoRoot);

    /// <summary>The folder of a project or a stand-in.</summary>
    public static string Folder(string project) => Path.Combine(StandIns.Contains(project) ? Standalone : RepoRoot, project);

    /// <summary>Where the build keeps what it makes of a project on the way.</summary>
    public static string IntermediateOutput(string project)
    {
        // …/obj/PulseBoard.Tests/release/
        var own = new DirectoryInfo(Fact("standalone-intermediate-output"));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
    }

    /// <summary>How a project was compiled: the lines of a response file.</summary>
    public static string[] CompilerArguments(string project) => File.ReadAllLines(Path.Combine(IntermediateOutput(project), "compiler.args"));

    private static string[] ProjectsIn(string folder) =>
        [.. Directory.GetDirectories(folder).Select(Path.GetFileName).OfType<string>()
            .Where(name => File.Exists(Path.Combine(folder, name, $"{name}.csproj")))
            .Order(StringComparer.Ordinal)];

    private static string Fact(string key) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == key).Value!;
}
