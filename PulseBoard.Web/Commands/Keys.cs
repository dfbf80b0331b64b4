namespace PulseBoard.Web.Commands;

/// <summary>
/// What one browser has shown that it knows, to have something changed: who is signed in may read, and no more. It is kept in this
/// server's memory for as long as the page is open, and nowhere else.
/// </summary>
internal sealed class Keys
{
    private readonly Dictionary<KeyKind, string> _keys = [];

    /// <summary>After a key was entered or taken back.</summary>
    public event Action? Changed;

    public string? this[KeyKind kind]
    {
        get => _keys.GetValueOrDefault(kind);
        set
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                _keys.Remove(kind);
            }
            else
            {
                _keys[kind] = value.Trim();
            }

            Changed?.Invoke();
        }
    }
}

/// <summary>What a key opens.</summary>
public enum KeyKind
{
    /// <summary>The Dashboard's: to change what people and teams are called, and what became of batches.</summary>
    Administrator,

    /// <summary>Activity's: to send events.</summary>
    Ingestion,
}
