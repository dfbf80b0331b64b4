namespace PulseBoard.Tests.Application;

/// <summary>The services as a deployment runs them, beside those of the application and on its servers.</summary>
public sealed class SecuredSystem(PulseBoardApplication application) : IAsyncLifetime
{
    private readonly List<ServiceProcess> _processes = [];

    internal ServiceProcess Activity { get; private set; } = null!;

    internal ServiceProcess Dashboard { get; private set; } = null!;

    internal ServiceProcess Web { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        KeyValuePair<string, string?>[] servers =
        [
            new("ConnectionStrings__pulseboard-db", await application.ConnectionStringAsync("pulseboard-db")),
            new("ConnectionStrings__rabbitmq", await application.ConnectionStringAsync("rabbitmq")),
            new("ConnectionStrings__redis", await application.ConnectionStringAsync("redis")),
            // All that can be logged, so that tests see what is not.
            new("Logging__LogLevel__Default", "Debug"),
            new("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
        ];

        try
        {
            Activity = await StartAsync("Activity", [.. servers, new("Access__IngestionKey", TestSecrets.IngestionKey)]);
            Dashboard = await StartAsync(
                "Dashboard",
                [
                    .. servers,
                    new("Access__ReadKey", TestSecrets.ReadKey),
                    new("Access__AdministratorToken", TestSecrets.AdministratorToken),
                ]);
            Web = await StartAsync(
                "Web",
                [
                    new("services__activity__http__0", Activity.Address.ToString()),
                    new("services__dashboard__http__0", Dashboard.Address.ToString()),
                    new("Access__SignInPassword", TestSecrets.SignInPassword),
                    new("Access__ReadKey", TestSecrets.ReadKey),
                    new("SignIn__FailuresPerClient", "2"),
                    new("SignIn__FailureWindow", "00:05:00"),
                ]);
        }
        catch
        {
            // Nobody disposes of a fixture that failed to start.
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    private async Task<ServiceProcess> StartAsync(string service, KeyValuePair<string, string?>[] settings)
    {
        var process = await ServiceProcess.StartAsync(service, settings);
        _processes.Add(process);
        return process;
    }
}
