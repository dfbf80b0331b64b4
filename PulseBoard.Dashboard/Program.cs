using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.Live;
using PulseBoard.Dashboard.Metrics;
using PulseBoard.Dashboard.Pipeline;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults;

if (ServiceProbe.IsRequested(args))
{
    return await ServiceProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings =>
    settings.ConnectionString = DatabaseConnections.Tune(settings.ConnectionString, "dashboard", maximumPoolSize: 16));
builder.Services.AddSingleton<DatabaseConnections>();

builder.AddCaching();
builder.AddLive();
builder.AddMetrics();
builder.AddBroker();
builder.Services.AddOpenApi();

var app = builder.Build();

app.UseServiceDefaults();
app.MapMetricsApi();
app.MapLiveApi();
app.MapOpenApi();
app.MapDefaultEndpoints();

await app.RunAsync();
return 0;
