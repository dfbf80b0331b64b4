using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.ServiceDefaults;

public sealed class ServiceStartTests
{
    /// <summary>Addresses at which nobody listens: a service that refuses to start asks none of them.</summary>
    private static readonly KeyValuePair<string, string?>[] Addresses =
    [
        new("ConnectionStrings__pulseboard-db", "Host=127.0.0.1;Port=1"),
        new("ConnectionStrings__redis", "127.0.0.1:1"),
        new("ConnectionStrings__rabbitmq", "amqp://127.0.0.1:1"),
        new("services__activity__http__0", "http://127.0.0.1:1"),
        new("services__dashboard__http__0", "http://127.0.0.1:1"),
    ];

    [Theory]
    [InlineData("Activity", "IngestionKey")]
    [InlineData("Dashboard", "ReadKey,AdministratorToken")]
    [InlineData("Web", "SignInPassword,ReadKey")]
    public async Task A_service_does_not_start_without_its_secrets_and_says_how_to_make_them(string service, string secrets)
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(service, [], Addresses);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            secrets.Split(',').Select(secret =>
                $"Access:{secret} is not set (environment variable Access__{secret}). Outside Development PulseBoard starts only with "
                + "generated secrets: deploy/generate-env.sh makes them."),
            errors.Split('\n'));
        Assert.Equal("", output);
    }

    [Fact]
    public async Task A_service_says_each_wrong_setting_in_a_line()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            "Web", [], [.. Addresses, new("SignIn__FailuresPerClient", "0"), new("Live__RefreshTimeout", "1.00:00:00")]);

        Assert.Equal(1, exitCode);
        Assert.Equal(4, errors.Split('\n').Length);
        Assert.Contains("FailuresPerClient", errors, StringComparison.Ordinal);
        Assert.Contains("RefreshTimeout", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_would_forget_its_checks_before_the_next_one_is_due_does_not_start()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            "Analytics", [], [.. Addresses, new("Reconciliation__Keep", "1.00:00:00"), new("Reconciliation__FullInterval", "2.00:00:00")]);

        Assert.Equal(1, exitCode);
        Assert.Contains("Reconciliation:Keep must be at least FullInterval", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_says_in_a_line_that_a_setting_is_of_the_wrong_kind()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync("Web", [], [.. Addresses, new("SignIn__FailuresPerClient", "many")]);

        Assert.Equal(1, exitCode);
        Assert.Contains("'many' at 'SignIn:FailuresPerClient'", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_does_not_start_where_it_cannot_keep_its_session_keys()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (exitCode, _, errors) = await ServiceProcess.RunAsync(
                "Web",
                [],
                [
                    .. Addresses,
                    new("Access__SignInPassword", TestSecrets.SignInPassword),
                    new("Access__ReadKey", TestSecrets.ReadKey),
                    new("DataProtection__KeysDirectory", Path.Combine(file, "below-a-file")),
                ]);

            Assert.Equal(1, exitCode);
            Assert.StartsWith("DataProtection:KeysDirectory (environment variable DataProtection__KeysDirectory) is ", errors, StringComparison.Ordinal);
            Assert.Single(errors.Split('\n'));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Activity")]
    [InlineData("Dashboard")]
    [InlineData("Web")]
    public async Task A_probe_needs_no_secrets(string service)
    {
        await using var running = await TestService.StartAsync();

        // It gives an answer three seconds, which a busy machine may not keep.
        var (_, _, errors) = await Eventually.BecomesAsync(
            "the probe to succeed",
            () => ServiceProcess.RunAsync(service, ["--probe"], [new("ASPNETCORE_URLS", running.Address.ToString())]),
            probe => probe.ExitCode == 0);
        Assert.Equal("", errors);
    }
}
