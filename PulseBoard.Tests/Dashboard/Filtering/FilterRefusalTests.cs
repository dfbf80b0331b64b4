using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class FilterRefusalTests
{
    private const string Fingerprint = "Xq7Zy";

    [Theory]
    // Neither a date nor an instant.
    [InlineData("from=", "from")]
    [InlineData("from", "from")]
    [InlineData("to=yesterday", "to")]
    [InlineData("from=2026-11-1", "from")]
    [InlineData("from=2026-02-29", "from")]
    [InlineData("from=2026-13-01", "from")]
    [InlineData("from=2026-00-01", "from")]
    [InlineData("from=0000-01-01", "from")]
    [InlineData("from=20261101", "from")]
    [InlineData("from=2026-11-01%20", "from")]
    [InlineData("from=%202026-11-01", "from")]
    [InlineData("from=2026-11-01T", "from")]
    [InlineData("from=2026-11-01T09:00", "from")]
    [InlineData("from=2026-11-01T24:00Z", "from")]
    [InlineData("from=2026-11-01T09:60Z", "from")]
    [InlineData("from=2026-11-01T09:00:60Z", "from")]
    [InlineData("from=2026-11-01T09:00:Z", "from")]
    [InlineData("from=2026-11-01T09:00:00.Z", "from")]
    [InlineData("from=2026-11-01T0900Z", "from")]
    [InlineData("from=2026-11-01T09:00ZZ", "from")]
    [InlineData("from=2026-11-01T09:00%2B15:00", "from")]
    [InlineData("from=2026-11-01T09:00%2B14:15", "from")]
    [InlineData("from=2026-11-01T09:00%2B1:00", "from")]
    [InlineData("from=2026-11-01T09:00%2B01:60", "from")]
    [InlineData("from=2026-11-01T09:00%2B01:00:00", "from")]
    [InlineData("from=%D9%A2%D9%A0%D9%A2%D9%A6-11-01", "from")]
    [InlineData("from=2026-11-01%00", "from")]
    [InlineData("from=1e9", "from")]
    // Not on a quarter hour.
    [InlineData("from=2026-11-01T09:05Z", "from")]
    [InlineData("to=2026-11-01T09:15:01Z", "to")]
    [InlineData("to=2026-11-01T09:15:00.0000000001Z", "to")]
    [InlineData("to=2026-11-01T09:00%2B00:05", "to")]
    // Out of all time.
    [InlineData("from=1969-12-31&to=1970-01-02", "from")]
    [InlineData("from=0001-01-01&to=1970-01-02", "from")]
    [InlineData("from=0001-01-01T00:00%2B14:00&to=1970-01-02T00:00Z", "from")]
    [InlineData("from=1969-12-31T23:45Z&to=1970-01-02T00:00Z", "from")]
    [InlineData("from=1970-01-01&to=1970-01-02&tz=Europe/Berlin", "from")]
    [InlineData("from=9999-12-31&to=9999-12-31", "from")]
    [InlineData("from=2026-11-01&to=9999-12-31", "to")]
    [InlineData("from=2026-11-01T00:00Z&to=9999-12-31T23:45-14:00", "to")]
    [InlineData("to=1970-01-20", "to")]
    [InlineData("to=1970-01-20T00:00Z", "to")]
    // Contradictions.
    [InlineData("from=2026-11-02&to=2026-11-01", "to")]
    [InlineData("from=2026-11-02T00:00Z&to=2026-11-02T00:00Z", "to")]
    [InlineData("from=2026-11-02T00:00Z&to=2026-11-01T00:00Z", "to")]
    [InlineData("from=2026-11-02&to=2026-11-03T00:00Z", "to")]
    [InlineData("from=2026-11-02T00:00Z&to=2026-11-03", "to")]
    [InlineData("from=2026-11-27", "from")]
    [InlineData("from=2026-11-27T00:00Z", "from")]
    [InlineData("from=2026-11-01&from=2026-11-01", "from")]
    [InlineData("from=2026-11-01&FROM=2026-11-02", "from")]
    [InlineData("tz=UTC&tz=UTC", "tz")]
    [InlineData("interval=day&interval=day", "interval")]
    [InlineData("compare=year&compare=none", "compare")]
    // Unknown words.
    [InlineData("tz=", "tz")]
    [InlineData("tz=europe/berlin", "tz")]
    [InlineData("tz=Mars/Olympus", "tz")]
    [InlineData("tz=../../etc/passwd", "tz")]
    [InlineData("tz=W.%20Europe%20Standard%20Time", "tz")]
    [InlineData("tz=Etc/GMT+5", "tz")]
    [InlineData("interval=", "interval")]
    [InlineData("interval=Day", "interval")]
    [InlineData("interval=1", "interval")]
    [InlineData("interval=quarter", "interval")]
    [InlineData("compare=Previous", "compare")]
    [InlineData("compare=", "compare")]
    // Before all time.
    [InlineData("from=1970-01-05&to=1970-01-06&compare=previous", "compare")]
    [InlineData("from=1970-06-01&to=1970-06-02&compare=year", "compare")]
    [InlineData("from=1972-06-01&to=1972-06-02&compare=year&tz=Africa/Monrovia", "tz")]
    [InlineData("from=2012-01-06&to=2012-01-06&compare=previous&tz=Pacific/Apia", "compare")]
    // Texts that nobody is called by.
    [InlineData("user=", "user")]
    [InlineData("user", "user")]
    [InlineData("user=ann&user=", "user")]
    [InlineData("user=%20%09", "user")]
    [InlineData("user=a%00b", "user")]
    [InlineData("team=%00", "team")]
    [InlineData("team=%20", "team")]
    [InlineData("type=", "type")]
    [InlineData("type=%00", "type")]
    public void A_value_that_says_nothing_is_refused(string query, string field) => Filters.Refused(query, ParameterCodes.Invalid, field);

    [Theory]
    [InlineData("from=2016-11-18&to=2026-11-26", "2016-11-19")]
    [InlineData("from=1970-01-02", "2016-11-19")]
    [InlineData("from=1970-01-02T00:00Z", "2016-11-19")]
    [InlineData("from=2016-11-18T23:45Z&to=2026-11-27T00:00Z", "2016-11-19")]
    [InlineData("from=1970-01-02&to=9998-12-31", "9988-12-24")]
    public void A_range_that_is_too_long_is_refused_and_the_first_day_named_that_fits(string query, string first)
    {
        var refusal = Filters.Refused(query);

        Assert.Equal((ParameterCodes.RangeTooLong, "from"), (refusal.Code, refusal.Field));
        Assert.Contains(first, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3_660, Filters.Range("from=2016-11-19&to=2026-11-26").LengthInDays);
    }

    [Theory]
    [InlineData("from=2026-11-01T09:07:29Z", "2026-11-01T09:00:00Z")]
    [InlineData("from=2026-11-01T09:07:30Z", "2026-11-01T09:15:00Z")]
    [InlineData("from=2026-11-01T23:59:59Z", "2026-11-02T00:00:00Z")]
    [InlineData("from=2026-11-01T09:20%2B05:45", "2026-11-01T09:15:00+05:45")]
    [InlineData("from=2026-11-01T09:05%2B00:05", "2026-11-01T09:05:00+00:05", true)]
    [InlineData("from=2026-11-01T09:01%2B00:05", "2026-11-01T09:05:00+00:05")]
    public void An_instant_beside_a_quarter_hour_is_refused_and_the_nearest_named(string query, string nearest, bool isRight = false)
    {
        if (isRight)
        {
            Assert.NotNull(Filters.Read(query));
            return;
        }

        Assert.Contains(nearest, Filters.Refused(query).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interval=x", "hour, day, week, month")]
    [InlineData("compare=x", "none, previous, year")]
    [InlineData("tz=x", "Europe/Berlin")]
    [InlineData("from=x", "2026-11-01T09:30:00Z")]
    [InlineData("from=1970-01-01&to=1970-01-05&tz=Asia/Tokyo", "1970-01-02")]
    [InlineData("team=%20", "people in no team")]
    [InlineData("x=1", "by, compare, from, interval, limit, team, to, type, tz, user")]
    public void What_is_expected_is_told(string query, string detail) =>
        Assert.Contains(detail, Filters.Refused(query).Message, StringComparison.Ordinal);

    [Fact]
    public void All_time_cannot_be_compared() => Filters.Refused("compare=previous", ParameterCodes.Invalid, "compare", Filters.AllTime);

    [Theory]
    [InlineData("usr=ann", "usr")]
    [InlineData("user[]=ann", "user??")]
    [InlineData("=ann", "")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("%3Cscript%3E=1", "?script?")]
    [InlineData("a%0D%0Ab=1", "a??b")]
    [InlineData("from%00=2026-11-01", "from?")]
    [InlineData("%F0%9F%A6%80=1", "??")]
    public void An_unknown_parameter_is_named_without_what_no_name_has(string query, string field) =>
        Filters.Refused(query, ParameterCodes.Unknown, field);

    [Fact]
    public void A_very_long_name_is_cut() => Assert.Equal(40, Filters.Refused($"{new string('a', 100_000)}=1").Field.Length);

    [Theory]
    [InlineData("user", 100)]
    [InlineData("team", 100)]
    [InlineData("type", 50)]
    public void A_text_has_as_many_characters_as_its_column(string name, int length)
    {
        // Characters of one and of two UTF-16 units.
        foreach (var character in new[] { "a", "%C3%A9", "%F0%9F%A6%80" })
        {
            Assert.NotNull(Filters.Read($"{name}={string.Concat(Enumerable.Repeat(character, length))}"));
            Filters.Refused($"{name}={string.Concat(Enumerable.Repeat(character, length + 1))}", ParameterCodes.Invalid, name);
        }

        Filters.Refused($"{name}={new string('a', 1_000_000)}", ParameterCodes.Invalid, name);
    }

    [Theory]
    [InlineData("user", 1_001)]
    [InlineData("team", 10_000)]
    [InlineData("type", 10_000)]
    public void More_than_a_thousand_values_are_refused(string name, int count) =>
        Filters.Refused(string.Join('&', Enumerable.Range(0, count).Select(index => $"{name}=value-{index}")), ParameterCodes.TooManyValues, name);

    [Theory]
    [InlineData("user=%F0%9F")]
    [InlineData("user=%ED%A0%80")]
    [InlineData("user=%FF%FE")]
    [InlineData("user=%zz")]
    [InlineData("user=%u0000")]
    [InlineData("user=' OR 1=1 --")]
    [InlineData("user=;DROP TABLE people")]
    [InlineData("type=\u202egnp")]
    public void What_is_no_text_in_a_query_is_read_as_a_text_that_nobody_has(string query) =>
        Assert.Single(Filters.Read(query) is var filter && filter.Users.Count > 0 ? filter.Users : filter.Types);

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        // No encoded query becomes one, yet other callers might.
        var query = new Microsoft.AspNetCore.Http.QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["user"] = "a\ud83eb" });

        Assert.Throws<PulseBoard.Dashboard.Answers.ParameterException>(() => Filters.Reader().Read(query, Filters.Rules));
    }

    [Fact]
    public void No_refusal_quotes_a_value()
    {
        string[] queries =
        [
            $"from={Fingerprint}", $"to={Fingerprint}", $"tz={Fingerprint}", $"interval={Fingerprint}", $"compare={Fingerprint}",
            $"user={Fingerprint}%00", $"team={Fingerprint}{new string('a', 100)}", $"type={Fingerprint}%00", $"nothing={Fingerprint}",
            $"tz={Fingerprint}&tz={Fingerprint}", string.Join('&', Enumerable.Repeat($"user={Fingerprint}", 2_000)),
        ];

        Assert.All(queries, query => Assert.DoesNotContain(Fingerprint, Filters.Refused(query).ToString(), StringComparison.Ordinal));
    }
}
