namespace PulseBoard.Web.Commands;

/// <summary>Registers what pages change something with.</summary>
internal static class CommandExtensions
{
    public static void AddCommands(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CommandClient>();
        builder.Services.AddScoped<Keys>();
        builder.Services.AddTransient<CommandRun>();
    }
}
