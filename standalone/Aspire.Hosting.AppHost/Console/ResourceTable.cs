using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>The resources in a table: name, kind, state, health and links.</summary>
internal static class ResourceTable
{
    private const string Gap = "  ";

    private static readonly string[] Head = ["RESOURCE", "TYPE", "STATE", "HEALTH", "LINKS"];

    public static IEnumerable<string> Lines(IEnumerable<ResourceEvent> resources)
    {
        string[][] rows = [Head, .. resources.Select(Cells)];
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();

        yield return "";
        foreach (var row in rows)
        {
            yield return string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
        }

        yield return "";
    }

    private static string[] Cells(ResourceEvent resource)
    {
        var snapshot = resource.Snapshot;
        return
        [
            resource.Resource.Name,
            snapshot.ResourceType.Replace("Resource", "", StringComparison.Ordinal),
            snapshot.ExitCode is { } exitCode and not 0 ? $"{snapshot.State?.Text} ({exitCode})" : snapshot.State?.Text ?? "",
            snapshot.HealthStatus?.ToString() ?? "",
            string.Join(", ", snapshot.Urls.Select(Link)),
        ];
    }

    private static string Link(UrlSnapshot url) =>
        url.DisplayProperties.DisplayName is { Length: > 0 } text ? $"{text} {url.Url}" : url.Url;
}
