using Aspire.Dashboard.Resources;

namespace PulseBoard.Tests.Standalone.Dashboard;

public sealed class ConsoleLogTests
{
    [Fact]
    public void The_oldest_lines_go_and_the_numbers_go_on()
    {
        var log = new ConsoleLog(TimeProvider.System, capacity: 3);
        foreach (var text in (string[])["a", "b", "c", "d", "e"])
        {
            log.Append(text, isError: false);
        }

        Assert.Equal([(3, "c"), (4, "d"), (5, "e")], log.After(0).Select(line => (line.N, line.Text)));
        Assert.Equal(["e"], log.After(4).Select(line => line.Text));
        Assert.Empty(log.After(5));
        Assert.Equal(["d", "e"], log.Tail(2).Select(line => line.Text));
    }

    [Fact]
    public void A_very_long_line_is_cut()
    {
        var log = new ConsoleLog(TimeProvider.System);

        log.Append(new string('x', 1_000_000), isError: false);

        Assert.Equal(ConsoleLog.MostCharacters + 1, Assert.Single(log.After(0)).Text.Length);
    }

    [Theory]
    [InlineData("\e[1;32mgreen\e[0m", "green")]
    [InlineData("\e[38;5;208morange\e[m", "orange")]
    [InlineData("\e]0;title\atext", "text")]
    [InlineData("plain", "plain")]
    public void Escapes_are_taken_out(string line, string text) => Assert.Equal(text, AnsiEscapes.Remove(line));
}
