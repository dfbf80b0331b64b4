namespace PulseBoard.Web.Components.Charts;

/// <summary>Colours of cells that say how much.</summary>
internal static class Heat
{
    private const int Levels = 9;

    /// <summary>From 0, nothing, to 9, as much as there is anywhere.</summary>
    public static int Level(long value, long most) => value <= 0 || most <= 0 ? 0 : Math.Max(1, (int)Math.Ceiling((double)value / most * Levels));
}
