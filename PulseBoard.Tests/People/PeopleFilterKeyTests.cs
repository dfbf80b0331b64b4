using PulseBoard.Dashboard.People;
using PulseBoard.Tests.Dashboard.Filtering;

namespace PulseBoard.Tests.People;

public sealed class PeopleFilterKeyTests
{
    [Theory]
    [InlineData("", "limit=50")]
    [InlineData("limit=7", "limit=007")]
    [InlineData("team=b&team=a", "team=a&team=b&team=a")]
    [InlineData("search=a&team=&cursor=c&limit=2", "LIMIT=2&cursor=%63&team=&search=a")]
    public void Queries_that_mean_the_same_have_one_key(string one, string other) => Assert.Equal(Read(one).Key, Read(other).Key);

    [Fact]
    public void Queries_that_mean_something_else_have_another()
    {
        string[] queries =
        [
            "", "limit=1", "limit=51", "search=a", "search=a%20", "cursor=a", "team=a", "team=", "team=&team=a", "team=a&team=b", "team=a,b",
            "team=a%7Cg1:b", "search=a%7Cg1:b", "search=a&team=b", "cursor=a%7Cs1:b", "cursor=a&search=b", "search=%C3%A1", "search=a%CC%81",
        ];
        var keys = queries.Select(query => Read(query).Key).ToList();

        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Random_filters_have_one_key_only_if_they_are_the_same()
    {
        // Of the characters that the key itself is made of.
        var random = new Random(4);
        var filters = Enumerable.Range(0, 3_000).Select(_ => Random(random)).ToList();

        var byKey = filters.GroupBy(filter => filter.Key, StringComparer.Ordinal).ToList();

        Assert.True(byKey.Count < filters.Count);
        Assert.All(byKey, same => Assert.Single(same.Select(Parts).Distinct(StringComparer.Ordinal)));
        Assert.Equal(byKey.Count, filters.Select(Parts).Distinct(StringComparer.Ordinal).Count());
    }

    private static PeopleFilter Random(Random random)
    {
        return Read(string.Join('&', Parameters().Where(_ => random.Next(2) == 0)));

        IEnumerable<string> Parameters() => [$"search={Text()}", $"cursor={Text()}", $"team={Text()}", $"team={Text()}", $"limit={random.Next(1, 3)}"];

        string Text() => Uri.EscapeDataString(new string(random.GetItems("|csg1:".AsSpan(), random.Next(1, 4))));
    }

    private static string Parts(PeopleFilter filter) =>
        string.Join('\n', filter.Limit, filter.Cursor, filter.Search is null ? "everybody" : $"'{filter.Search}'", filter.Teams is null ? "all" : string.Join('\t', filter.Teams));

    private static PeopleFilter Read(string query) => PeopleFilterReader.Read(Filters.Query(query));
}
