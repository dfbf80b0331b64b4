using System.Net;
using Aspire.Dashboard;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>A browser's part of the conversation with a dashboard, signed in with its link.</summary>
internal static class SignedInClient
{
    public static async Task<HttpClient> SignInAsync(this DashboardServer dashboard)
    {
        var client = dashboard.CreateClient();
        client.DefaultRequestHeaders.Add("X-Requested-With", "dashboard");
        using var response = await client.GetAsync(dashboard.LoginLink);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return client;
    }

    /// <summary>One that nobody knows yet, and that follows no redirect.</summary>
    public static HttpClient CreateClient(this DashboardServer dashboard) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = dashboard.Addresses.Pages };
}
