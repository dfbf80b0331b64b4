using System.Net;
using System.Text.Json;
using Aspire.Dashboard.Otlp.Protocol;
using WireBuckets = Aspire.Dashboard.Otlp.Protocol.ExponentialHistogramDataPoint.Types.Buckets;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>Charts of five minutes: 300 slots of a second each, up to <see cref="DashboardReceiver.Now"/>.</summary>
public sealed class MetricsApiTests
{
    private const int Slots = 300;

    private static readonly double[] Bounds = [10, 20, 40];

    [Fact]
    public async Task Instruments_are_listed()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(
            Exports.Metrics(
                "web",
                Exports.Counter("things", Exports.Point(-1, 1, attributes: Exports.Pair("a", "1")), Exports.Point(-1, 1, attributes: Exports.Pair("a", "2"))),
                Exports.Histogram("size", AggregationTemporality.Cumulative, Exports.Buckets(-1, Bounds, 1, 0, 0, 0))),
            Exports.Metrics("api", Exports.Gauge("depth", Exports.Point(-1, 1))));

        var resources = (await receiver.GetAsync("metrics")).GetProperty("resources");

        Assert.Equal(
            """{"name":"web","points":3,"dropped":0,"meters":[{"name":"PulseBoard.Test","instruments":[{"name":"size","unit":"","description":"","kind":"histogram","series":1},{"name":"things","unit":"{things}","description":"Things.","kind":"counter","series":2}]}]}""",
            resources[1].GetRawText());
    }

    [Fact]
    public async Task Counter_shows_its_rate()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web", Exports.Counter("things", Exports.Point(-30, 100, start: -30.5), Exports.Point(-20, 150), Exports.Point(-10, 150))));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/things");

        Assert.Equal(("rate", "counter", 1000.0), (chart.GetProperty("shows").GetString(), chart.GetProperty("kind").GetString(), chart.GetProperty("step").GetDouble()));
        var values = Values(chart);
        Assert.Equal(Slots, values.Length);
        Assert.Null(Slot(values, -31));
        Assert.Equal(200, Slot(values, -30));
        Assert.All(Enumerable.Range(-29, 10), second => Assert.Equal(5, Slot(values, second)!.Value, 6));
        Assert.All(Enumerable.Range(-19, 10), second => Assert.Equal(0, Slot(values, second)));
        Assert.Null(Slot(values, -9));
        Assert.Equal(Exports.Milliseconds(0), chart.GetProperty("times")[Slots - 1].GetDouble());
    }

    [Fact]
    public async Task Counter_that_begins_again_goes_on_from_zero()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web",
            Exports.Counter(
                "things",
                Exports.Point(-40, 1000), Exports.Point(-30, 1100),
                Exports.Point(-20, 50),
                Exports.Point(-10, 2000, start: -15))));

        var values = Values(await receiver.GetAsync($"metrics/web/{Exports.Meter}/things"));

        Assert.Equal(10, Slot(values, -35)!.Value, 6);
        Assert.Equal(5, Slot(values, -25)!.Value, 6);
        Assert.Null(Slot(values, -17));
        Assert.Equal(400, Slot(values, -12)!.Value, 6);
    }

    [Fact]
    public async Task Delta_counter_shows_its_rate()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web",
            Exports.Sum(
                "things", AggregationTemporality.Delta, isMonotonic: true,
                Exports.Point(-20, 50, start: -30), Exports.Point(-10, 20, start: -20))));

        var values = Values(await receiver.GetAsync($"metrics/web/{Exports.Meter}/things"));

        Assert.Equal(5, Slot(values, -25)!.Value, 6);
        Assert.Equal(2, Slot(values, -15)!.Value, 6);
    }

    [Fact]
    public async Task Instances_of_a_service_add_up()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(
            Exports.Metrics("web", "one", [Exports.Counter("things", Exports.Point(-20, 0), Exports.Point(-10, 50)), Exports.Gauge("depth", Exports.Point(-10, 1))]),
            Exports.Metrics("web", "two", [Exports.Counter("things", Exports.Point(-20, 0), Exports.Point(-10, 30)), Exports.Gauge("depth", Exports.Point(-10, 2))]));

        var things = await receiver.GetAsync($"metrics/web/{Exports.Meter}/things");
        var depth = await receiver.GetAsync($"metrics/web/{Exports.Meter}/depth");

        Assert.Equal(8, Slot(Values(things), -15)!.Value, 6);
        Assert.Equal(
            """[[{"key":"service.instance.id","value":"two"}],[{"key":"service.instance.id","value":"one"}]]""",
            $"[{string.Join(',', depth.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("attributes").GetRawText()))}]");
    }

    [Fact]
    public async Task Values_hold_until_the_next_point_and_not_for_ever()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics("web", Exports.Gauge("depth", Exports.Point(-60, 3), Exports.Point(-50, 7))));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/depth");

        Assert.Equal("value", chart.GetProperty("shows").GetString());
        var values = Values(chart);
        Assert.Null(Slot(values, -61));
        Assert.Equal([3, 3, 7, 7], [Slot(values, -60), Slot(values, -51), Slot(values, -50), Slot(values, -25)]);
        Assert.Null(Slot(values, -24));
    }

    [Theory]
    [InlineData(AggregationTemporality.Cumulative, 3)]
    [InlineData(AggregationTemporality.Delta, 8)]
    public async Task Sum_that_may_shrink_shows_its_value(object temporality, double expected)
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web", Exports.Sum("open", (AggregationTemporality)temporality, isMonotonic: false, Exports.Point(-20, 5), Exports.Point(-10, 3))));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/open");

        Assert.Equal("upDownCounter", chart.GetProperty("kind").GetString());
        Assert.Equal(expected, Slot(Values(chart), -5));
    }

    [Fact]
    public async Task Histogram_shows_percentiles_of_what_came_between_two_points()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web",
            Exports.Histogram(
                "size", AggregationTemporality.Cumulative,
                Exports.Buckets(-20, Bounds, 1000, 0, 0, 0),
                Exports.Buckets(-10, Bounds, 1000, 50, 40, 10),
                Exports.Buckets(-5, Bounds, 10, 0, 0, 0))));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/size");

        Assert.Equal("percentiles", chart.GetProperty("shows").GetString());
        var series = chart.GetProperty("series")[0];
        var percentiles = series.GetProperty("percentiles");
        Assert.Equal(20, Slot(Numbers(percentiles, "p50"), -15)!.Value, 6);
        Assert.Equal(40, Slot(Numbers(percentiles, "p90"), -15)!.Value, 6);
        Assert.Equal(40, Slot(Numbers(percentiles, "p99"), -15)!.Value, 6);
        Assert.Equal(10, Slot(Numbers(series, "counts"), -15)!.Value, 6);

        // The program began again.
        Assert.Equal(5, Slot(Numbers(percentiles, "p50"), -7)!.Value, 6);
        Assert.Equal(2, Slot(Numbers(series, "counts"), -7)!.Value, 6);
        Assert.False(series.TryGetProperty("values", out _));
    }

    [Fact]
    public async Task Percentiles_lie_within_their_bucket()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web", Exports.Histogram("size", AggregationTemporality.Delta, Exports.Buckets(-10, Bounds, 25, 50, 25, 0))));

        var percentiles = (await receiver.GetAsync($"metrics/web/{Exports.Meter}/size")).GetProperty("series")[0].GetProperty("percentiles");

        Assert.Equal(15, Slot(Numbers(percentiles, "p50"), -15)!.Value, 6);
        Assert.Equal(32, Slot(Numbers(percentiles, "p90"), -15)!.Value, 6);
        Assert.Equal(39.2, Slot(Numbers(percentiles, "p99"), -15)!.Value, 6);
    }

    [Fact]
    public async Task Histograms_of_different_bounds_are_taken_together()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(
            Exports.Metrics("web", "one", [Exports.Histogram("size", AggregationTemporality.Delta, Exports.Buckets(-10, [10], 50, 0))]),
            Exports.Metrics("web", "two", [Exports.Histogram("size", AggregationTemporality.Delta, Exports.Buckets(-10, [20], 50, 0))]));

        var percentiles = (await receiver.GetAsync($"metrics/web/{Exports.Meter}/size")).GetProperty("series")[0].GetProperty("percentiles");

        // 75 of 100 lie evenly up to 10, and 25 up to 20.
        Assert.Equal(50 / 7.5, Slot(Numbers(percentiles, "p50"), -15)!.Value, 6);
        Assert.Equal(16, Slot(Numbers(percentiles, "p90"), -15)!.Value, 6);
    }

    [Fact]
    public async Task Exponential_histogram_shows_percentiles_across_scales()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        // At scale 1 the base is the root of two; the second point is coarser. Between them come four values from 4 to 8.
        var metric = new Metric
        {
            Name = "size",
            ExponentialHistogram = new()
            {
                AggregationTemporality = AggregationTemporality.Cumulative,
                DataPoints = { Exponential(-20, 1, 100, 0, offset: 2, 60, 40), Exponential(-10, 0, 104, 0, offset: 1, 100, 4) },
            },
        };
        await receiver.TakeAsync(Exports.Metrics("web", metric));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/size");

        Assert.Equal("exponentialHistogram", chart.GetProperty("kind").GetString());
        var percentiles = chart.GetProperty("series")[0].GetProperty("percentiles");
        Assert.Equal(6, Slot(Numbers(percentiles, "p50"), -15)!.Value, 6);
        Assert.Equal(7.6, Slot(Numbers(percentiles, "p90"), -15)!.Value, 6);
        Assert.Equal(0.4, Slot(Numbers(chart.GetProperty("series")[0], "counts"), -15)!.Value, 6);
    }

    [Fact]
    public async Task Quantiles_of_a_summary_are_values()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var summary = new SummaryDataPoint { TimeUnixNano = Exports.At(-10), QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = 0.5, Value = 12 } } };
        await receiver.TakeAsync(Exports.Metrics("web", new Metric { Name = "old", Summary = new() { DataPoints = { summary } } }));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/old");

        Assert.Equal("""[{"key":"quantile","values":["0.5"]}]""", chart.GetProperty("dimensions").GetRawText());
        Assert.Equal(12, Slot(Values(chart), -5));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?attributes=a=1", 2)]
    [InlineData("?attributes=a=1&attributes=b=x", 1)]
    [InlineData("?attributes=a=1&attributes=a=2", 3)]
    [InlineData("?attributes=b=", 1)]
    [InlineData("?attributes=a=9", 0)]
    public async Task Series_are_filtered_by_attributes(string query, int expected)
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web",
            Exports.Gauge(
                "depth",
                Exports.Point(-1, 1, attributes: [Exports.Pair("a", "1"), Exports.Pair("b", "x")]),
                Exports.Point(-1, 1, attributes: [Exports.Pair("b", "y"), Exports.Pair("a", "1")]),
                Exports.Point(-1, 1, attributes: Exports.Pair("a", "2")))));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/depth{query}");

        Assert.Equal(expected, chart.GetProperty("series").GetArrayLength());
        Assert.Equal("""[{"key":"a","values":["1","2"]},{"key":"b","values":["","x","y"]}]""", chart.GetProperty("dimensions").GetRawText());
    }

    [Fact]
    public async Task Twenty_series_with_most_are_shown()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics(
            "web", Exports.Gauge("depth", [.. Enumerable.Range(1, 25).Select(number => Exports.Point(-1, number, attributes: Exports.Pair("n", $"{number}")))])));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/depth");

        Assert.Equal((20, 5), (chart.GetProperty("series").GetArrayLength(), chart.GetProperty("left").GetInt32()));
        Assert.Equal("25", chart.GetProperty("series")[0].GetProperty("attributes")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Oldest_points_of_a_resource_give_way_and_are_counted()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { PointsPerResource = 3 });
        await receiver.TakeAsync(
            Exports.Metrics("web", Exports.Gauge("gone", Exports.Point(-50, 1)), Exports.Counter("things", Exports.Point(-40, 10))),
            Exports.Metrics("web", Exports.Counter("things", Exports.Point(-30, 20), Exports.Point(-20, 40), Exports.Point(-10, 50))),
            Exports.Metrics("api", Exports.Gauge("depth", Exports.Point(-1, 1))));

        var values = Values(await receiver.GetAsync($"metrics/web/{Exports.Meter}/things"));
        var web = (await receiver.GetAsync("metrics")).GetProperty("resources")[1];

        Assert.Equal((3, 2), (web.GetProperty("points").GetInt32(), web.GetProperty("dropped").GetInt32()));
        Assert.Equal((HttpStatusCode.NotFound, "unknown_instrument"), await receiver.RefusedAsync($"metrics/web/{Exports.Meter}/gone"));
        Assert.Equal("""{"kept":4,"limitPerResource":3,"dropped":2}""", (await receiver.GetAsync("status")).GetProperty("metrics").GetRawText());

        // Its first point is gone, and yet the second one tells what came since.
        Assert.Equal([1.0, 2.0, 1.0], new[] { -35, -25, -15 }.Select(second => Math.Round(Slot(values, second)!.Value, 6)));
    }

    [Fact]
    public async Task Resources_unheard_of_for_longest_give_way()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { MetricResources = 2 });
        await receiver.TakeAsync(
            Exports.Metrics("one", Exports.Gauge("depth", Exports.Point(-3, 1))),
            Exports.Metrics("two", Exports.Gauge("depth", Exports.Point(-3, 1))),
            Exports.Metrics("one", Exports.Gauge("depth", Exports.Point(-2, 1))),
            Exports.Metrics("three", Exports.Gauge("depth", Exports.Point(-1, 1))));

        Assert.Equal((HttpStatusCode.NotFound, "unknown_resource"), await receiver.RefusedAsync($"metrics/two/{Exports.Meter}/depth"));
        Assert.Equal((4, 3), (receiver.Telemetry.Metrics.Counts.Received, receiver.Telemetry.Metrics.Counts.Kept));
    }

    [Fact]
    public async Task Point_that_is_sent_twice_is_kept_once()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var export = Exports.Metrics("web", Exports.Counter("things", Exports.Point(-20, 10), Exports.Point(-10, 20)));
        await receiver.TakeAsync(export, export);

        Assert.Equal((4, 2), (receiver.Telemetry.Metrics.Counts.Received, receiver.Telemetry.Metrics.Counts.Kept));
    }

    [Fact]
    public async Task Instrument_that_measures_another_way_begins_anew()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { PointsPerResource = 2 });
        await receiver.TakeAsync(
            Exports.Metrics("web", Exports.Counter("things", Exports.Point(-20, 10))),
            Exports.Metrics("web", Exports.Gauge("things", Exports.Point(-10, 3), Exports.Point(-5, 4))));

        var chart = await receiver.GetAsync($"metrics/web/{Exports.Meter}/things");

        Assert.Equal("gauge", chart.GetProperty("kind").GetString());
        Assert.Equal(4, Slot(Values(chart), -1));
    }

    [Fact]
    public async Task Names_with_slashes_are_found()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Metrics("team/web", Exports.Gauge("a/b c%", Exports.Point(-1, 1))));

        var chart = await receiver.GetAsync($"metrics/team%2Fweb/{Exports.Meter}/{Uri.EscapeDataString("a/b c%")}");

        Assert.Equal("a/b c%", chart.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("minutes=0", "invalid_minutes")]
    [InlineData("minutes=1441", "invalid_minutes")]
    [InlineData("attributes=a", "invalid_attributes")]
    public async Task Bad_question_about_metrics_is_refused(string query, string code)
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, code), await receiver.RefusedAsync($"metrics/web/meter/instrument?{query}"));
    }

    private static ExponentialHistogramDataPoint Exponential(double at, int scale, ulong count, ulong zeros, int offset, params ulong[] counts) => new()
    {
        StartTimeUnixNano = Exports.At(-600),
        TimeUnixNano = Exports.At(at),
        Scale = scale,
        Count = count,
        ZeroCount = zeros,
        Positive = new WireBuckets { Offset = offset, BucketCounts = { counts } },
    };

    private static double?[] Values(JsonElement chart) => Numbers(chart.GetProperty("series")[0], "values");

    private static double?[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())];

    /// <summary>The slot that ends so many seconds from now.</summary>
    private static double? Slot(double?[] values, int seconds) => values[Slots - 1 + seconds];
}
