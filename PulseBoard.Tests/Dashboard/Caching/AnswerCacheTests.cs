using System.Net;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard.Caching;

[Collection(ApplicationCollection.Name)]
public sealed class AnswerCacheTests(PulseBoardApplication application) : IAsyncLifetime
{
    private static readonly Func<CancellationToken, Task> Slow = cancellationToken => Task.Delay(60, cancellationToken);

    private TestRedis _redis = null!;

    public async Task InitializeAsync() => _redis = await TestRedis.CreateAsync(application);

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task Two_hundred_requests_for_one_cold_key_cause_one_computation()
    {
        await using var replica = await StartAsync();
        var gate = new TaskCompletionSource();
        replica.Computing = _ => gate.Task;

        var asking = Enumerable.Range(0, 200).Select(_ => replica.GetAsync()).ToArray();
        await Eventually.BecomesAsync("the computation", () => Task.FromResult(replica.Computations), computations => computations == 1);
        gate.SetResult();

        Assert.All(await Task.WhenAll(asking), reply => Assert.Equal((HttpStatusCode.OK, 0), (reply.Status, reply.Number)));
        Assert.Equal(1, replica.Computations);
        Assert.Equal("HIT", (await replica.GetAsync()).CacheStatus);
    }

    [Fact]
    public async Task Two_replicas_share_one_computation()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        Replica[] replicas = [first, second];
        Array.ForEach(replicas, replica => replica.Computing = Slow);

