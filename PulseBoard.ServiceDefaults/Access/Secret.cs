using System.Security.Cryptography;
using System.Text;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>
/// A secret that others must know, kept as its hash: comparing takes the same time whatever is presented, of whatever length, and
/// nothing that is written out can show it.
/// </summary>
public sealed class Secret
{
    private readonly byte[] _hash;

    private Secret(string value) => _hash = Hash(value);

    /// <summary>The secret of a setting, or null where it is not set: nothing can be presented for it then.</summary>
    public static Secret? Of(string? value) => string.IsNullOrEmpty(value) ? null : new Secret(value);

    /// <summary>Whether this is what was presented.</summary>
    public bool Is(string presented) => CryptographicOperations.FixedTimeEquals(Hash(presented), _hash);

    private static byte[] Hash(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));
}
