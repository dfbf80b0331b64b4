using PulseBoard.Dashboard.Access;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.Events;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Live;
using PulseBoard.Dashboard.Metrics;
using PulseBoard.Dashboard.People;
using PulseBoard.Dashboard.Pipeline;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Access;

if (ServiceProbe.IsRequested(args))
{
    return await ServiceProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddKeyAccess<DashboardKeys, AccessOptions>();
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings =>
    settings.ConnectionString = DatabaseConnections.Tune(settings.ConnectionString, "dashboard", maximumPoolSize: 16));
builder.Services.AddSingleton<DatabaseConnections>();
builder.Services.AddPipelineCounts();

builder.AddFiltering();
builder.AddCaching();
builder.AddLive();
builder.AddMetrics();
builder.AddEvents();
builder.AddPipeline();
builder.AddRecomputations();
builder.AddPeople();
builder.AddDescription();

var app = builder.Build();

app.UseServiceDefaults();
app.UseKeyAccess();
app.MapMetricsApi();
app.MapEventApi();
app.MapLiveApi();
app.MapPipelineApi();
app.MapDeadBatchApi();
app.MapRecomputationApi();
app.MapPeopleApi();
app.MapTeamsApi();
app.MapOpenApi().AllowAnonymous();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
