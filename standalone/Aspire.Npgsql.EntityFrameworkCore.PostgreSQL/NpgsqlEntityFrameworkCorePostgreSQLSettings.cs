namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>Settings of a Postgres database context, bound from <c>Aspire:Npgsql:EntityFrameworkCore:PostgreSQL</c>.</summary>
public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>Npgsql's connection string. <c>ConnectionStrings:{name}</c> wins over the configuration section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Turns off the retrying of commands that failed for a transient reason. While it is on, a transaction of one's own has
    /// to run inside <c>Database.CreateExecutionStrategy()</c>.
    /// </summary>
    public bool DisableRetry { get; set; }

    /// <summary>Leaves out the health check, which is named after the context's type.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the tracing of commands, source <c>Npgsql</c>.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Leaves out the metrics of connections and commands, meter <c>Npgsql</c>.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>How long a command may take, in seconds; Npgsql's own default where it is <see langword="null"/>.</summary>
    public int? CommandTimeout { get; set; }
}