        for (var key = 0; key < 5; key++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => replicas[i % 2].GetAsync($"{key}")));

            Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
            Assert.Equal(key + 1, replicas.Sum(replica => replica.Computations));
            Assert.Contains(replies, reply => reply.CacheStatus == "MISS");
            Assert.Contains(replies, reply => reply.CacheStatus == "HIT");
        }
    }

    [Fact]
    public async Task A_change_is_seen_by_each_replica_as_soon_as_its_notice()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        Replica[] replicas = [first, second];
        foreach (var replica in replicas)
        {
            await replica.GetAsync();
        }

        Array.ForEach(replicas, replica => replica.Number = 7);
        var version = await _redis.BumpAsync();
        foreach (var replica in replicas)
        {
            await replica.KnowsAsync(version);
            Assert.Equal(7, (await replica.GetAsync()).Number);
        }
    }

    [Fact]
    public async Task A_change_by_a_process_itself_is_seen_by_its_next_request()
    {
        await using var replica = await StartAsync();
        for (var i = 1; i < 20; i++)
        {
            replica.Number = i;
            replica.Version.Advance(await _redis.BumpAsync());
            Assert.Equal(i, (await replica.GetAsync()).Number);
        }
    }

    [Fact]
    public async Task A_change_whose_notice_is_lost_is_seen_by_the_next_look()
    {
        await using var replica = await StartAsync(new() { ["Live:CheckInterval"] = "00:00:00.2" });
        await replica.GetAsync();
        replica.Number = 7;
        await _redis.IncrementAsync();

        await Eventually.BecomesAsync("the change", () => replica.GetAsync(), reply => reply.Number == 7);
    }

    [Fact]
    public async Task A_warm_answer_needs_no_Redis()
    {
        using var proxy = RedisProxy.Start(_redis.ConnectionString);
        await using var replica = await StartAsync(redis: proxy.ConnectionString);
        await replica.GetAsync();

        proxy.Hang();
        Assert.Equal("HIT", (await replica.GetAsync()).CacheStatus);
        Assert.Equal(1, replica.Computations);
    }

    [Fact]
    public async Task An_answer_ends_with_its_life()
    {
        await using var replica = await StartAsync(new() { ["Caching:Lifetime"] = "00:00:01" });
        await replica.GetAsync();
        replica.Number = 7;

        await Eventually.BecomesAsync("the next answer", () => replica.GetAsync(), reply => reply.Number == 7);
        Assert.Equal(2, replica.Computations);
    }

    [Fact]
    public async Task An_expensive_answer_is_served_stale_while_one_computation_refreshes_it()
    {
        await using var replica = await StartAsync(new() { ["Caching:StaleFor"] = "00:00:30", ["Caching:RefreshAfter"] = "00:00:00" });
        replica.Computing = Slow;
        await replica.GetAsync();

        var gate = new TaskCompletionSource();
        replica.Computing = _ => gate.Task;
        replica.Number = 7;
        replica.Version.Advance(await _redis.BumpAsync());
        var stale = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => replica.GetAsync()));
        Assert.All(stale, reply => Assert.Equal(("STALE", 0), (reply.CacheStatus, reply.Number)));

        // This one waits for the computation, or comes after it.
        var fresh = replica.GetAsync(cacheControl: "no-cache");
        gate.SetResult();
        Assert.NotEqual("STALE", (await fresh).CacheStatus);
        Assert.Equal(7, (await fresh).Number);
        Assert.Equal(("HIT", 7), ((await replica.GetAsync()).CacheStatus, (await replica.GetAsync()).Number));
        Assert.Equal(2, replica.Computations);
    }

    [Fact]
    public async Task A_stale_answer_that_cannot_be_refreshed_is_not_served_for_longer()
    {
        await using var replica = await StartAsync(new() { ["Caching:StaleFor"] = "00:00:00.5", ["Caching:RefreshAfter"] = "00:00:00" });
        replica.Computing = Slow;
        await replica.GetAsync();
        replica.Computing = _ => Task.FromException(new TimeoutException());
        replica.Version.Advance(await _redis.BumpAsync());

        Assert.Equal("STALE", (await replica.GetAsync()).CacheStatus);
        await Eventually.BecomesAsync("the error", () => replica.GetAsync(), reply => reply.Status != HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await replica.GetAsync()).Status);
    }

    [Fact]
    public async Task A_cheap_answer_is_never_stale()
    {
        await using var replica = await StartAsync(new() { ["Caching:ExpensiveAfter"] = "00:01:00", ["Caching:StaleFor"] = "00:00:30", ["Caching:RefreshAfter"] = "00:00:00" });
        replica.Computing = Slow;
        await replica.GetAsync();
        replica.Number = 7;
        replica.Version.Advance(await _redis.BumpAsync());

        Assert.Equal(("MISS", 7), await StatusAsync(replica));
    }

    [Fact]
    public async Task An_answer_that_may_not_be_behind_is_never_stale_however_expensive()
    {
        await using var replica = await StartAsync(new() { ["Caching:ExpensiveAfter"] = "00:00:00", ["Caching:StaleFor"] = "00:00:30", ["Caching:RefreshAfter"] = "00:00:00" });
        replica.Computing = Slow;
        await replica.GetAsync(Replica.NeverBehind);
        replica.Number = 7;
        replica.Version.Advance(await _redis.BumpAsync());

        Assert.Equal(("MISS", 7), await StatusAsync(replica, Replica.NeverBehind));
        Assert.Equal(("HIT", 7), await StatusAsync(replica, Replica.NeverBehind));
    }

    [Fact]
    public async Task A_replica_that_dies_amid_a_computation_costs_the_others_its_lock_and_no_more()
    {
        await using var replica = await StartAsync(new() { ["Caching:ComputingLifetime"] = "00:00:00.5" });
        var place = RedisAnswers.Place(new("numbers", "", AnswerFormat.Json), 0);
        await _redis.ExecuteAsync("SET", place.LockKey, "of one that died", "PX", "500");

        Assert.Equal(("MISS", 0), await StatusAsync(replica));
    }

    [Fact]
    public async Task A_lock_that_never_ends_is_waited_for_no_longer_than_one_that_does()
    {
        await using var replica = await StartAsync(new() { ["Caching:ComputingLifetime"] = "00:00:00.5" });
        var place = RedisAnswers.Place(new("numbers", "", AnswerFormat.Json), 0);
        await _redis.ExecuteAsync("SET", place.LockKey, "of nobody");

        Assert.Equal(("MISS", 0), await StatusAsync(replica));

        // It is not this one's to end.
        Assert.Equal("of nobody", (string?)await _redis.ExecuteAsync("GET", place.LockKey));
    }

    [Fact]
    public async Task A_computation_that_fails_leaves_the_next_to_whoever_waits()
    {
        await using var first = await StartAsync(new() { ["Caching:ComputingLifetime"] = "00:01:00" });
        await using var second = await StartAsync(new() { ["Caching:ComputingLifetime"] = "00:01:00" });
        var gate = new TaskCompletionSource();
        first.Computing = _ => gate.Task;
        var failing = first.GetAsync();
        await Eventually.BecomesAsync("the computation", () => Task.FromResult(first.Computations), computations => computations == 1);
        var waiting = second.GetAsync();
        gate.SetException(new TimeoutException());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await failing).Status);
        Assert.Equal("MISS", (await waiting).CacheStatus);
        Assert.Equal(1, second.Computations);
    }

    [Fact]
    public async Task A_Redis_that_was_flushed_gives_no_old_answer()
    {
        await using var replica = await StartAsync(new() { ["Live:CheckInterval"] = "00:00:00.2" });
        var version = await _redis.BumpAsync();
        await replica.KnowsAsync(version);
        await replica.GetAsync();

        await _redis.FlushAsync();
        replica.Number = 7;

        // The same number as before the loss.
        await replica.KnowsAsync(0);
        await _redis.ExecuteAsync("SET", MetricsVersion.Key, version);
        await replica.KnowsAsync(version);
        Assert.Equal(("MISS", 7), await StatusAsync(replica));
        Assert.Equal(("HIT", 7), await StatusAsync(replica));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Redis_that_hangs_or_is_gone_costs_a_bounded_time_and_comes_back_by_itself(bool gone)
    {
        using var proxy = RedisProxy.Start(_redis.ConnectionString);
        await using var replica = await StartAsync(
            new()
            {
                ["Caching:RedisPatience"] = "00:00:00.05",
                ["Caching:RedisPause"] = "00:00:00",
                ["Live:CheckInterval"] = "00:00:00.2",
                ["Live:RedisTimeout"] = "00:00:00.2",
            },
            proxy.ConnectionString);
        await replica.GetAsync("same");
        if (gone)
        {
            proxy.Break();
        }
        else
        {
            proxy.Hang();
        }

        await Eventually.BecomesAsync("the loss to be noticed", () => Task.FromResult(replica.Version.Current), known => known is null);
        for (var i = 1; i <= 20; i++)
        {
            replica.Number = i;
            Assert.Equal(("ERROR", i), await StatusAsync(replica, "same").WaitAsync(TimeSpan.FromSeconds(5)));
        }

        if (gone)
        {
            proxy.Mend();
        }
        else
        {
            proxy.Resume();
        }

        // Redis has an answer of before, at a version that nobody has bumped.
        var seen = new List<Replica.Reply>();
        await Eventually.BecomesAsync(
            "the cache to hit again",
            async () =>
            {
                seen.Add(await replica.GetAsync("same"));
                return seen[^1].CacheStatus;
            },
            status => status == "HIT");
        Assert.All(seen, reply => Assert.Equal(20, reply.Number));
    }

    [Fact]
    public async Task Requests_share_a_computation_without_Redis_too_but_not_one_from_before_a_change_of_this_process()
    {
        await using var replica = await Replica.StartAsync(Replica.Nowhere, new() { ["Caching:RedisPause"] = "00:01:00", ["Live:CheckInterval"] = "00:01:00" });
        await replica.GetAsync("first");
        var gate = new TaskCompletionSource();
        replica.Computing = _ => gate.Task;
        var before = Enumerable.Range(0, 50).Select(_ => replica.GetAsync()).ToArray();
        await Eventually.BecomesAsync("the computation", () => Task.FromResult(replica.Computations), computations => computations == 2);

        replica.Number = 7;
        replica.Version.Lose();
        var after = replica.GetAsync();
        await Eventually.BecomesAsync("another computation", () => Task.FromResult(replica.Computations), computations => computations == 3);
        gate.SetResult();

        Assert.Equal(("ERROR", 7), ((await after).CacheStatus, (await after).Number));
        Assert.All(await Task.WhenAll(before), reply => Assert.Equal("ERROR", reply.CacheStatus));
        Assert.Equal(3, replica.Computations);
    }

    private async Task<Replica> StartAsync(Dictionary<string, string?>? settings = null, string? redis = null)
    {
        // Patient, unless a test is about that: what runs beside it must not make Redis seem to be away.
        settings = new(settings ?? []);
        settings.TryAdd("Caching:RedisPatience", "00:00:10");
        var replica = await Replica.StartAsync(redis ?? _redis.ConnectionString, settings);
        await Eventually.BecomesAsync("the version", () => Task.FromResult(replica.Version.Current), known => known is not null);
        return replica;
    }

    private static async Task<(string? CacheStatus, int Number)> StatusAsync(Replica replica, string key = "")
    {
        var reply = await replica.GetAsync(key);
        return (reply.CacheStatus, reply.Number);
    }
}
