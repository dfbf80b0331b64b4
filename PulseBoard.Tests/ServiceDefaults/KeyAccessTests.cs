using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Tests.ServiceDefaults;

public class KeyAccessTests
{
    private const string Key = "the-common-key-0123456789abcdef0123";
    private const string MasterKey = "the-master-key-0123456789abcdef0123";
    private const string Elsewhere = "203.0.113.7";

    private static readonly Dictionary<string, string?> WithKeys = new() { ["Access:Key"] = Key, ["Access:MasterKey"] = MasterKey };
    private static readonly Dictionary<string, string?> WithoutKeys = [];

    [Fact]
    public async Task A_request_without_a_key_is_told_which_one_to_send_and_how()
    {
        await using var service = await StartAsync();

        using var response = await service.Client.GetAsync("/things");

        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(
            "This request needs the common key. Send it with the header 'Authorization: Bearer <common key>'; deploy/.env has it (Access__Key of the service).",
            await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "credentials_missing"));
    }

    [Theory]
    [InlineData("Bearer the-common-key-0123456789abcdef012")]
    [InlineData("Bearer the-common-key-0123456789abcdef01234")]
    [InlineData("Bearer THE-COMMON-KEY-0123456789ABCDEF0123")]
    [InlineData("Bearer ")]
    [InlineData("Basic the-common-key-0123456789abcdef0123")]
    [InlineData("the-common-key-0123456789abcdef0123")]
    public async Task A_request_with_anything_else_than_a_key_is_refused(string header)
    {
        await using var service = await StartAsync();

        using var response = await GetAsync(service, header);

        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "credentials_invalid");
    }

    [Theory]
    [InlineData($"Bearer {Key}")]
    [InlineData($"bearer {Key}")]
    [InlineData($"Bearer {MasterKey}")]
    public async Task A_request_with_a_key_that_opens_it_is_answered(string header)
    {
        await using var service = await StartAsync();

        using var response = await GetAsync(service, header);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_request_with_a_key_that_opens_less_is_forbidden()
    {
        await using var service = await StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/things") { Headers = { Authorization = new("Bearer", Key) } };
        using var response = await service.Client.SendAsync(request);

        Assert.StartsWith(
            "The common key does not open this. This request needs the master key.",
            await AssertProblemAsync(response, HttpStatusCode.Forbidden, "credentials_insufficient"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_nothing_asks_for_a_key_too()
    {
        await using var service = await StartAsync();

        await AssertProblemAsync(await service.Client.GetAsync("/nowhere"), HttpStatusCode.Unauthorized, "credentials_missing");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_asks_for_no_key(string path)
    {
        await using var service = await StartAsync();

        using var response = await service.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "::1")]
    [InlineData("X-Original-For", "127.0.0.1:4711")]
    public async Task Development_is_open_to_its_own_machine(string? header, string? value)
    {
        await using var service = await StartAsync(Environments.Development, WithoutKeys);

        using var response = await service.Client.SendAsync(Request(header, value));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", Elsewhere)]
    [InlineData("X-Forwarded-For", $"{Elsewhere}, 127.0.0.1")]
    [InlineData("X-Forwarded-For", "unknown")]
    [InlineData("X-Original-For", $"{Elsewhere}:4711")]
    [InlineData("Forwarded", $"for={Elsewhere}")]
    public async Task Development_is_closed_to_others_behind_a_proxy_on_its_machine(string header, string value)
    {
        await using var service = await StartAsync(Environments.Development, WithKeys);

        await AssertProblemAsync(await service.Client.SendAsync(Request(header, value)), HttpStatusCode.Unauthorized, "credentials_missing");
    }

    [Fact]
    public async Task Development_without_a_key_tells_others_that_it_is_closed_and_how_to_open_it()
    {
        await using var service = await StartAsync(Environments.Development, WithoutKeys);

        using var response = await service.Client.SendAsync(Request("X-Forwarded-For", Elsewhere));

        var detail = await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "credentials_missing");
        Assert.Contains("Set Access__Key to a generated secret", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_presented_is_logged()
    {
        using var log = new CapturedLog();
        await using (var service = await StartAsync(log: log))
        {
            using var right = await GetAsync(service, $"Bearer {Key}");
            using var wrong = await GetAsync(service, "Bearer a-wrong-key-0123456789abcdef012345");
            using var none = await service.Client.GetAsync("/things");
        }

        Assert.Contains("/things", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong-key", log.Text, StringComparison.Ordinal);
    }

    private static Task<TestService> StartAsync(
        string? environment = null, IReadOnlyDictionary<string, string?>? settings = null, CapturedLog? log = null)
    {
        return TestService.StartAsync(
            builder =>
            {
                builder.AddKeyAccess<Keys, Secrets>();
                if (log is not null)
                {
                    builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.AspNetCore", LogLevel.Trace).AddProvider(log);
                }
            },
            app =>
            {
                app.UseKeyAccess();
                app.MapMethods("/things", [HttpMethods.Get, HttpMethods.Delete], () => "things");
            },
            environment,
            settings ?? WithKeys);
    }

    private static HttpRequestMessage Request(string? header, string? value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/things");
        if (header is not null)
        {
            request.Headers.Add(header, value);
        }

        return request;
    }

    private static async Task<HttpResponseMessage> GetAsync(TestService service, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await service.Client.SendAsync(request);
    }

    private static async Task<string> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);

            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(code, problem.GetProperty("code").GetString());
            return problem.GetProperty("detail").GetString()!;
        }
    }

    private sealed class Secrets
    {
        public string? Key { get; set; }

        public string? MasterKey { get; set; }
    }

    private sealed class Keys(IOptions<Secrets> options) : IAccessKeys
    {
        private readonly AccessKey _common = new("common key", nameof(Secrets.Key), options.Value.Key);
        private readonly AccessKey _master = new("master key", nameof(Secrets.MasterKey), options.Value.MasterKey);

        public IReadOnlyList<AccessKey> All => [_common, _master];

        public IReadOnlyList<AccessKey> Opening(HttpRequest request) => HttpMethods.IsGet(request.Method) ? All : [_master];
    }
}
