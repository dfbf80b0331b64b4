using System.Diagnostics;

namespace PulseBoard.Tests.Deployment;

/// <summary>The script that makes a machine's settings, run on a copy of what it reads.</summary>
public sealed class GenerateEnvTests(PublishedManifest manifest) : IClassFixture<PublishedManifest>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Empty unless the profile that reads them is used.
    private static readonly string[] Optional = ["SITE_ADDRESS", "COMPOSE_PROFILES"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pulseboard-env-");

    private string Target => Path.Combine(_folder.FullName, EnvFile.Name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Script_fills_every_variable_and_no_two_secrets_are_equal()
    {
        await RunAsync();

        var values = EnvFile.Values(Target);
        Assert.Empty(values.Where(value => value.Value.Length == 0).Select(value => value.Key).Except(Optional));
        Assert.Empty(manifest.Variables.Except(values.Keys));
        var secrets = manifest.Secrets.Select(name => values[name]).ToList();
        Assert.Equal(secrets.Count, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Matches("^[0-9a-f]{64}$", secret));
    }

    [Fact]
    public async Task Script_leaves_the_file_to_its_owner()
    {
        await RunAsync();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public async Task Script_fills_the_empty_file_that_publishing_writes()
    {
        await File.WriteAllLinesAsync(Target, manifest.Variables.Select(variable => $"{variable}="));

        await RunAsync();

        Assert.Empty(EnvFile.Values(Target).Where(value => value.Value.Length == 0).Select(value => value.Key).Except(Optional));
    }

    [Fact]
    public async Task Script_keeps_what_the_file_says_and_adds_what_is_new()
    {
        await RunAsync();
        var before = EnvFile.Values(Target);
        var lines = (await File.ReadAllLinesAsync(Target)).Where(line => !line.StartsWith("READ_KEY=", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(Target, [.. lines, "OWN_SETTING=mine"]);

        await RunAsync();

        var after = EnvFile.Values(Target);
        Assert.Equal("mine", after["OWN_SETTING"]);
        Assert.Matches("^[0-9a-f]{64}$", after["READ_KEY"]);
        Assert.NotEqual(before["READ_KEY"], after["READ_KEY"]);
        Assert.All(before.Where(value => value.Key != "READ_KEY"), value => Assert.Equal(value.Value, after[value.Key]));
    }

    [Fact]
    public async Task Script_takes_the_last_of_several_values_as_compose_does()
    {
        await RunAsync();
        await File.AppendAllTextAsync(Target, "WEB_PORT=9090\n");

        await RunAsync();

        Assert.Equal("9090", EnvFile.Values(Target)["WEB_PORT"]);
    }

    private async Task RunAsync()
    {
        const string Script = "generate-env.sh";
        foreach (var file in new[] { Script, EnvFile.ExampleName })
        {
            File.Copy(Path.Combine(manifest.DeployFolder, file), Path.Combine(_folder.FullName, file), overwrite: true);
        }

        using var limit = new CancellationTokenSource(Limit);
        using var process = Process.Start(new ProcessStartInfo("sh", [Path.Combine(_folder.FullName, Script)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        Assert.True(process.ExitCode == 0, await error);
        Assert.All(
            manifest.Secrets.Select(name => EnvFile.Values(Target)[name]),
            secret => Assert.DoesNotContain(secret, $"{output.Result}{error.Result}", StringComparison.Ordinal));
    }
}
