using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace PulseBoard.Tests.Standalone;

public sealed class GeneratedPasswordTests : IDisposable
{
    private readonly string _project = Directory.CreateTempSubdirectory("pulseboard-test-").FullName;

    [Fact]
    public async Task Password_is_kept_with_the_data_when_there_is_a_volume()
    {
        var first = await PasswordAsync(withVolume: true);
        var second = await PasswordAsync(withVolume: true);

        Assert.Equal(first, second);
        Assert.Matches("^[A-Za-z0-9]{22}$", first);
        var file = Path.Combine(_project, ".pulseboard", "parameters.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
    }

    [Fact]
    public async Task Password_is_new_every_time_and_leaves_nothing_without_a_volume()
    {
        var first = await PasswordAsync(withVolume: false);
        var second = await PasswordAsync(withVolume: false);

        Assert.NotEqual(first, second);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_project));
    }

    public void Dispose() => Directory.Delete(_project, recursive: true);

    private async Task<string?> PasswordAsync(bool withVolume)
    {
        var builder = StandInApplication.CreateBuilder(_project);
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "server-password", special: false);
        var server = builder.AddResource(new ContainerResource("server"));
        if (withVolume)
        {
            server.WithVolume("data", "/data");
        }

        return await password.GetValueAsync(CancellationToken.None);
    }
}
