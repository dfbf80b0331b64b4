using PulseBoard.AppHost.Deployment;

var builder = DistributedApplication.CreateBuilder(args);

// Published, all this is one Docker Compose manifest for one machine; see deploy/README.md.
builder.AddDeployment();

// The system of record: events, their outbox and the rollups.
var postgres = builder.AddPostgres("postgres")
    .WithImageTag("18.6")
    .WithHostPort(5555)
    .WithDataVolume("pulseboard-postgres")
    .DeployServer("640M", "pg_isready --host 127.0.0.1 --username postgres");
var database = postgres.AddDatabase("pulseboard-db", "pulseboard");

// Answers of the read side, and the notices that make it live. Losing it loses nothing.
var redis = builder.AddRedis("redis")
    .WithImageTag("8.6.7")
    .WithDataVolume("pulseboard-redis")
    .DeployServer("128M", "REDISCLI_AUTH=$$REDIS_PASSWORD redis-cli ping | grep -q PONG");

// Carries the ids of stored batches to the workers. What it loses, the outbox sends again.
var rabbitmq = builder.AddRabbitMQ("rabbitmq")
    .WithManagementPlugin(15672)
    .WithImageTag("4.3.6-management")
    .WithDataVolume("pulseboard-rabbitmq")
    .DeployServer("448M", "rabbitmq-diagnostics -q check_port_connectivity", probeInterval: "15s");

var migrator = builder.AddProject<Projects.PulseBoard_Migrator>("migrator")
    .WithReference(database).WaitFor(postgres)
    .DeployTask("192M");

var activity = builder.AddProject<Projects.PulseBoard_Activity>("activity")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Activity API")
    .DeployService("320M");

builder.AddProject<Projects.PulseBoard_Analytics>("analytics")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithHttpHealthCheck("/health")
    .DeployService("320M", replicas: 2);

var dashboard = builder.AddProject<Projects.PulseBoard_Dashboard>("dashboard")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(redis).WaitFor(redis)
    .WithReference(rabbitmq)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Dashboard API")
    .DeployService("320M");

var web = builder.AddProject<Projects.PulseBoard_Web>("web")
    .WithReference(activity).WaitFor(activity)
    .WithReference(dashboard).WaitFor(dashboard)
    .WithHttpHealthCheck("/health")
    .WithEndpoint("http", endpoint => { endpoint.Port = 3000; endpoint.IsExternal = true; })
    .WithUrlForEndpoint("http", url => url.DisplayText = "PulseBoard")
    .DeployService("384M")
    .DeployVolume("pulseboard-keys", "/var/lib/pulseboard/keys");

if (builder.ExecutionContext.IsPublishMode)
{
    // The door: outside Development each service asks for what was generated for it.
    var readKey = builder.AddParameter("read-key", secret: true);

    activity.WithEnvironment("Access__IngestionKey", builder.AddParameter("ingestion-key", secret: true));
    dashboard.WithEnvironment("Access__ReadKey", readKey)
        .WithEnvironment("Access__AdministratorToken", builder.AddParameter("administrator-token", secret: true));
    web.WithEnvironment("Access__ReadKey", readKey)
        .WithEnvironment("Access__SignInPassword", builder.AddParameter("sign-in-password", secret: true))
        .WithEnvironment("DataProtection__KeysDirectory", "/var/lib/pulseboard/keys");
}

builder.Build().Run();
