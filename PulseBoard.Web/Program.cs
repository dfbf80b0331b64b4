using PulseBoard.ServiceDefaults;
using PulseBoard.Web;
using PulseBoard.Web.Components;
using PulseBoard.Web.Forwarding;
using PulseBoard.Web.Live;

if (ServiceProbe.IsRequested(args))
{
    return await ServiceProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceAddresses();
builder.AddForwarding();
builder.AddLive();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();

app.UseSecurityHeaders();
app.UseServiceDefaults();
app.UseNotFoundPage();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapForwarding();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(SecurityHeaders.LeaveFramingToPolicy);

await app.RunAsync();
return 0;
