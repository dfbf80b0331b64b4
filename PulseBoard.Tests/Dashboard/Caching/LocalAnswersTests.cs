using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Tests.Dashboard.Caching;

public sealed class LocalAnswersTests
{
    private const int Limit = 100_000;
    private const int BodyBytes = 8_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly SetClock _clock = new();
    private readonly LocalAnswers _answers;

    public LocalAnswersTests() => _answers = new(Options.Create(new CachingOptions { LocalBytes = Limit }), _clock);

    [Fact]
    public void An_answer_is_found_until_its_life_ends()
    {
        Keep("a");
        _clock.Advance(Lifetime - TimeSpan.FromTicks(1));
        Assert.NotNull(Find("a"));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Find("a"));
    }

    [Fact]
    public void Each_format_has_an_answer_of_its_own()
    {
        Keep("a");

        Assert.Null(_answers.Find(new("name", "a", AnswerFormat.Csv)));
    }

    [Fact]
    public void There_are_never_more_bytes_than_the_limit_and_the_last_answers_stay()
    {
        for (var i = 0; i < 100; i++)
        {
            Keep($"{i}");
            Assert.InRange(_answers.Bytes, 1, Limit);
        }

        Assert.NotNull(Find("99"));
        Assert.Null(Find("0"));
    }

    [Fact]
    public void An_answer_that_is_asked_for_again_and_again_stays()
    {
        Keep("asked");
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(Find("asked"));
            Keep($"{i}");
        }
    }

    [Fact]
    public void An_answer_takes_the_place_of_the_one_before()
    {
        for (var version = 1; version <= 100; version++)
        {
            Keep("a", version);
        }

        Assert.Equal(100, Find("a")?.Version);
        Assert.InRange(_answers.Bytes, BodyBytes, 2 * BodyBytes);
    }

    [Fact]
    public void A_computation_that_ends_late_does_not_replace_a_newer_answer()
    {
        Keep("a", version: 2);
        Keep("a", version: 1);
        Assert.Equal(2, Find("a")?.Version);

        Keep("a", version: 1, epoch: 1);
        Assert.Equal(1, Find("a")?.Version);
    }

    [Fact]
    public void What_is_larger_than_the_limit_is_not_kept()
    {
        Keep("a");
        Keep("large", bytes: Limit);

        Assert.Null(Find("large"));
        Assert.NotNull(Find("a"));
    }

    [Fact]
    public void Answers_that_have_ended_give_their_room_up()
    {
        Keep("a");
        _clock.Advance(Lifetime);
        Keep("b");

        Assert.InRange(_answers.Bytes, BodyBytes, 2 * BodyBytes);
    }

    [Fact]
    public async Task Readers_and_writers_at_once_leave_the_sum_right()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                Keep($"{(i * (worker + 1)) % 40}", version: i);
                Find($"{i % 40}");
            }
        })));

        _clock.Advance(Lifetime);
        Keep("last");
        Assert.InRange(_answers.Bytes, BodyBytes, 2 * BodyBytes);
    }

    private static AnswerKey Key(string key) => new("name", key, AnswerFormat.Json);

    private LocalAnswer? Find(string key) => _answers.Find(Key(key));

    private void Keep(string key, long version = 1, long epoch = 0, int bytes = BodyBytes) => _answers.Keep(
        Key(key),
        Answer.Of(new byte[bytes], _clock.GetUtcNow(), TimeSpan.Zero),
        new(version, IsKnown: true, epoch, Sequence: 0, ConfirmedAt: 0, Arrivals: []),
        Lifetime);
}
