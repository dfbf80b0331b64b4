var builder = DistributedApplication.CreateBuilder(args);

// The system of record: events, their outbox and the rollups.
var postgres = builder.AddPostgres("postgres")
    .WithHostPort(5555)
    .WithDataVolume("pulseboard-postgres");
var database = postgres.AddDatabase("pulseboard-db", "pulseboard");

// Answers of the read side, and the notices that make it live. Losing it loses nothing.
var redis = builder.AddRedis("redis")
    .WithDataVolume("pulseboard-redis");

// Carries the ids of stored batches to the workers. What it loses, the outbox sends again.
var rabbitmq = builder.AddRabbitMQ("rabbitmq")
    .WithManagementPlugin(15672)
    .WithDataVolume("pulseboard-rabbitmq");

var migrator = builder.AddProject<Projects.PulseBoard_Migrator>("migrator")
    .WithReference(database).WaitFor(postgres);

var activity = builder.AddProject<Projects.PulseBoard_Activity>("activity")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Activity API");

builder.AddProject<Projects.PulseBoard_Analytics>("analytics")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithHttpHealthCheck("/health");

var dashboard = builder.AddProject<Projects.PulseBoard_Dashboard>("dashboard")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(redis).WaitFor(redis)
    .WithReference(rabbitmq)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Dashboard API");

builder.AddProject<Projects.PulseBoard_Web>("web")
    .WithReference(activity).WaitFor(activity)
    .WithReference(dashboard).WaitFor(dashboard)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "PulseBoard");

builder.Build().Run();
