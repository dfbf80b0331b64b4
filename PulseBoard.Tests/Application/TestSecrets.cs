namespace PulseBoard.Tests.Application;

/// <summary>Secrets as a deployment generates them, new for each run.</summary>
internal static class TestSecrets
{
    public static readonly string SignInPassword = New();
    public static readonly string ReadKey = New();
    public static readonly string IngestionKey = New();
    public static readonly string AdministratorToken = New();

    public static IReadOnlyList<string> All => [SignInPassword, ReadKey, IngestionKey, AdministratorToken];

    public static string New() => $"{Guid.NewGuid():N}{Guid.NewGuid():N}";
}
