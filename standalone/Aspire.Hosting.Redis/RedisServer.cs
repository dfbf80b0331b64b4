using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Redis as a native process.</summary>
internal static class RedisServer
{
    private const string Program = "redis-server";
    private const string ConfigurationFile = "redis.conf";

    public static NativeServerAnnotation Annotation { get; } = new()
    {
        Programs = [new RequiredProgram(Program, Locate, DebianPackage: Program)],
        Prepare = PrepareAsync,
    };

    /// <summary>Logs in and says PING.</summary>
    /// <returns>Null, or the answer that was not the expected one.</returns>
    public static async Task<string?> PingAsync(RedisResource server, Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        if (server.PasswordParameter is { } parameter)
        {
            var password = await parameter.GetValueAsync(cancellationToken) ?? "";
            if (await AskAsync("AUTH", password) is not "+OK" and var refusal)
            {
                return refusal;
            }
        }

        return await AskAsync("PING") is not "+PONG" and var answer ? answer : null;

        async Task<string> AskAsync(params string[] words)
        {
            // A command is an array of strings, each with its length in bytes.
            var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
            foreach (var word in words)
            {
                command.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(command.ToString()), cancellationToken);
            return await reader.ReadLineAsync(cancellationToken) ?? "The server closed the connection.";
        }
    }

    private static async Task<ProcessSpec> PrepareAsync(NativeServerContext context, CancellationToken cancellationToken)
    {
        var server = (RedisResource)context.Resource;
        var port = context.Port(RedisResource.PrimaryEndpointName);
        var configuration = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"port {port}\n")
            .Append("bind 127.0.0.1\n")
            .Append("daemonize no\n")
            .Append(CultureInfo.InvariantCulture, $"save {SavePoint(server)}\n");
        if (server.PasswordParameter is { } parameter)
        {
            configuration.Append(CultureInfo.InvariantCulture, $"requirepass {Quote(await parameter.GetValueAsync(cancellationToken) ?? "")}\n");
        }

        // In a file, since every user of the machine can read a command line.
        var file = Path.Combine(context.DataDirectory, ConfigurationFile);
        await PrivateFile.WriteAsync(file, configuration.ToString(), cancellationToken);
        return new ProcessSpec
        {
            Name = server.Name,
            FileName = Locate() ?? Program,
            Arguments = [ConfigurationFile],
            WorkingDirectory = context.DataDirectory,
        };
    }

    private static string? Locate() => ProgramSearch.OnPath(Program);

    private static string SavePoint(RedisResource server) =>
        server.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault() is { } persistence
            ? string.Create(CultureInfo.InvariantCulture, $"{persistence.Interval.TotalSeconds:0} {persistence.KeysChanged}")
            : Quote("");

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
