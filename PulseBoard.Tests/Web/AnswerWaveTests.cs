using PulseBoard.Web.Reading;

namespace PulseBoard.Tests.Web;

public sealed class AnswerWaveTests : IDisposable
{
    private readonly List<string> _told = [];
    private readonly AnswerWave _wave = new(TimeSpan.FromMinutes(1), TimeProvider.System);

    public void Dispose() => _wave.Dispose();

    [Fact]
    public void Answers_of_one_time_are_told_of_when_the_last_has_come()
    {
        _wave.Begin();
        _wave.Begin();
        _wave.Add(() => _told.Add("first"));
        _wave.End();
        Assert.Empty(_told);

        _wave.Add(() => _told.Add("second"));
        _wave.End();

        Assert.Equal(["first", "second"], _told);
    }

    [Fact]
    public void What_happens_while_nothing_is_asked_is_told_of_at_once()
    {
        _wave.Add(() => _told.Add("a failure"));

        Assert.Equal(["a failure"], _told);
    }

    [Fact]
    public void Nothing_is_told_of_twice()
    {
        _wave.Begin();
        _wave.Add(() => _told.Add("answer"));
        _wave.End();
        _wave.Begin();
        _wave.End();

        Assert.Equal(["answer"], _told);
    }

    [Fact]
    public async Task Who_is_slow_is_not_waited_for_longer_than_the_limit()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var wave = new AnswerWave(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        wave.Begin();
        wave.Begin();
        wave.Add(told.SetResult);

        await told.Task.WaitAsync(WebLimits.Wait);
    }
}
