using System.Net;
using System.Text.RegularExpressions;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Web;

/// <summary>Does what a browser does when somebody signs in.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    public Visitor(Uri address, string? from = null, string? scheme = null, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new();
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = address,
            Timeout = WebLimits.Wait,
        };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        if (from is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        }

        if (scheme is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        }
    }

    public CookieContainer Cookies { get; }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null) =>
        _client.SendAsync(new(method, path) { Headers = { Authorization = key is null ? null : new("Bearer", key) } });

    /// <summary>Opens the page of the sign-in, enters a password, and sends it off.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string password, string page = "/sign-in")
    {
        using var opened = await GetAsync(page);
        var html = await opened.Content.ReadAsStringAsync();
        Assert.True(opened.StatusCode == HttpStatusCode.OK, html);

        return await PostAsync(WebUtility.HtmlDecode(FormAction().Match(html).Groups[1].Value), new()
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = TokenOf(html),
            ["Password"] = password,
        });
    }

    /// <summary>Signs in with the right password.</summary>
    public async Task SignInAsync()
    {
        using var response = await SignInAsync(TestSecrets.SignInPassword);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) =>
        _client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form));

    /// <summary>The token by which the server knows that a form is its own.</summary>
    public static string TokenOf(string html) => Token().Match(html).Groups[1].Value;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
