using Microsoft.AspNetCore.DataProtection;

namespace PulseBoard.Web.Access;

/// <summary>Where the keys lie that cookies are encrypted with.</summary>
internal sealed class SessionKeysOptions
{
    public const string SectionName = "DataProtection";

    /// <summary>A folder that outlives the process, so that sessions do; ASP.NET's own choice where it is not set.</summary>
    public string? KeysDirectory { get; set; }
}

internal static class SessionKeysExtensions
{
    public static void AddSessionKeys(this IHostApplicationBuilder builder)
    {
        // Named, so that a process in another place reads what this one wrote.
        var dataProtection = builder.Services.AddDataProtection().SetApplicationName("PulseBoard");
        var section = builder.Configuration.GetSection(SessionKeysOptions.SectionName);

        if (section.Get<SessionKeysOptions>()?.KeysDirectory is { Length: > 0 } directory)
        {
            dataProtection.PersistKeysToFileSystem(new DirectoryInfo(directory));
            builder.Services.AddOptions<SessionKeysOptions>()
                .Bind(section)
                // Else each sign-in would fail, in a service that looks healthy.
                .Validate(
                    _ => CanWrite(directory),
                    $"DataProtection:KeysDirectory (environment variable DataProtection__KeysDirectory) is '{directory}', and this process cannot "
                        + "write there. Let the user that it runs as own the folder.")
                .ValidateOnStart();
        }
    }

    private static bool CanWrite(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using var file = new FileStream(
                Path.Combine(directory, Path.GetRandomFileName()), new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                });
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
