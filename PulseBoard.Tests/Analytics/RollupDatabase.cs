using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PulseBoard.Analytics;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Notices;
using PulseBoard.Analytics.Recomputation;
using PulseBoard.Analytics.Reconciliation;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

/// <summary>A database of a test's own, in the application's Postgres, in which nobody counts but the test.</summary>
internal sealed class RollupDatabase : IAsyncDisposable
{
    private readonly List<IHost> _workers = [];

    private RollupDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>How others connect to it.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections of the test itself.</summary>
    public NpgsqlDataSource Source { get; }

    /// <param name="application">Whose Postgres it is made in.</param>
    /// <param name="options">Server settings of each connection, such as <c>-c work_mem=8MB</c>.</param>
    public static async Task<RollupDatabase> CreateAsync(PulseBoardApplication application, string? options = null)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(await application.ConnectionStringAsync("pulseboard-db"))
        {
            Database = $"test_{Guid.NewGuid():N}",
            Options = options,
        };
        var database = new RollupDatabase(DatabaseConnections.Tune(connectionString.ConnectionString, "tests", maximumPoolSize: 8)!);
        await using var context = new PulseBoardContext(
            new DbContextOptionsBuilder<PulseBoardContext>().UseNpgsql(connectionString.ConnectionString).Options);
        await context.Database.MigrateAsync();
        return database;
    }

    /// <summary>What a worker is made of. Nothing of it runs until a test starts it.</summary>
    /// <param name="configure">Settings of this one, or null.</param>
    public IServiceProvider NewWorker(Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<PulseBoardContext>(options => options.UseNpgsql(ConnectionString));
        builder.Services.AddSingleton<DatabaseConnections>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PipelineCounts>();
        builder.Services.AddSingleton<AnalyticsTelemetry>();
        builder.Services.AddSingleton<MetricsNotifier>();
        builder.Services.AddSingleton<RollupStore>();
        builder.Services.AddSingleton<RollupWriter>();
        builder.Services.AddSingleton<ReportingDays>();
        builder.Services.AddSingleton<DerivedRollups>();
        builder.Services.AddSingleton<CompactionStore>();
        builder.Services.AddSingleton<Compactor>();
        builder.Services.AddSingleton<RecomputationStore>();
        builder.Services.AddSingleton<Recomputer>();
        builder.Services.AddSingleton<ReconciliationStore>();
        builder.Services.AddSingleton<Reconciler>();
        builder.Services.Configure<RecomputationOptions>(options => options.PollInterval = TimeSpan.FromMilliseconds(50));
        builder.Services.Configure<ReconciliationOptions>(options => (options.Interval, options.Pause) = (TimeSpan.Zero, TimeSpan.Zero));

        configure?.Invoke(builder.Services);

        var worker = builder.Build();
        _workers.Add(worker);
        return worker.Services;
    }

    /// <summary>Stores a batch of events, as Activity does: one for each person, a third of them tasks created and a third completed.</summary>
    public async Task<Guid> StoreAsync(DateOnly day, params string[] people)
    {
        const string Store = """
            WITH inserted AS (
                INSERT INTO events (event_id, event_type, user_id, timestamp, received_at, batch_id, data_payload)
                SELECT gen_random_uuid(), (ARRAY['task_created', 'task_completed', 'login'])[1 + n % 3], person, $3 - n * interval '7 minutes', now(), $1,
                       CASE WHEN n % 4 > 0 THEN jsonb_build_object('task_id', n % 5) END
                FROM unnest($2) WITH ORDINALITY AS person (person, n)
                RETURNING event_id)
            INSERT INTO event_batches (batch_id, event_count, publish_after)
            SELECT $1, count(*), now() FROM inserted
            """;
        var batchId = Guid.CreateVersion7();
        await ExecuteAsync(Store, batchId, people, day.ToDateTime(new(23, 30), DateTimeKind.Utc));
        return batchId;
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row of a query, or null.</summary>
    public async Task<T?> QueryAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>Every rollup, in the order of its key.</summary>
    public async Task<string> RollupsAsync() =>
        await QueryAsync<string>("""
            SELECT string_agg(concat_ws(' ', user_id, metric_date, event_count, tasks_created, tasks_completed), E'\n' ORDER BY user_id, metric_date)
            FROM daily_user_metrics
            """) ?? "";

    /// <summary>What the rollups would be, had the events of all closed batches just been counted.</summary>
    public async Task<string> ExpectedRollupsAsync() =>
        await QueryAsync<string>("""
            SELECT string_agg(concat_ws(' ', user_id, day, count, created, completed), E'\n' ORDER BY user_id, day)
            FROM (
                SELECT user_id, date_trunc('day', timestamp AT TIME ZONE 'UTC')::date AS day, count(*),
                       sum((event_type = 'task_created')::integer) AS created, sum((event_type = 'task_completed')::integer) AS completed
                FROM events LEFT JOIN event_batches USING (batch_id)
                WHERE event_batches.batch_id IS NULL
                GROUP BY user_id, day) AS expected
            """) ?? "";

    /// <summary>Asserts that each rollup of every level is what the events of the closed batches give.</summary>
    public async Task AssertExactAsync()
    {
        Assert.Equal(await ExpectedRollupsAsync(), await RollupsAsync());
        await PackedRollups.AssertExactAsync(Source);
    }

    /// <summary>A transaction of the test's own, which ends when its connection is disposed of; <paramref name="sql"/> is its first statement.</summary>
    public async Task<NpgsqlConnection> BeginAsync(string sql, params object[] parameters)
    {
        var connection = await Source.OpenConnectionAsync();
        await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        Fill(command, sql, parameters);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>How many connections to this database wait for a lock.</summary>
    public Task<long> WaitingAsync() =>
        QueryAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        await Source.DisposeAsync();
        await using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = Source.CreateCommand();
        Fill(command, sql, parameters);
        return command;
    }

    private static void Fill(NpgsqlCommand command, string sql, object[] parameters)
    {
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }
    }
}
