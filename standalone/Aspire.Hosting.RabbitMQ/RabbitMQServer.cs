using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// RabbitMQ as one native process that keeps to itself: files under its own folder, ports on the loopback address, and no epmd,
/// which would outlive it and listen everywhere.
/// </summary>
internal static class RabbitMQServer
{
    private const string ManagementPlugin = "rabbitmq_management";
    private const string Package = "rabbitmq-server";
    private const byte MethodFrame = 1;

    private static readonly byte[] ProtocolHeader = "AMQP\0\0\u0009\u0001"u8.ToArray();

    public static NativeServerAnnotation Annotation { get; } = new()
    {
        Programs =
        [
            new RequiredProgram(Package, RabbitMQInstallation.LocateStartScript, Package),
            new RequiredProgram("erl", () => ProgramSearch.OnPath("erl"), Package),
        ],
        Prepare = PrepareAsync,
    };

    /// <summary>Opens an AMQP conversation: the port opens well before the broker answers.</summary>
    /// <returns>Null, or what was wrong with the answer.</returns>
    public static async Task<string?> GreetAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(ProtocolHeader, cancellationToken);
        var answer = new byte[1];
        return await stream.ReadAsync(answer, cancellationToken) == 1 && answer[0] == MethodFrame
            ? null
            : "The broker does not speak AMQP 0-9-1 yet.";
    }

    private static async Task<ProcessSpec> PrepareAsync(NativeServerContext context, CancellationToken cancellationToken)
    {
        var server = (RabbitMQServerResource)context.Resource;
        var user = await server.UserNameReference.GetValueAsync(cancellationToken) ?? "";
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken) ?? "";
        var folder = WithoutBlanks(context.DataDirectory);
        var database = Path.Combine(folder, "mnesia");
        VolumePassword.Verify(folder, $"{user}:{password}", hasData: Directory.Exists(database));
        Directory.CreateDirectory(database);

        string[] plugins = server.ManagementEndpoint.Exists ? [ManagementPlugin] : [];
        var home = Path.Combine(folder, "home");
        RabbitMQInstallation.Find().CreateHome(home, plugins);
        await PrivateFile.WriteAsync(
            Path.Combine(folder, "rabbitmq.config"), Configuration(context, server, user, password), cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "enabled_plugins"), $"[{string.Join(',', plugins)}].\n", cancellationToken);
        return new ProcessSpec
        {
            Name = server.Name,
            FileName = Path.Combine(home, "sbin", "rabbitmq-server"),
            Environment = Environment(context, folder, home),
            WorkingDirectory = folder,
        };
    }

    /// <summary>
    /// The broker's scripts take a path apart at its blanks: where the data's has some, a link without any stands for it. The
    /// link is the same each time, and stays, because quorum queues remember where their segments lie.
    /// </summary>
    private static string WithoutBlanks(string folder)
    {
        if (!folder.Contains(' ', StringComparison.Ordinal))
        {
            return folder;
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, sizeof(ulong)));
        var link = Path.Combine(Path.GetTempPath(), $"pulseboard-{name}");
        if (new DirectoryInfo(link).LinkTarget != folder)
        {
            Directory.CreateSymbolicLink(link, folder);
        }

        return link;
    }

    /// <summary>
    /// The configuration as Erlang terms. RabbitMQ translates the newer format with the schemas of all its plugins, which is
    /// seconds of work at every start. Connections log errors only: each health check leaves one half-open.
    /// </summary>
    private static string Configuration(NativeServerContext context, RabbitMQServerResource server, string user, string password)
    {
        var port = context.Port(RabbitMQServerResource.PrimaryEndpointName);
        var configuration = new StringBuilder().Append(CultureInfo.InvariantCulture, $$"""
            [{rabbit, [
                {tcp_listeners, [{"127.0.0.1", {{port}}}]},
                {default_user, {{Binary(user)}}},
                {default_pass, {{Binary(password)}}},
                {log, [{file, [{file, false}]}, {console, [{enabled, true}, {level, warning}]},
                    {categories, [{connection, [{level, error}]}]}]}
            ]}
            """);
        if (server.ManagementEndpoint.Exists)
        {
            var managementPort = context.Port(RabbitMQServerResource.ManagementEndpointName);
            configuration.Append(CultureInfo.InvariantCulture, $$"""
                , {rabbitmq_management, [{tcp_config, [{port, {{managementPort}}}, {ip, "127.0.0.1"}]}]}
                """);
        }

        return configuration.Append("].\n").ToString();
    }

    private static Dictionary<string, string?> Environment(NativeServerContext context, string folder, string home)
    {
        // The data lies under the node's name.
        var node = $"{context.Resource.Name}@localhost";
        var distributionPort = Port("distribution");
        return new Dictionary<string, string?>
        {
            ["HOME"] = folder,
            ["RABBITMQ_HOME"] = home,
            ["RABBITMQ_SCRIPTS_DIR"] = Path.Combine(home, "sbin"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_NODENAME"] = node,
            ["RABBITMQ_NODE_PORT"] = context.Port(RabbitMQServerResource.PrimaryEndpointName).ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = distributionPort,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(folder, "config"),
            ["RABBITMQ_SCHEMA_DIR"] = Path.Combine(folder, "schema"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_PLUGINS_DIR"] = Path.Combine(home, "plugins"),

            // Has the script become the VM instead of staying its parent: one process, and SIGTERM reaches the broker.
            ["RABBITMQ_ALLOW_INPUT"] = "1",

            // No busy waiting (+sbwt): on two cores it takes time from the others without making the broker faster.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                $"-noinput -sname {node} -start_epmd false -erl_epmd_port {distributionPort} "
                + "-kernel inet_dist_use_interface {127,0,0,1} "
                + $"-kernel inet_dist_listen_min {distributionPort} -kernel inet_dist_listen_max {distributionPort} "
                + "+sbwt none +sbwtdcpu none +sbwtdio none",

            // The broker's own monitor would start an epmd after a minute: it is told to look where none may be started.
            ["ERL_FLAGS"] = "-start_epmd false",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = Port("epmd"),
            ["ERL_CRASH_DUMP_SECONDS"] = "0",
        };

        string Port(string purpose) => context.ReservePort(purpose).ToString(CultureInfo.InvariantCulture);
    }

    private static string Binary(string text) =>
        $"<<\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"/utf8>>";
}
