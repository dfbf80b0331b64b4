using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Dashboard;
using Aspire.Dashboard.Resources;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>What the dashboard shows of a host's resources, and does with them.</summary>
public sealed class HostedDashboardTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(StandInApplication.Limit);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task An_application_under_test_has_no_dashboard_unless_it_says_so()
    {
        var builder = StandInApplication.CreateBuilder();
        await using var app = builder.Build();

        Assert.Null(app.Services.GetService<DashboardService>());
    }

    [Fact]
    public async Task A_crash_is_seen_with_its_reason()
    {
        var builder = StandInApplication.CreateBuilderWithDashboard();
        builder.AddShell("crashing", "exit 7");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        using var client = await Dashboard(app).SignInAsync();

        var crashed = await ResourceAsync(client, "crashing", resource => resource.State == KnownResourceStates.Finished);

        Assert.True(crashed.Failed);
        Assert.Equal(7, crashed.ExitCode);
        Assert.Contains("exit code 7", crashed.Reason, StringComparison.Ordinal);
        Assert.Equal(["start"], crashed.Commands);
    }

    [Fact]
    public async Task A_resource_is_stopped_started_and_restarted()
    {
        var builder = StandInApplication.CreateBuilderWithDashboard();
        builder.AddShell("service", "sleep 60");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        using var client = await Dashboard(app).SignInAsync();
        var first = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running);
        Assert.Equal(["stop", "restart"], first.Commands);

        await CommandAsync(client, first.Id, "stop");
        var stopped = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Finished);
        Assert.False(stopped.Failed);
        Assert.Null(stopped.Reason);

        await CommandAsync(client, first.Id, "start");
        var second = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running);
        Assert.NotEqual(first.Pid, second.Pid);

        await CommandAsync(client, first.Id, "restart");
        await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running && resource.Pid != second.Pid);
    }

    [Fact]
    public async Task A_command_that_fails_says_why()
    {
        var builder = StandInApplication.CreateBuilderWithDashboard();
        builder.AddShell("service", "sleep 60");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        using var client = await Dashboard(app).SignInAsync();
        var running = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running);

        using var response = await client.PostAsync($"/api/resources/{running.Id}/commands/start", content: null, _limit.Token);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(_limit.Token);
        Assert.Equal("command_failed", problem.GetProperty("code").GetString());
        Assert.Contains("runs already", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_shown_only_on_request()
    {
        var builder = StandInApplication.CreateBuilderWithDashboard();
        builder.Configuration["Parameters:word"] = "swordfish";
        var word = builder.AddParameter("word", secret: true);
        builder.AddShell("service", "sleep 60")
            .WithEnvironment("PLAIN", "open")
            .WithEnvironment("GREETING", ReferenceExpression.Create($"say {word.Resource}"))
            .WithEnvironment("SOME_PASSWORD", "by its name");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        using var client = await Dashboard(app).SignInAsync();

        var running = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running);
        var body = await client.GetStringAsync("/api/resources", _limit.Token);

        Assert.Contains(new VariableView("PLAIN", "open", Secret: false), running.Environment);
        Assert.Contains(new VariableView("GREETING", Value: null, Secret: true), running.Environment);
        Assert.Contains(new VariableView("SOME_PASSWORD", Value: null, Secret: true), running.Environment);
        Assert.DoesNotContain("swordfish", body, StringComparison.Ordinal);
        var asked = await client.GetFromJsonAsync<JsonElement>($"/api/resources/{running.Id}/environment/GREETING", _limit.Token);
        Assert.Equal("say swordfish", asked.GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_console_is_followed_and_can_be_had_as_a_file()
    {
        var builder = StandInApplication.CreateBuilderWithDashboard();
        builder.AddShell("service", @"printf '\033[32mgreen\033[0m\n'; echo wrong >&2; sleep 60");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        using var client = await Dashboard(app).SignInAsync();
        var running = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running);

        await using var stream = await client.GetStreamAsync($"/api/console/{running.Id}", _limit.Token);
        using var reader = new StreamReader(stream);
        var lines = new List<ConsoleLine>();
        while (lines.Count < 2)
        {
            if (await reader.ReadLineAsync(_limit.Token) is { } text && text.StartsWith("data: ", StringComparison.Ordinal))
            {
                lines.AddRange(JsonSerializer.Deserialize<ConsoleLine[]>(text["data: ".Length..], JsonSerializerOptions.Web)!);
            }
        }

        Assert.Contains(lines, line => line is { Text: "\e[32mgreen\e[0m", Error: false });
        Assert.Contains(lines, line => line is { Text: "wrong", Error: true });
        var file = await client.GetStringAsync($"/api/console/{running.Id}/download", _limit.Token);
        Assert.Contains("Z green\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_told_of_a_change_without_asking()
    {
        var builder = StandInApplication.CreateBuilderWithDashboard();
        builder.AddShell("service", "sleep 60");
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        using var client = await Dashboard(app).SignInAsync();
        var running = await ResourceAsync(client, "service", resource => resource.State == KnownResourceStates.Running);
        await using var stream = await client.GetStreamAsync("/api/live", _limit.Token);
        using var reader = new StreamReader(stream);
        await ReadUntilAsync(reader, line => line.Contains("\"Running\"", StringComparison.Ordinal));

        await app.Services.Instances("service").Single().StopAsync(_limit.Token);

        await ReadUntilAsync(reader, line => line.Contains("\"Finished\"", StringComparison.Ordinal));
    }

    private async Task ReadUntilAsync(StreamReader reader, Func<string, bool> isIt)
    {
        while (!isIt(await reader.ReadLineAsync(_limit.Token) ?? throw new EndOfStreamException()))
        {
        }
    }

    private static DashboardServer Dashboard(DistributedApplication app) => app.Services.GetRequiredService<DashboardService>().Server!;

    private static async Task<ResourceView> ResourceAsync(HttpClient client, string name, Func<ResourceView, bool> isIt) =>
        (await Eventually.BecomesAsync(
            $"{name} to be as expected",
            async () => (await client.GetFromJsonAsync<ResourcesView>("/api/resources"))!.Resources.SingleOrDefault(resource => resource.Name == name),
            resource => resource is not null && isIt(resource)))!;

    private async Task CommandAsync(HttpClient client, string id, string command)
    {
        using var response = await client.PostAsync($"/api/resources/{id}/commands/{command}", content: null, _limit.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
