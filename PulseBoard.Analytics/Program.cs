using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Notices;
using PulseBoard.Analytics.Recomputation;
using PulseBoard.Analytics.Reconciliation;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;
using PulseBoard.ServiceDefaults;

if (ServiceProbe.IsRequested(args))
{
    return await ServiceProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings =>
    settings.ConnectionString = DatabaseConnections.Tune(settings.ConnectionString, "analytics", maximumPoolSize: 8, DatabaseUse.ByIndex));
builder.Services.AddSingleton<DatabaseConnections>();

// Services stop in reverse: the counts go last, when nothing is counted any more.
builder.Services.AddPipelineCounts();
builder.AddNotices();
builder.AddRollups();
builder.AddCompaction();
builder.AddRecomputation();
builder.AddReconciliation();

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
