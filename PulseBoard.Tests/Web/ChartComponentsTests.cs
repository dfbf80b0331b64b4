using System.Globalization;
using System.Text.RegularExpressions;
using PulseBoard.Contracts;
using PulseBoard.Web.Components.Charts;
using PulseBoard.Web.Components.Ranking;

namespace PulseBoard.Tests.Web;

public sealed class ChartComponentsTests
{
    [Theory]
    [InlineData(new double[] { 0, 10 }, "0,220 1000,20")]
    [InlineData(new double[] { 5, 5, 5 }, "0,20 500,20 1000,20")]
    [InlineData(new double[] { 0, 0 }, "0,220 1000,220")]
    [InlineData(new double[] { -10, 0 }, "0,220 1000,20")]
    public void A_sparkline_stands_on_zero_and_fills_its_box(double[] values, string points) =>
        Assert.Equal(points, SparklinePoints.Of([.. values.Select(value => (double?)value)]));

    [Fact]
    public void A_sparkline_leaves_out_what_has_no_value_and_keeps_its_place() => Assert.Equal("0,20 1000,20", SparklinePoints.Of([1, null, 1]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_single_value_is_no_line(int values) => Assert.Null(SparklinePoints.Of([.. Enumerable.Repeat((double?)7, values)]));

    [Fact]
    public void A_sparkline_of_a_year_of_hours_has_few_points() =>
        Assert.InRange(SparklinePoints.Of([.. Enumerable.Range(0, 8760).Select(hour => (double?)hour)])!.Count(character => character == ','), 2, 120);

    [Fact]
    public async Task A_sparkline_is_drawn_in_the_box_of_its_points()
    {
        var html = await RenderedComponent.HtmlOfAsync<Sparkline>(("Points", "0,220 1000,20"));

        Assert.Contains($"viewBox=\"0 0 {SparklinePoints.Width} {SparklinePoints.Height}\"", html, StringComparison.Ordinal);
        Assert.Contains("points=\"0,220 1000,20\"", html, StringComparison.Ordinal);
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

        static string[] Cells(string row) => [.. Regex.Matches(row, "<td class=\"no-day\"></td>|<td data-level[^>]*>(?<events>[^<]*)</td>")
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
