using PulseBoard.Activity.Ingestion;
using PulseBoard.Activity.Publishing;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults;

if (ServiceProbe.IsRequested(args))
{
    return await ServiceProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings =>
    settings.ConnectionString = DatabaseConnections.Tune(settings.ConnectionString, "activity", maximumPoolSize: 16));
builder.Services.AddSingleton<DatabaseConnections>();

// Services stop in reverse: the writer answers what waits, the publisher sends what the writer stored, the bus goes last.
builder.AddPublishing();
builder.AddIngestion();
builder.Services.AddOpenApi();

var app = builder.Build();

app.UseServiceDefaults();
app.MapActivityApi();
app.MapOpenApi();
app.MapDefaultEndpoints();

await app.RunAsync();
return 0;
