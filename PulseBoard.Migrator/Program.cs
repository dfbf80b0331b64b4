using PulseBoard.Data;
using PulseBoard.Migrator;
using PulseBoard.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);

builder.AddServiceDefaults();
// The migration does its own waiting, and says so while it does.
builder.AddNpgsqlDbContext<PulseBoardContext>("pulseboard-db", settings => settings.DisableRetry = true);

// The first connection fails where the database is still to be created: that is no error here.
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);

builder.Services.AddValidatedOptions<MigrationOptions>(MigrationOptions.SectionName);
builder.Services.AddHostedService<DatabaseMigration>();

return await builder.Build().RunServiceAsync();
