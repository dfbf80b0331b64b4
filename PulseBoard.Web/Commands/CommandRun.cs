namespace PulseBoard.Web.Commands;

/// <summary>What a form has the Dashboard do, one command at a time, and what came of the last one.</summary>
internal sealed class CommandRun(CommandClient client, Keys keys)
{
    /// <summary>Whether a command is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>What is wrong with the last command; null where nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>What the last command did; null where there was none, or it failed.</summary>
    public string? Done { get; private set; }

    /// <summary>Says what is wrong before a command is sent.</summary>
    public void Refuse(string fault) => (Fault, Done) = (fault, null);

    /// <summary>Has the Dashboard do something.</summary>
    /// <param name="method">The verb.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="content">The body; null is none.</param>
    /// <param name="describe">What is told where it was done, of what the Dashboard answered.</param>
    /// <returns>The answer; null where another command is under way.</returns>
    public async Task<CommandAnswer?> AdministerAsync(HttpMethod method, string path, HttpContent? content, Func<CommandAnswer, string> describe)
    {
        if (IsBusy)
        {
            return null;
        }

        (IsBusy, Fault, Done) = (true, null, null);
        try
        {
            // Not called back when the page closes: it is done, or not, either way.
            var answer = await client.AdministerAsync(method, path, content, keys[KeyKind.Administrator], CancellationToken.None);
            Fault = answer.Fault;
            Done = answer.Succeeded ? describe(answer) : null;
            return answer;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
