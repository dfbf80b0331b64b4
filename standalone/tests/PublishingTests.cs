namespace PulseBoard.Tests.Standalone;

public sealed class PublishingTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(StandInApplication.Limit);
    private readonly string _folder = Directory.CreateTempSubdirectory("pulseboard-test-").FullName;

    public static TheoryData<string> Models => ["basic", "full"];

    private string ComposePath => Path.Combine(_folder, "deploy", "docker-compose.yaml");

    private string EnvPath => Path.Combine(_folder, "deploy", ".env");

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Publisher_writes_what_the_real_one_wrote_byte_for_byte(string model)
    {
        await PublishAsync(model);

        Assert.Equal(await ReferenceAsync(model, "docker-compose.yaml"), await File.ReadAllTextAsync(ComposePath, _limit.Token));
        Assert.Equal(await ReferenceAsync(model, "env.txt"), await File.ReadAllTextAsync(EnvPath, _limit.Token));
        Assert.Equal(File.ReadAllBytes(ReferencePath(model, "docker-compose.yaml")), File.ReadAllBytes(ComposePath));
        Assert.Equal(File.ReadAllBytes(ReferencePath(model, "env.txt")), File.ReadAllBytes(EnvPath));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _limit.Dispose();
    }

    private static string ReferencePath(string model, string file) => Path.Combine(AppContext.BaseDirectory, "reference", model, file);

    private Task<string> ReferenceAsync(string model, string file) => File.ReadAllTextAsync(ReferencePath(model, file), _limit.Token);

    private async Task PublishAsync(string model)
    {
        var builder = StandInApplication.CreateBuilder(
            _folder, "--operation", "publish", "--step", "publish", "--output-path", Path.Combine(_folder, "deploy"));
        if (model == "basic")
        {
            builder.AddBasic();
        }
        else
        {
            builder.AddFull();
        }

        await using var app = builder.Build();
        await app.RunAsync(_limit.Token);
    }
}
