using System.Diagnostics;
using PulseBoard.Data;

namespace PulseBoard.Tests.Data;

public sealed class GroupSpanTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // A name of its own, since a listener hears every source of the process.
    private readonly ActivitySource _source = new($"test-{Guid.NewGuid():N}");
    private readonly ActivityListener _listener;

    public GroupSpanTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source == _source,
            Sample = (ref options) => options.Parent != default && (options.Parent.TraceFlags & ActivityTraceFlags.Recorded) == 0
                ? ActivitySamplingResult.PropagationData
                : ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task The_span_of_a_group_is_a_child_of_the_first_caller_and_linked_with_the_others_both_ways()
    {
        var (commit, callers) = await CommitAsync(ActivityTraceFlags.Recorded, ActivityTraceFlags.Recorded, ActivityTraceFlags.Recorded);

        Assert.Equal(callers[0].SpanId, commit.ParentSpanId);
        Assert.Equal(callers[1..].Select(caller => caller.Context), commit.Links.Select(link => link.Context));
        Assert.Empty(callers[0].Links);
        Assert.All(callers[1..], caller => Assert.Equal(commit.Context, Assert.Single(caller.Links).Context));
    }

    [Fact]
    public async Task A_first_caller_who_is_not_recorded_does_not_hide_the_commit_from_the_others()
    {
        var (commit, callers) = await CommitAsync(ActivityTraceFlags.None, ActivityTraceFlags.Recorded);

        Assert.True(commit.Recorded);
        Assert.Equal(callers[1].SpanId, commit.ParentSpanId);
    }

    [Fact]
    public async Task Where_no_caller_is_recorded_neither_is_the_commit()
    {
        var (commit, callers) = await CommitAsync(ActivityTraceFlags.None, ActivityTraceFlags.None);

        Assert.False(commit.Recorded);
        Assert.Equal(callers[0].TraceId, commit.TraceId);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }

    private async Task<(Span Commit, Span[] Callers)> CommitAsync(params ActivityTraceFlags[] flags)
    {
        var queue = new GroupCommit<int, Span?>(capacity: flags.Length, groupSize: flags.Length, _source, "commit");
        var callers = new List<Span>();
        var waiting = new List<Task<Span?>>();
        foreach (var flag in flags)
        {
            Span.Current = null;
            callers.Add(new Span("caller") { ActivityTraceFlags = flag }.Start());
            Assert.True(queue.TrySubmit(0, out var committed));
            waiting.Add(committed);
        }

        Span.Current = null;
        queue.Complete();
        await queue.RunAsync(writers: 1, items => Task.FromResult<IReadOnlyList<Span?>>([.. items.Select(_ => Span.Current)])).WaitAsync(Limit);
        return ((await waiting[0])!, [.. callers]);
    }
}
