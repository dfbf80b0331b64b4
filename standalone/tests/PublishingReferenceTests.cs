namespace PulseBoard.Tests.Standalone;

public sealed class PublishingReferenceTests : IDisposable
{
    private readonly PublishedModel _published = new();

    public static TheoryData<string, string, string> Files => new()
    {
        { "basic", "docker-compose.yaml", "docker-compose.yaml" },
        { "basic", "env.txt", ".env" },
        { "full", "docker-compose.yaml", "docker-compose.yaml" },
        { "full", "env.txt", ".env" },
    };

    public static TheoryData<string> Models => ["basic", "full"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Publisher_writes_what_the_real_one_wrote(string model, string reference, string file)
    {
        await PublishAsync(model);

        var expected = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "reference", model, reference));
        var actual = await File.ReadAllBytesAsync(Path.Combine(_published.OutputPath, file));
        Assert.Equal(System.Text.Encoding.UTF8.GetString(expected), System.Text.Encoding.UTF8.GetString(actual));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Second_publish_changes_nothing(string model)
    {
        await PublishAsync(model);
        var compose = await File.ReadAllBytesAsync(_published.ComposePath);
        var env = await File.ReadAllBytesAsync(_published.EnvPath);

        await PublishAsync(model);

        Assert.Equal(compose, await File.ReadAllBytesAsync(_published.ComposePath));
        Assert.Equal(env, await File.ReadAllBytesAsync(_published.EnvPath));
    }

    public void Dispose() => _published.Dispose();

    private Task PublishAsync(string model) => _published.PublishAsync(
        model == "basic" ? ReferenceModels.AddBasic : ReferenceModels.AddFull);
}
