using PulseBoard.Activity.Access;
using PulseBoard.Activity.Ingestion;
using PulseBoard.Activity.Publishing;
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
builder.AddKeyAccess<IngestionKeys, AccessOptions>();
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings =>
    settings.ConnectionString = DatabaseConnections.Tune(
        settings.ConnectionString, "activity", maximumPoolSize: 16, DatabaseUse.ByIndex | DatabaseUse.WithoutSessionState));
builder.Services.AddSingleton<DatabaseConnections>();

// Services stop in reverse: the writer answers what waits, the publisher sends what the writer stored, the bus goes after it, and
// what all of them counted is written last.
builder.Services.AddPipelineCounts();
builder.AddPublishing();
builder.AddIngestion();
builder.AddDescription();

var app = builder.Build();

app.UseServiceDefaults();
app.UseKeyAccess();
app.UseIngestion();
app.MapActivityApi();
app.MapOpenApi().AllowAnonymous();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
