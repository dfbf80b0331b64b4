namespace Aspire.Hosting.Standalone;

/// <summary>The variables beside a compose file. It is people who fill it in: what they wrote stays.</summary>
internal sealed class EnvFile
{
    // In the order of the culture, as the real publisher has them: it lists an underscore before a letter.
    private readonly SortedDictionary<string, Entry> _entries = [];

    public static async Task<EnvFile> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new EnvFile();
        if (!File.Exists(path))
        {
            return file;
        }

        string? comment = null;
        foreach (var line in (await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false)).Select(l => l.TrimStart()))
        {
            if (line.StartsWith('#'))
            {
                comment = line[1..].Trim();
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                file._entries[line[..equals].Trim()] = new Entry(line[(equals + 1)..], comment);
            }

            // It belongs to the line right below it.
            comment = null;
        }

        return file;
    }

    /// <summary>Adds a variable without a value, unless the file has it.</summary>
    public void AddMissing(string variable, string? comment) => _entries.TryAdd(variable, new Entry("", comment));

    public Task SaveAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, _entries.SelectMany(e => Lines(e.Key, e.Value)), cancellationToken);

    private static IEnumerable<string> Lines(string variable, Entry entry)
    {
        if (!string.IsNullOrWhiteSpace(entry.Comment))
        {
            yield return $"# {entry.Comment}";
        }

        yield return $"{variable}={entry.Value}";
        yield return "";
    }

    private sealed record Entry(string Value, string? Comment);
}
