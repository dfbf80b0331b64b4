using PulseBoard.ServiceDefaults;
using PulseBoard.Web;
using PulseBoard.Web.Access;
using PulseBoard.Web.Commands;
using PulseBoard.Web.Components;
using PulseBoard.Web.Filtering;
using PulseBoard.Web.Forwarding;
using PulseBoard.Web.Live;

if (ServiceProbe.IsRequested(args))
{
    return await ServiceProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

// From a build's output, too, in every environment; a published one has its files beside it.
builder.WebHost.UseStaticWebAssets();

builder.AddServiceDefaults();
builder.AddServiceAddresses();
builder.AddAccess();
builder.AddForwarding();
builder.AddLive();
builder.AddFiltering();
builder.AddCommands();
builder.AddPageCompression();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();

app.UseSecurityHeaders();
app.UseServiceDefaults();
app.UseBrowserCulture();
app.UseResponseCompression();
app.UseNotFoundPage();
app.UseAccess();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapForwarding();
app.MapSessionApi();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(CircuitSockets.Configure);

return await app.RunServiceAsync();
