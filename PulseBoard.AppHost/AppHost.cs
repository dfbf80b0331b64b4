using PulseBoard.AppHost.Deployment;

var builder = DistributedApplication.CreateBuilder(args);

// Published, all this is one Docker Compose manifest for one machine; see deploy/README.md.
builder.AddDeployment();

// The system of record: events, their outbox and the rollups.
var postgres = builder.AddPostgres("postgres")
    .WithImageTag("18.6")
    .WithHostPort(5555)
    .WithDataVolume("pulseboard-postgres")
    .Deploy(memory: "640M");
var database = postgres.AddDatabase("pulseboard-db", "pulseboard");

// Answers of the read side, and the notices that make it live. Losing it loses nothing.
var redis = builder.AddRedis("redis")
    .WithImageTag("8.6.7")
    .WithDataVolume("pulseboard-redis")
    .Deploy(memory: "128M", maxMemory: "64mb");

// Carries the ids of stored batches to the workers. What it loses, the outbox sends again.
var rabbitmq = builder.AddRabbitMQ("rabbitmq")
    .WithManagementPlugin(15672)
    .WithImageTag("4.3.6-management")
    .WithDataVolume("pulseboard-rabbitmq")
    .Deploy(memory: "448M", availableBytes: 400L << 20, logBytes: 32L << 20);

// Where days begin for whoever names no zone: an IANA id. Local runs: Parameters__reporting-time-zone=Europe/Berlin ./run.sh
var reportingZone = builder.AddParameter("reporting-time-zone", "UTC");

var migrator = builder.AddProject<Projects.PulseBoard_Migrator>("migrator")
    .WithReference(database).WaitFor(postgres)
    .DeployTask(memory: "192M");

var activity = builder.AddProject<Projects.PulseBoard_Activity>("activity")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Activity API")
    .DeployService(memory: "320M");

builder.AddProject<Projects.PulseBoard_Analytics>("analytics")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Reporting__TimeZone", reportingZone)
    .WithHttpHealthCheck("/health")
    .DeployService(memory: "320M", replicas: 2);

var dashboard = builder.AddProject<Projects.PulseBoard_Dashboard>("dashboard")
    .WithReference(database).WaitForCompletion(migrator)
    .WithReference(redis).WaitFor(redis)
    .WithReference(rabbitmq)
    .WithEnvironment("Reporting__TimeZone", reportingZone)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Dashboard API")
    .DeployService(memory: "320M");

var web = builder.AddProject<Projects.PulseBoard_Web>("web")
    .WithReference(activity).WaitFor(activity)
    .WithReference(dashboard).WaitFor(dashboard)
    .WithHttpHealthCheck("/health")
    .WithEndpoint("http", endpoint => { endpoint.Port = 3000; endpoint.IsExternal = true; })
    // 32 MB, in hexadecimal: with hundreds of open pages what is short-lived dies before it is moved on to where collecting it is dear.
    .WithEnvironment("DOTNET_GCgen0size", "2000000")
    // Four times the usual: hundreds of pages are rendered at one time, each into a buffer that the next round can have again.
    .WithEnvironment("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "128")
    .WithUrlForEndpoint("http", url => url.DisplayText = "PulseBoard")
    .DeployService(memory: "384M")
    .DeployFolder("DataProtection__KeysDirectory", "pulseboard-keys", "/var/lib/pulseboard/keys");

if (builder.ExecutionContext.IsPublishMode)
{
    // The door: outside Development each service asks for what was generated for it.
    var readKey = builder.AddParameter("read-key", secret: true);

    activity.WithEnvironment("Access__IngestionKey", builder.AddParameter("ingestion-key", secret: true));
    dashboard.WithEnvironment("Access__ReadKey", readKey)
        .WithEnvironment("Access__AdministratorToken", builder.AddParameter("administrator-token", secret: true));
    web.WithEnvironment("Access__ReadKey", readKey)
        .WithEnvironment("Access__SignInPassword", builder.AddParameter("sign-in-password", secret: true))
        // Where Docker puts networks, and so the proxy: who comes from the internet cannot claim another address.
        .WithEnvironment("ForwardedHeaders__KnownNetworks", "172.16.0.0/12,192.168.0.0/16");
}

builder.Build().Run();
