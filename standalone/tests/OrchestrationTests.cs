using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PulseBoard.Tests.Standalone;

public sealed class OrchestrationTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(StandInApplication.Limit);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task WaitFor_starts_a_resource_only_when_the_other_is_healthy()
    {
        var isHealthy = false;
        var builder = StandInApplication.CreateBuilder();
        builder.Services.AddHealthChecks().AddCheck("gate", () => Volatile.Read(ref isHealthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var first = builder.AddShell("first", "sleep 60").WithHealthCheck("gate");
        builder.AddShell("second", "sleep 60").WaitFor(first);
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("first", KnownResourceStates.Running, _limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.Waiting, _limit.Token);
        Volatile.Write(ref isHealthy, true);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", _limit.Token);
    }

    [Fact]
    public async Task WaitForCompletion_fails_a_resource_when_the_other_ends_with_an_error()
    {
        var builder = StandInApplication.CreateBuilder();
        var job = builder.AddShell("job", "exit 3");
        builder.AddShell("service", "sleep 60").WaitForCompletion(job);
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);

        var failed = await app.ResourceNotifications.WaitForResourceAsync(
            "service", e => e.Snapshot.State?.Text == KnownResourceStates.FailedToStart, _limit.Token);

        Assert.Contains("'job'", failed.Snapshot.FailureReason, StringComparison.Ordinal);
        Assert.Contains("exit code 3", failed.Snapshot.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForCompletion_goes_on_when_the_other_has_finished()
    {
        var builder = StandInApplication.CreateBuilder();
        var job = builder.AddShell("job", "true");
        builder.AddShell("service", "sleep 60").WaitForCompletion(job);
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync("job", KnownResourceStates.Finished, _limit.Token);
    }

    [Fact]
    public async Task Crash_is_shown_with_exit_code_and_last_lines()
    {
        var builder = StandInApplication.CreateBuilder();
        builder.AddShell("service", "for i in $(seq 30); do echo line $i; done; exit 7");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);

        var ended = await app.ResourceNotifications.WaitForResourceAsync(
            "service", e => e.Snapshot.State?.Text == KnownResourceStates.Finished, _limit.Token);

        Assert.Equal(7, ended.Snapshot.ExitCode);
        Assert.True(ended.Snapshot.HasFailed);
        var last = app.Services.Instances("service").Single().Output.Last();
        Assert.Equal(20, last.Count);
        Assert.Equal("line 30", last[^1]);
    }

    [Fact]
    public async Task Restart_makes_a_new_process_on_the_same_port()
    {
        var builder = StandInApplication.CreateBuilder();
        var service = builder.AddShell("service", "echo port $PORT; sleep 60").WithEndpoint(name: "tcp", env: "PORT");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
        var port = service.GetEndpoint("tcp").Port;
        var before = app.ProcessId("service");

        var result = await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.RestartCommand, _limit.Token);

        Assert.True(result.Success, result.ErrorMessage);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
        Assert.NotEqual(before, app.ProcessId("service"));
        Assert.Equal(port, service.GetEndpoint("tcp").Port);
        Assert.InRange(port, 20_000, 31_999);
    }

    [Fact]
    public async Task Stop_ends_the_process_and_start_brings_it_back()
    {
        var builder = StandInApplication.CreateBuilder();
        builder.AddShell("service", "sleep 60");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
        var before = app.ProcessId("service");

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StopCommand, _limit.Token)).Success);
        await app.ResourceNotifications.WaitForResourceAsync("service", KnownResourceStates.TerminalStates, _limit.Token);
        Assert.False(Directory.Exists($"/proc/{before}"));

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StartCommand, _limit.Token)).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StartCommand, _limit.Token)).Success);
    }

    [Fact]
    public async Task Taken_port_fails_the_resource_and_is_named()
    {
        using var holder = new TcpListener(System.Net.IPAddress.Loopback, 0);
        holder.Start();
        var port = ((System.Net.IPEndPoint)holder.LocalEndpoint).Port;
        var builder = StandInApplication.CreateBuilder();
        builder.Configuration["DcpPublisher:RandomizePorts"] = "false";
        builder.AddShell("service", "sleep 60").WithEndpoint(port: port, name: "tcp");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);

        var failed = await app.ResourceNotifications.WaitForResourceAsync(
            "service", e => e.Snapshot.State?.Text == KnownResourceStates.FailedToStart, _limit.Token);

        Assert.Contains($"port {port}", failed.Snapshot.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_leaves_no_process()
    {
        var builder = StandInApplication.CreateBuilder();
        builder.AddShell("service", "sleep 60");
        int process;
        await using (var app = builder.Build())
        {
            await app.StartAsync(_limit.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
            process = app.ProcessId("service");
        }

        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task Two_applications_run_side_by_side_on_ports_of_their_own()
    {
        var ports = new List<int>();
        var apps = new List<DistributedApplication>();
        try
        {
            for (var i = 0; i < 2; i++)
            {
                var builder = StandInApplication.CreateBuilder();
                var service = builder.AddShell("service", "sleep 60").WithEndpoint(name: "tcp");
                var app = builder.Build();
                apps.Add(app);
                await app.StartAsync(_limit.Token);
                await app.ResourceNotifications.WaitForResourceHealthyAsync("service", _limit.Token);
                ports.Add(service.GetEndpoint("tcp").Port);
            }
        }
        finally
        {
            foreach (var app in apps)
            {
                await app.DisposeAsync();
            }
        }

        Assert.Equal(2, ports.Distinct().Count());
    }
}
