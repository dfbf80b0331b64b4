namespace Aspire.Hosting.Standalone;

/// <summary>Finds programs.</summary>
internal static class ProgramSearch
{
    /// <summary>The path of the first program of that name on PATH, or null.</summary>
    public static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
