using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace PulseBoard.Bench.Systems;

/// <summary>What runs a resource: a process with those it has started, or a container.</summary>
internal abstract class ResourceProcess
{
    private const string ProcessIdProperty = "executable.pid";
    private const string ContainerIdProperty = "container.id";

    /// <summary>What runs a resource now.</summary>
    /// <exception cref="InvalidOperationException">Nothing does.</exception>
    public static ResourceProcess Of(CustomResourceSnapshot snapshot) =>
        IdOf(snapshot) is { } pid ? new Tree(pid)
        : Property(snapshot, ContainerIdProperty) is { } container ? new Container(container)
        : throw new InvalidOperationException("Neither a process nor a container runs the resource.");

    /// <summary>The id of the process, or null.</summary>
    public static int? IdOf(CustomResourceSnapshot snapshot) =>
        Property(snapshot, ProcessIdProperty) is { } pid ? int.Parse(pid, CultureInfo.InvariantCulture) : null;

    /// <summary>Ends it at once.</summary>
    public abstract Task KillAsync(CancellationToken cancellationToken);

    /// <summary>Holds it where it is.</summary>
    public abstract Task SuspendAsync(CancellationToken cancellationToken);

    /// <summary>Lets it go on.</summary>
    public abstract Task ResumeAsync(CancellationToken cancellationToken);

    private static string? Property(CustomResourceSnapshot snapshot, string name) =>
        Convert.ToString(snapshot.Properties.FirstOrDefault(property => property.Name == name)?.Value, CultureInfo.InvariantCulture)
            is { Length: > 0 } value ? value : null;

    /// <summary>A process and all below it: Postgres has one per connection, and a project may be started through another program.</summary>
    private sealed class Tree(int root) : ResourceProcess
    {
        public override Task KillAsync(CancellationToken cancellationToken)
        {
            using var process = Process.GetProcessById(root);
            process.Kill(entireProcessTree: true);
            return Task.CompletedTask;
        }

        public override Task SuspendAsync(CancellationToken cancellationToken)
        {
            // Until no more are found: one may have been started while its parent was being held.
            var held = new HashSet<int>();
            while (ProcessTree.Below(root).Prepend(root).Where(held.Add).ToArray() is { Length: > 0 } found)
            {
                Array.ForEach(found, ProcessTree.Suspend);
            }

            return Task.CompletedTask;
        }

        public override Task ResumeAsync(CancellationToken cancellationToken)
        {
            Array.ForEach([.. ProcessTree.Below(root).Prepend(root)], ProcessTree.Resume);
            return Task.CompletedTask;
        }
    }

    private sealed class Container(string id) : ResourceProcess
    {
        // Aspire's own variable.
        private static readonly string Runtime = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } runtime ? runtime : "docker";

        public override Task KillAsync(CancellationToken cancellationToken) => RunAsync("kill", cancellationToken);

        public override Task SuspendAsync(CancellationToken cancellationToken) => RunAsync("pause", cancellationToken);

        public override Task ResumeAsync(CancellationToken cancellationToken) => RunAsync("unpause", cancellationToken);

        private async Task RunAsync(string command, CancellationToken cancellationToken)
        {
            using var process = Process.Start(Runtime, [command, id]);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"'{Runtime} {command} {id}' failed with exit code {process.ExitCode}.");
            }
        }
    }
}
