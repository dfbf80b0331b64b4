using System.Globalization;
using System.Text.RegularExpressions;
using PulseBoard.Contracts;
using PulseBoard.Web.Components.Charts;
using PulseBoard.Web.Components.Ranking;

namespace PulseBoard.Tests.Web;

public sealed class ChartComponentsTests
{
    [Theory]
    [InlineData(new double[] { 0, 10 }, "0.0,22.0 100.0,2.0")]
    [InlineData(new double[] { 5, 5, 5 }, "0.0,2.0 50.0,2.0 100.0,2.0")]
    [InlineData(new double[] { 0, 0 }, "0.0,22.0 100.0,22.0")]
    public async Task A_sparkline_stands_on_zero_and_fills_its_box(double[] values, string points)
    {
        var html = await RenderedComponent.HtmlOfAsync<Sparkline>(("Values", values.Select(value => (double?)value).ToArray()));

        Assert.Contains($"points=\"{points}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sparkline_leaves_out_what_has_no_value_and_keeps_its_place()
    {
        var html = await RenderedComponent.HtmlOfAsync<Sparkline>(("Values", new double?[] { 1, null, 1 }));

        Assert.Contains("points=\"0.0,2.0 100.0,2.0\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_single_value_is_no_line(int values)
    {
        var html = await RenderedComponent.HtmlOfAsync<Sparkline>(("Values", Enumerable.Repeat((double?)7, values).ToArray()));

        Assert.DoesNotContain("polyline", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sparkline_of_a_year_of_hours_has_few_points()
    {
        var html = await RenderedComponent.HtmlOfAsync<Sparkline>(("Values", Enumerable.Range(0, 8760).Select(hour => (double?)hour).ToArray()));

        Assert.InRange(Regex.Count(html, ","), 2, 120);
    }

    [Fact]
    public async Task A_calendar_puts_each_day_under_its_weekday()
    {
        // A Wednesday and the eleven days after it.
        var first = new DateOnly(2026, 11, 25);
        var days = Enumerable.Range(0, 12).Select(index => new MetricsDay(first.AddDays(index), index, 0, 0)).ToArray();
        var range = new MetricsRange(first, first.AddDays(11), default, default, "UTC");

        var html = await RenderedComponent.HtmlOfAsync<CalendarYear>(("Value", new MetricsCalendar(range, days)));

        var rows = Regex.Matches(html, "<tr><th scope=\"row\">.*?</tr>", RegexOptions.Singleline).Select(row => row.Value).ToArray();
        Assert.Equal(7, rows.Length);
        Assert.Equal(["none", "5"], Cells(rows[0]));
        Assert.Equal(["0", "7"], Cells(rows[2]));
        Assert.Equal(["4", "11"], Cells(rows[6]));
        Assert.Contains("data-level=\"9\"", rows[6], StringComparison.Ordinal);
        Assert.Contains("data-level=\"0\"", rows[2], StringComparison.Ordinal);

        static string[] Cells(string row) => [.. Regex.Matches(row, "<td class=\"no-day\"></td>|<td data-level[^>]*><span[^>]*>(?<events>[^<]*)</span></td>")
            .Select(cell => cell.Groups["events"] is { Success: true } events ? events.Value : "none")];
    }

    [Theory]
    [InlineData(0.256, "25.6")]
    [InlineData(1.5, "100.0")]
    [InlineData(double.NaN, "0.0")]
    public async Task A_share_is_a_bar_in_any_culture(double share, string width)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Contains($"width=\"{width}\"", await RenderedComponent.HtmlOfAsync<ShareBar>(("Share", share)), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
