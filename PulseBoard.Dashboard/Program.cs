using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.Live;
using PulseBoard.Dashboard.Metrics;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings =>
    settings.ConnectionString = DatabaseConnections.Tune(settings.ConnectionString, "dashboard", maximumPoolSize: 16));
builder.Services.AddSingleton<DatabaseConnections>();
builder.AddRedisClient("redis");

// For its health check: no attempts but one, since the check itself comes again and nothing here waits for the broker.
builder.AddRabbitMQClient("rabbitmq", settings => settings.MaxConnectRetryCount = 0);
builder.Services.DegradeWithout("StackExchange.Redis", "RabbitMQ.Client");

builder.AddCaching();
builder.AddLive();
builder.Services.AddSingleton<SummaryQuery>();

var app = builder.Build();

app.UseServiceDefaults();
app.MapMetricsApi();
app.MapLiveApi();
app.MapDefaultEndpoints();

app.Run();
