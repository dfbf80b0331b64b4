namespace PulseBoard.Tests.Deployment;

/// <summary>Reads files of lines such as <c>NAME=value</c> and <c># comment</c>.</summary>
internal static class EnvFile
{
    public static IReadOnlyList<string> Keys(string path)
    {
        return [.. File.ReadLines(path).Where(IsAssignment).Select(line => line.Split('=')[0])];
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
