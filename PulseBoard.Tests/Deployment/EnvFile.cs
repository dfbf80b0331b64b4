namespace PulseBoard.Tests.Deployment;

/// <summary>Reads files of lines such as <c>NAME=value</c> and <c># comment</c>.</summary>
internal static class EnvFile
{
    public const string Name = ".env";
    public const string ExampleName = ".env.example";

    public static IReadOnlyList<string> Keys(string path)
    {
        return [.. File.ReadLines(path).Where(IsAssignment).Select(line => line.Split('=')[0])];
    }

    public static IReadOnlyDictionary<string, string> Values(string path)
    {
        return File.ReadLines(path).Where(IsAssignment).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>The variables that Aspire's publisher says are parameters.</summary>
    public static IReadOnlyList<string> Parameters(string path)
    {
        return [.. File.ReadLines(path).Zip(File.ReadLines(path).Skip(1))
            .Where(pair => pair.First.StartsWith("# Parameter ", StringComparison.Ordinal))
            .Select(pair => pair.Second.Split('=')[0])];
    }

    /// <summary>The variables that no comment explains: each block of assignments begins with one.</summary>
    public static IReadOnlyList<string> Unexplained(string path)
    {
        var unexplained = new List<string>();
        var explained = false;

        foreach (var line in File.ReadLines(path))
        {
            explained = line.StartsWith('#') || (explained && IsAssignment(line));

            if (IsAssignment(line) && !explained)
            {
                unexplained.Add(line.Split('=')[0]);
            }
        }

        return unexplained;
    }

    private static bool IsAssignment(string line) => line.Contains('=') && !line.StartsWith('#');
}
