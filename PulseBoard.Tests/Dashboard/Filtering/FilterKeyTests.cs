using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class FilterKeyTests
{
    [Theory]
    [InlineData("", "tz=UTC")]
    [InlineData("", "from=2026-10-28")]
    [InlineData("", "from=2026-10-28&to=2026-11-26&interval=day&compare=none")]
    [InlineData("", "to=2026-11-26")]
    [InlineData("from=2026-11-01&to=2026-11-02", "to=2026-11-03T00:00Z&from=2026-11-01T01:00%2B01:00")]
    [InlineData("user=b&user=a", "user=a&user=b&user=a")]
    [InlineData("user=a&team=b&type=c", "type=c&TEAM=b&user=%61")]
    [InlineData("from=2025-11-20&to=2026-11-26&compare=previous", "from=2025-11-20&to=2026-11-26&compare=year")]
    [InlineData("by=team", "limit=5")]
    public void Queries_that_mean_the_same_have_one_key(string one, string other) =>
        Assert.Equal(Filters.Read(one).Key, Filters.Read(other).Key);

    [Fact]
    public void Queries_that_mean_something_else_have_another()
    {
        string[] queries =
        [
            "", "tz=Europe/Berlin", "tz=Etc/UTC", "from=2026-10-27", "to=2026-11-25", "from=2026-10-28T00:15Z",
            "interval=hour", "interval=week", "interval=month", "compare=previous", "compare=year",
            "user=a", "team=a", "type=a", "user=a&user=b", "user=a&team=b", "user=a,b", "user=a%7Cu1:b", "team=", "team=&team=a",
            "user=1:a", "user=A", "user=%C3%A1", "user=a%CC%81", "user=a%20",
        ];
        var keys = queries.Select(query => Filters.Read(query).Key).ToList();

        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Random_lists_have_one_key_only_if_they_are_the_same()
    {
        // Of the characters that the key itself is made of.
        var random = new Random(3);
        var filters = Enumerable.Range(0, 3_000).Select(_ => Filters.Read(string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => Parameter(random))))).ToList();

        var byKey = filters.GroupBy(filter => filter.Key, StringComparer.Ordinal).ToList();

        Assert.True(byKey.Count < filters.Count);
        Assert.All(byKey, same => Assert.Single(same.Select(Lists).Distinct(StringComparer.Ordinal)));
        Assert.Equal(byKey.Count, filters.Select(Lists).Distinct(StringComparer.Ordinal).Count());
    }

    private static string Parameter(Random random) =>
        $"{random.GetItems(["user", "team", "type"], 1)[0]}={Uri.EscapeDataString(new string(random.GetItems("|ugt1:".AsSpan(), random.Next(1, 4))))}";

    private static string Lists(MetricsFilter filter) =>
        string.Join('\n', new[] { filter.Users, filter.Teams, filter.Types }.Select(list => string.Join('\t', list)));
}
