using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;

namespace PulseBoard.Bench.Seeding;

/// <summary>The database of the PulseBoard that the AppHost runs on this machine.</summary>
internal static class LocalDatabase
{
    private const string Endpoint = "tcp";

    /// <summary>How to connect to it while it runs. The model says where it is, and the AppHost's own store has its password.</summary>
    public static async Task<string> ConnectionStringAsync(CancellationToken cancellationToken)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PulseBoard_AppHost>(cancellationToken);
        var database = builder.Resources.OfType<PostgresDatabaseResource>().Single();
        var server = database.Parent;
        return new NpgsqlConnectionStringBuilder
        {
            Host = "localhost",
            Port = server.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == Endpoint).Port
                ?? throw new BenchmarkException("The AppHost gives Postgres no port of its own: say where it is with --database."),
            Username = await server.UserNameReference.GetValueAsync(cancellationToken),
            Password = await ((IValueProvider)server.PasswordParameter).GetValueAsync(cancellationToken),
            Database = database.DatabaseName,
        }.ConnectionString;
    }
}
