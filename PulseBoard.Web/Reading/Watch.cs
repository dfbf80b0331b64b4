namespace PulseBoard.Web.Reading;

/// <summary>A look at the answer to a question, which is kept current until this is disposed of.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class Watch<T>(LiveAnswers.Entry<T> entry, Action changed, TimeSpan? maximumAge) : IDisposable
    where T : class
{
    private int _ended;

    /// <summary>What is known now.</summary>
    public LiveAnswer<T> Current => entry.Current;

    /// <summary>Ends with the first answer or refusal.</summary>
    public Task First => entry.First;

    /// <summary>Has it asked anew, as after whoever looks has changed something.</summary>
    public void Refresh() => entry.MakeStale();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            entry.Leave(changed, maximumAge);
        }
    }
}
