using PulseBoard.Dashboard.Pipeline;

namespace PulseBoard.Tests.Pipeline;

public sealed class DeadBatchErrorTests
{
    [Theory]
    [InlineData("22003: bigint out of range", "22003: bigint out of range")]
    [InlineData("22P02: invalid input syntax for type integer: \"alex@example.com\"", "22P02: invalid input syntax for type integer: …")]
    [InlineData("22007: invalid date: \"two\nlines\"\nPOSITION: 3", "22007: invalid date: …")]
    [InlineData("42703: column \"tasks\" does not exist\n\nPOSITION: 12", "42703: column \"tasks\" does not exist")]
    [InlineData("23514: new row violates check constraint \"positive\"\n\nDETAIL: Failing row contains (alex)", "23514: new row violates check constraint \"positive\"")]
    [InlineData(null, null)]
    public void An_error_names_its_cause_in_one_line_and_quotes_nothing_of_the_data(string? error, string? told) =>
        Assert.Equal(told, DeadBatches.WithoutData(error));
}
