using System.Security.Cryptography;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// Remembers, as a salted hash beside a server's data, with which password the data was made. Postgres and RabbitMQ take a
/// password only when they make their data; with another one later they would run and refuse every client.
/// </summary>
internal static class VolumePassword
{
    private const string FileName = "password.hash";
    private const int SaltLength = 16;
    private const int HashLength = 32;
    private const int Iterations = 10_000;

    /// <summary>Compares with what made the data, or remembers the password where there is no data yet.</summary>
    /// <param name="folder">The folder of the server's data.</param>
    /// <param name="password">The password that clients will use.</param>
    /// <param name="hasData">Whether the server has made its data.</param>
    /// <exception cref="DistributedApplicationException">The data was made with another password.</exception>
    public static void Verify(string folder, string password, bool hasData)
    {
        var file = Path.Combine(folder, FileName);
        if (!hasData || !File.Exists(file))
        {
            var salt = RandomNumberGenerator.GetBytes(SaltLength);
            File.WriteAllBytes(file, [.. salt, .. Hash(password, salt)]);
            return;
        }

        var kept = File.ReadAllBytes(file).AsSpan();
        var hash = Hash(password, kept[..SaltLength]);
        if (!CryptographicOperations.FixedTimeEquals(hash, kept[SaltLength..]))
        {
            throw new DistributedApplicationException(
                $"The data in '{folder}' was made with another password. Set the parameter to that one, or delete the folder to start empty.");
        }
    }

    private static byte[] Hash(string password, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashLength);
}
