using System.Text;
using PulseBoard.Activity.Ingestion;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Activity;

[Collection(ApplicationCollection.Name)]
public sealed class StorableJsonTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"a":"A\ud83e\udd80\n","b":[1.5e300,-0,1e-999,9999999999999999999999999]}""")]
    [InlineData("""{"":null,"x":{"y":[true,false,[]]}}""")]
    public async Task What_is_storable_Postgres_stores(string json)
    {
        Assert.Null(StorableJson.WhyNot(Encoding.UTF8.GetBytes(json)));
        Assert.True(await application.QueryAsync<bool>("SELECT $1::text::jsonb IS NOT NULL", json));
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"\u0000":1}""")]
    [InlineData("""{"a":["\ud800"]}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"a":1e1001}""")]
    [InlineData("""{"a":-1E+400000}""")]
    [InlineData("""{"a":1e99999999999999999999}""")]
    public void What_is_not_is_told(string json) => Assert.NotNull(StorableJson.WhyNot(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_number_of_very_many_digits_is_told() =>
        Assert.NotNull(StorableJson.WhyNot(Encoding.UTF8.GetBytes($$"""{"a":1{{new string('0', 1_000)}}}""")));

    [Fact]
    public void Bytes_that_are_no_text_are_told() =>
        Assert.NotNull(StorableJson.WhyNot([.. "{\"a\":\""u8, 0xff, .. "\"}"u8]));
}
