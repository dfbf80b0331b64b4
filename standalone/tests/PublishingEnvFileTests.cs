using System.Runtime.Versioning;
using Aspire.Hosting;

namespace PulseBoard.Tests.Standalone;

public sealed class PublishingEnvFileTests : IDisposable
{
    private readonly PublishedModel _published = new();

    [Fact]
    public async Task Values_that_someone_typed_survive_the_next_publish()
    {
        await _published.PublishAsync(AddRedis);
        await WriteAsync("# mine\n  REDIS_PASSWORD=a=b # c\nOWN=1\n");

        await _published.PublishAsync(AddRedis);

        Assert.Equal("OWN=1\n\n# mine\nREDIS_PASSWORD=a=b # c\n\n", await ReadAsync());
    }

    [Fact]
    public async Task Variables_that_are_new_join_those_that_someone_filled_in()
    {
        await _published.PublishAsync(AddRedis);
        await WriteAsync("REDIS_PASSWORD=typed\n");

        await _published.PublishAsync(builder =>
        {
            AddRedis(builder);
            builder.AddRabbitMQ("rabbitmq");
        });

        Assert.Equal("# Parameter rabbitmq-password\nRABBITMQ_PASSWORD=\n\nREDIS_PASSWORD=typed\n\n", await ReadAsync());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Permissions_that_someone_took_away_stay_away()
    {
        await _published.PublishAsync(AddRedis);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(_published.EnvPath, mode);

        await _published.PublishAsync(AddRedis);

        Assert.Equal(mode, File.GetUnixFileMode(_published.EnvPath));
    }

    [Fact]
    public async Task Variables_can_be_described_removed_and_added()
    {
        await _published.PublishAsync(builder =>
        {
            builder.AddRedis("redis");
            builder.AddRabbitMQ("rabbitmq");
            builder.AddDockerComposeEnvironment("aspire").ConfigureEnvFile(variables =>
            {
                variables["REDIS_PASSWORD"].Description = "The password of the cache";
                variables.Remove("RABBITMQ_PASSWORD");
                variables["ADDED"] = new() { Name = "ADDED" };
            });
        });

        Assert.Equal("ADDED=\n\n# The password of the cache\nREDIS_PASSWORD=\n\n", await ReadAsync());
    }

    [Fact]
    public async Task Underscore_comes_before_letters_as_in_the_real_file()
    {
        await _published.PublishAsync(builder => builder.AddDockerComposeEnvironment("aspire").ConfigureEnvFile(variables =>
        {
            variables["WEBHOOK"] = new() { Name = "WEBHOOK" };
            variables["WEB_PORT"] = new() { Name = "WEB_PORT" };
        }));

        Assert.Equal("WEB_PORT=\n\nWEBHOOK=\n\n", await ReadAsync());
    }

    public void Dispose() => _published.Dispose();

    private static void AddRedis(IDistributedApplicationBuilder builder)
    {
        builder.AddDockerComposeEnvironment("aspire");
        builder.AddRedis("redis");
    }

    private Task<string> ReadAsync() => File.ReadAllTextAsync(_published.EnvPath);

    private Task WriteAsync(string text) => File.WriteAllTextAsync(_published.EnvPath, text);
}
