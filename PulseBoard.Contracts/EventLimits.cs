namespace PulseBoard.Contracts;

/// <summary>Limits of one event, shared by those who check it and those who store it.</summary>
public static class EventLimits
{
    /// <summary>Characters in <c>user</c>; the width of the column.</summary>
    public const int UserLength = 100;

    /// <summary>Characters in <c>type</c>; the width of the column.</summary>
    public const int TypeLength = 50;

    /// <summary>Bytes of one event's JSON.</summary>
    public const int EventBytes = 32 * 1024;
}
