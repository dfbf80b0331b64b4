using System.Net;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Web;

public sealed class SignInTests(SecuredWebFixture fixture) : IClassFixture<SecuredWebFixture>
{
    private readonly SecuredWeb _web = fixture.Web;

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/no/such?x=1&y=2", "/sign-in?returnUrl=%2Fno%2Fsuch%3Fx%3D1%26y%3D2")]
    [InlineData("/not-found", "/sign-in?returnUrl=%2Fnot-found")]
    public async Task A_page_without_a_session_leads_to_the_sign_in(string path, string expected)
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/sign-in", "text/html")]
    [InlineData("/app.css", "text/css")]
    [InlineData("/health", "application/json")]
    [InlineData("/alive", "application/json")]
    public async Task What_the_sign_in_needs_and_health_are_open(string path, string contentType)
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("GET", "/_blazor")]
    [InlineData("GET", "/session")]
    [InlineData("POST", "/no/such")]
    public async Task What_a_program_asks_for_without_a_session_is_refused(string method, string path)
    {
        using var client = new HttpClient { BaseAddress = _web.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("\"code\":\"credentials_missing\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_opens_the_board()
    {
        using var visitor = _web.NewVisitor();

        await visitor.SignInAsync();

        using var board = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, board.StatusCode);
        Assert.Contains("Sign out", await board.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/people?x=1", "/people?x=1")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("/\t/elsewhere.example/", "/")]
    [InlineData("~//elsewhere.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/ä", "/")]
    public async Task The_sign_in_returns_to_addresses_of_this_server_only(string returnUrl, string expected)
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.SignInAsync(
            TestSecrets.SignInPassword, $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_cookie_is_for_this_server_alone_and_secure_where_the_connection_is()
    {
        using var plain = _web.NewVisitor();
        using var encrypted = _web.NewVisitor(from: "203.0.113.1", scheme: "https");

        using var overHttp = await plain.SignInAsync(TestSecrets.SignInPassword);

        // The form's own cookie is as secure; a client without encryption would not send it back.
        using var page = await encrypted.GetAsync("/sign-in");
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.Ordinal));
        var cookie = Assert.Single(overHttp.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("pulseboard=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words()
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.SignInAsync("a wrong one");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Matches("role=\"alert\">That is not the password.", await response.Content.ReadAsStringAsync());
        using var board = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, board.StatusCode);
    }

    [Fact]
    public async Task A_form_that_this_server_did_not_make_is_not_tried()
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.PostAsync(
            "/sign-in", new() { ["_handler"] = "sign-in", ["Password"] = TestSecrets.SignInPassword });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("This page was out of date.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("pulseboard", visitor.Cookies.GetCookies(_web.Address).Select(cookie => cookie.Name));
    }

    [Fact]
    public async Task The_sign_in_of_who_is_signed_in_leads_on()
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();

        using var response = await visitor.GetAsync("/sign-in?returnUrl=%2Fpeople");

        Assert.Equal("/people", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_sign_out_ends_the_session()
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();
        using var board = await visitor.GetAsync("/");
        var token = Visitor.TokenOf(await board.Content.ReadAsStringAsync());

        using var response = await visitor.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = token });

        Assert.Equal("/sign-in?signedOut=true", response.Headers.Location!.OriginalString);
        using var after = await visitor.GetAsync("/");
        Assert.Equal("/sign-in", after.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_sign_out_that_no_page_of_this_server_asked_for_does_nothing()
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();

        using var response = await visitor.PostAsync("/sign-out", []);

        using var after = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task An_address_that_is_nothing_is_a_page_for_who_is_signed_in()
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();

        using var response = await visitor.GetAsync("/no/such");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no page here", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
