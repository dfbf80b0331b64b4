using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.People;

/// <summary>Registers people and teams.</summary>
internal static class PeopleExtensions
{
    public static void AddPeople(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PeopleOptions>(PeopleOptions.SectionName);
        builder.Services.AddSingleton<PeopleNotifier>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PeopleNotifier>());
        builder.Services.AddSingleton<PeopleQuery>();
        builder.Services.AddSingleton<PeopleStore>();
        builder.Services.AddSingleton<TeamStore>();
    }
}
