using System.Text.RegularExpressions;

namespace Aspire.Hosting.Standalone;

/// <summary>The machine's RabbitMQ, as its package installed it.</summary>
internal sealed partial class RabbitMQInstallation
{
    private const string LibraryFolder = "/usr/lib/rabbitmq/lib";
    private const string BrokerApplication = "rabbit";

    private readonly string _folder;
    private readonly ILookup<string, string> _plugins;

    private RabbitMQInstallation(string folder)
    {
        _folder = folder;
        _plugins = Directory.GetFileSystemEntries(Path.Combine(folder, "plugins"))
            .ToLookup(entry => Path.GetFileName(entry).Split('-')[0], StringComparer.Ordinal);
    }

    /// <summary>The start script, or null where RabbitMQ is not installed.</summary>
    public static string? LocateStartScript() =>
        (Directory.Exists(LibraryFolder) ? Directory.GetDirectories(LibraryFolder, "rabbitmq_server-*") : [])
            .Select(folder => Path.Combine(folder, "sbin", "rabbitmq-server"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .LastOrDefault();

    public static RabbitMQInstallation Find() =>
        new(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(LocateStartScript()!)!, "..")));

    /// <summary>
    /// Makes a home that holds the scripts and links only the broker and the plugins with what they need. RabbitMQ looks through
    /// every plugin it finds when it starts: with all that Debian packages the start takes twice as long.
    /// </summary>
    public void CreateHome(string home, IEnumerable<string> plugins)
    {
        if (Directory.Exists(home))
        {
            Directory.Delete(home, recursive: true);
        }

        var scripts = Directory.CreateDirectory(Path.Combine(home, "sbin"));
        foreach (var script in Directory.GetFiles(Path.Combine(_folder, "sbin")))
        {
            File.Copy(script, Path.Combine(scripts.FullName, Path.GetFileName(script)));
        }

        Directory.CreateSymbolicLink(Path.Combine(home, "escript"), Path.Combine(_folder, "escript"));
        var links = Directory.CreateDirectory(Path.Combine(home, "plugins"));
        foreach (var entry in Required([BrokerApplication, .. plugins]).SelectMany(application => _plugins[application]))
        {
            Directory.CreateSymbolicLink(Path.Combine(links.FullName, Path.GetFileName(entry)), entry);
        }
    }

    /// <summary>The applications and all that they name as theirs, except what Erlang itself brings.</summary>
    private HashSet<string> Required(IEnumerable<string> applications)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(applications);
        while (open.TryPop(out var application))
        {
            if (_plugins.Contains(application) && required.Add(application))
            {
                foreach (var next in _plugins[application].SelectMany(entry => Applications(entry, application)))
                {
                    open.Push(next);
                }
            }
        }

        return required;
    }

    // {application, rabbit, [..., {applications, [kernel, stdlib, ...]}, ...]}.
    private static string[] Applications(string folder, string application)
    {
        var file = Path.Combine(folder, "ebin", application + ".app");
        return File.Exists(file)
            ? ApplicationList().Match(File.ReadAllText(file)).Groups[1].Value
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
    }

    [GeneratedRegex(@"\{\s*applications\s*,\s*\[([^\]]*)\]")]
    private static partial Regex ApplicationList();
}
