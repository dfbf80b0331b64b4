using System.Threading.Channels;

namespace PulseBoard.Bench.Seeding;

/// <summary>
/// Writes a history into a database: one connection stores batches while another counts those before them, so that both cores have
/// something to do. Only so many batches are ahead of the counting.
/// </summary>
internal static class Seeder
{
    // As many as one count takes, and as many again meanwhile.
    private const int BatchesPerCount = 10;
    private const int BatchesAhead = 2 * BatchesPerCount;

    private const int MostEventsPerBatch = 10_000;
    private const int FewestEventsPerBatch = 200;
    private const int BatchesOfSmallHistory = 200;

    /// <summary>Writes it.</summary>
    /// <param name="database">The database's connection string.</param>
    /// <param name="plan">The history.</param>
    /// <param name="add">Whether there may be events already.</param>
    /// <param name="output">Where it tells how far it is.</param>
    /// <param name="cancellationToken">Ends it; what is stored by then is counted all the same.</param>
    /// <exception cref="BenchmarkException">The database cannot take it.</exception>
    public static async Task RunAsync(string database, SeedPlan plan, bool add, TextWriter output, CancellationToken cancellationToken)
    {
        await using var store = await SeedStore.OpenAsync(database, cancellationToken);
        await store.CheckAsync(add, cancellationToken);

        var progress = new SeedProgress(plan.Events, output);
        progress.Tell($"{plan.Events:N0} events of {plan.People:N0} people in {plan.Teams:N0} teams over {plan.Days:N0} days until {plan.Until:u}, seed {plan.Seed}");
        var company = Company.Create(plan);
        await store.InsertDirectoryAsync(company, cancellationToken);

        await WriteAsync(database, store, company, progress, cancellationToken);
        progress.Tell($"{progress.Counted:N0} events are stored and counted after {progress.Elapsed:mm\\:ss}: {progress.Counted / progress.Elapsed.TotalSeconds:N0}/s. Vacuuming.");

        await store.SettleAsync(cancellationToken);
        progress.Tell($"All told it took {progress.Elapsed:hh\\:mm\\:ss}.");
    }

    private static async Task WriteAsync(string database, SeedStore store, Company company, SeedProgress progress, CancellationToken cancellationToken)
    {
        using var telling = progress.Start();
        await using var counter = new SeedCounter(database, await store.ReportingZoneAsync(cancellationToken));
        using var failed = new CancellationTokenSource();
        var stored = Channel.CreateBounded<Guid>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });

        // On a thread of its own: making events takes the processor, and sending them blocks.
        var storing = Task.Factory.StartNew(
            () => StoreAsync(store, company, stored.Writer, progress, cancellationToken, failed.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            await CountAsync(counter, stored.Reader, progress);
        }
        finally
        {
            // Where counting failed, storing would else wait for it for good.
            await failed.CancelAsync();
            await storing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await storing;
    }

    private static async Task StoreAsync(
        SeedStore store, Company company, ChannelWriter<Guid> stored, SeedProgress progress, CancellationToken cancellationToken, CancellationToken failed)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, failed);
        try
        {
            var size = Math.Clamp(company.Plan.Events / BatchesOfSmallHistory, FewestEventsPerBatch, MostEventsPerBatch);
            var batch = new List<SeedEvent>(size);
            foreach (var seedEvent in ActivityHistory.Of(company))
            {
                batch.Add(seedEvent);
                if (batch.Count == size)
                {
                    await StoreBatchAsync();
                }
            }

            if (batch.Count > 0)
            {
                await StoreBatchAsync();
            }

            async Task StoreBatchAsync()
            {
                either.Token.ThrowIfCancellationRequested();
                var batchId = await store.StoreAsync(batch, either.Token);
                progress.AddStored(batch.Count, batch[^1].Received);
                batch.Clear();

                // What is stored is told of, also when somebody ends the seed; only where nobody counts any more would it wait for good.
                await stored.WriteAsync(batchId, failed);
            }
        }
        finally
        {
            stored.Complete();
        }
    }

    // Without a token: what is stored is counted, also when somebody ends the seed.
    private static async Task CountAsync(SeedCounter counter, ChannelReader<Guid> stored, SeedProgress progress)
    {
        var group = new List<Guid>(BatchesPerCount);
        while (await stored.WaitToReadAsync())
        {
            while (group.Count < BatchesPerCount && stored.TryRead(out var batchId))
            {
                group.Add(batchId);
            }

            progress.AddCounted(await counter.CountAsync([.. group], CancellationToken.None));
            group.Clear();
        }

        await counter.CompactAllAsync(CancellationToken.None);
    }
}
