using PulseBoard.Contracts;

namespace PulseBoard.Bench.Faults;

/// <summary>Clients that post until they are told to stop, and then go on until all that they sent is acknowledged.</summary>
internal sealed class Workload : IAsyncDisposable
{
    private static readonly string[] Types = [ActivityTypes.TaskCreated, ActivityTypes.TaskCompleted, "note"];

    /// <summary>Longer than the service takes to tell a client that it cannot store.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _activity;
    private readonly WorkloadOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givingUp = new();
    private readonly Task _posting;

    private Workload(Uri activity, WorkloadOptions options, int seed)
    {
        _activity = new() { BaseAddress = activity, Timeout = Patience };
        _options = options;
        People = [.. Enumerable.Range(0, options.People).Select(_ => $"{Guid.NewGuid():N}@example.com")];
        Poster = new(_activity, Ledger, Clock);
        _posting = Task.WhenAll(
            Enumerable.Range(0, options.SinglePosters).Select(i => Task.Run(() => PostSinglesAsync(new Random(seed + i))))
                .Concat(Enumerable.Range(0, options.BatchPosters).Select(i => Task.Run(() => PostBatchesAsync(new Random(seed - i - 1))))));
    }

    /// <summary>What was sent and answered.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>When it was answered.</summary>
    public AcknowledgementClock Clock { get; } = new();

    /// <summary>Whose events these are; nobody else's.</summary>
    public IReadOnlyList<string> People { get; }

    /// <summary>Sends on the same account.</summary>
    public EventPoster Poster { get; }

    /// <summary>Begins to post.</summary>
    public static Workload Start(Uri activity, WorkloadOptions options, int seed) => new(activity, options, seed);

    /// <summary>Posts nothing new, and waits until all is acknowledged.</summary>
    /// <param name="limit">When to give up.</param>
    /// <exception cref="TimeoutException">Something was never acknowledged.</exception>
    public async Task StopAsync(TimeSpan limit)
    {
        await _stopping.CancelAsync();
        await _posting.WaitAsync(limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _givingUp.CancelAsync();
        await _posting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _activity.Dispose();
        _stopping.Dispose();
        _givingUp.Dispose();
    }

    private async Task PostSinglesAsync(Random random)
    {
        using var pace = new PeriodicTimer(_options.SinglePace);
        PostedEvent? last = null;
        while (!_stopping.IsCancellationRequested)
        {
            var posted = last is not null && random.Next(_options.RepeatEvery) == 0 ? last : Next(random);
            await Poster.PostAsync(posted, _givingUp.Token);
            last = posted;
            await pace.WaitForNextTickAsync(_givingUp.Token);
        }
    }

    private async Task PostBatchesAsync(Random random)
    {
        using var pace = new PeriodicTimer(_options.BatchPace);
        PostedEvent[] batch = [];
        while (!_stopping.IsCancellationRequested)
        {
            // One that repeats another overlaps with it by half, and has one event twice.
            var overlap = random.Next(_options.RepeatEvery) == 0 ? batch.Skip(batch.Length / 2) : [];
            batch = [.. overlap, .. Enumerable.Range(0, _options.BatchSize).Select(_ => Next(random))];
            await Poster.PostAsync((PostedEvent[])[.. batch, .. overlap.Take(1)], _givingUp.Token);
            await pace.WaitForNextTickAsync(_givingUp.Token);
        }
    }

    private PostedEvent Next(Random random) => Ledger.Open(
        People[random.Next(People.Count)],
        Types[random.Next(Types.Length)],
        random.Next(_options.PastEvery) == 0 ? DateTimeOffset.UtcNow.AddDays(-1) : null);
}
