using PulseBoard.Data;
using PulseBoard.Migrator;
using PulseBoard.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);

builder.AddServiceDefaults();
// The migration does its own waiting, and says so while it does.
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings => settings.DisableRetry = true);
builder.Services.AddOptions<MigrationOptions>()
    .BindConfiguration(MigrationOptions.SectionName)
    .ValidateDataAnnotations()
    .ValidateOnStart();
builder.Services.AddHostedService<DatabaseMigration>();

await builder.Build().RunAsync();
return Environment.ExitCode;
