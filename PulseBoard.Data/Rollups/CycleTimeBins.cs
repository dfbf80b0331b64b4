using System.Numerics;

namespace PulseBoard.Data.Rollups;

/// <summary>
/// The histogram of cycle times: bins that are exact below eight minutes and then widen with the time, so that whatever is read off
/// them is wrong by no more than <see cref="RelativeError"/>. A unit is 15/16 of a second, which puts a quarter of an hour, an hour, a day, a
/// week and their doubles on the edges of bins.
/// </summary>
public static class CycleTimeBins
{
    /// <summary>How far the middle of a bin is from any time in it at most, as a share of that time; half a unit where that is more.</summary>
    public const double RelativeError = 1.0 / 512;

    private const int BitsWithinPower = 8;
    private const int ExactUnits = 1 << (BitsWithinPower + 1);
    private const double UnitSeconds = 15.0 / 16;

    /// <summary>The bin of a time, which must not be negative.</summary>
    public static int Of(TimeSpan time)
    {
        var units = (ulong)((Int128)time.Ticks * 16 / (15 * TimeSpan.TicksPerSecond));
        if (units < ExactUnits)
        {
            return (int)units;
        }

        var shift = BitOperations.Log2(units) - BitsWithinPower;
        return (shift << BitsWithinPower) + (int)(units >> shift);
    }

    /// <summary>Where a bin begins, in seconds.</summary>
    public static double Lower(int bin)
    {
        if (bin < ExactUnits)
        {
            return bin * UnitSeconds;
        }

        var shift = (bin >> BitsWithinPower) - 1;
        return ((long)(bin - (shift << BitsWithinPower)) << shift) * UnitSeconds;
    }

    /// <summary>The middle of a bin, in seconds: what stands for the times in it.</summary>
    public static double Middle(int bin) => (Lower(bin) + Lower(bin + 1)) / 2;
}
