using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Tests.Dashboard.Caching;

public sealed class KnownVersionTests
{
    private readonly SetClock _clock = new();
    private readonly KnownVersion _known;

    public KnownVersionTests() => _known = new(Options.Create(new CachingOptions()), _clock);

    [Fact]
    public void Nothing_is_known_before_the_first_look()
    {
        Assert.Null(_known.Current);

        Look(0);
        Assert.Equal(0, _known.Current?.Version);
    }

    [Fact]
    public void A_notice_counts_at_once_and_a_look_that_began_before_it_does_not()
    {
        Look(4);
        var since = _known.Sequence;
        _known.Advance(5);
        Assert.Equal(5, _known.Current?.Version);

        _known.Looked(since, 4);
        Assert.Equal(5, _known.Current?.Version);
        _known.Looked(since, 6);
        Assert.Equal(6, _known.Current?.Version);
    }

    [Fact]
    public void A_notice_that_was_overtaken_leaves_it_to_the_next_look()
    {
        Look(4);
        _known.Advance(6);
        var epoch = _known.Current?.Epoch;
        _known.Advance(5);
        Assert.Null(_known.Current);

        Look(6);
        Assert.Equal(6, _known.Current?.Version);
        Assert.NotEqual(epoch, _known.Current?.Epoch);
    }

    [Fact]
    public void What_Redis_said_holds_for_a_while_and_each_look_renews_it()
    {
        Look(4);
        var epoch = _known.Current?.Epoch;
        _clock.Advance(TimeSpan.FromSeconds(4));
        Look(4);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(4, _known.Current?.Version);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_known.Current);
        Look(4);
        Assert.Equal(epoch, _known.Current?.Epoch);
    }

    [Fact]
    public void A_loss_ends_what_is_known_and_the_same_number_afterwards_is_another_version()
    {
        Look(4);
        var (epoch, sequence, since) = (_known.Current?.Epoch, _known.Sequence, _known.Sequence);
        _known.Lose();
        Assert.Null(_known.Current);
        Assert.NotEqual(sequence, _known.Sequence);

        // It may have been answered before the loss.
        _known.Looked(since, 4);
        Assert.Null(_known.Current);

        Look(4);
        Assert.Equal(4, _known.Current?.Version);
        Assert.NotEqual(epoch, _known.Current?.Epoch);
    }

    [Fact]
    public void After_a_loss_the_version_is_in_doubt_until_it_is_bumped()
    {
        Assert.False(_known.IsInDoubt);
        _known.Lose();
        var losses = _known.Losses;
        _known.Lose();
        _known.Settle(losses);
        Assert.True(_known.IsInDoubt);

        // What comes meanwhile counts, and may not be all.
        _known.Advance(5);
        Assert.Equal(5, _known.Current?.Version);
        Assert.True(_known.IsInDoubt);

        _known.Settle(_known.Losses);
        Assert.False(_known.IsInDoubt);
    }

    [Fact]
    public void A_Redis_that_counts_anew_begins_another_epoch()
    {
        Look(4);
        var epoch = _known.Current?.Epoch;
        Look(0);
        Assert.Equal(0, _known.Current?.Version);
        Assert.NotEqual(epoch, _known.Current?.Epoch);
    }

    [Fact]
    public void It_is_known_since_when_a_version_is_behind()
    {
        Look(4);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _known.Advance(7);
        var superseded = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _known.Advance(8);

        var current = _known.Current!;
        Assert.Equal(superseded, current.SupersededAt(4));
        Assert.Equal(_clock.GetTimestamp(), current.SupersededAt(7));
        Assert.Null(current.SupersededAt(8));
        Assert.Null(current.SupersededAt(3));
        Assert.Null(current.SupersededAt(5));
    }

    [Fact]
    public void Versions_of_long_ago_are_forgotten()
    {
        Look(1);
        for (var version = 2; version <= 100; version++)
        {
            _known.Advance(version);
        }

        Assert.Equal(32, _known.Current!.Arrivals.Length);
        Assert.Null(_known.Current.SupersededAt(1));
        Assert.NotNull(_known.Current.SupersededAt(99));
    }

    private void Look(long version) => _known.Looked(_known.Sequence, version);
}
