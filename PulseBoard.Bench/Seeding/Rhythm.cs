namespace PulseBoard.Bench.Seeding;

/// <summary>How somebody's work is spread over a day: from the morning, with a dip at lunch, to the end, and now and then in the evening.</summary>
internal sealed class Rhythm
{
    private const int Slots = 96;
    private const double SecondsPerSlot = 86_400.0 / Slots;
    private const double Busy = 0.2;

    private readonly double[] _density = new double[Slots];

    // The share of the day's work that is done before each slot, and at last all of it.
    private readonly double[] _before = new double[Slots + 1];

    /// <param name="start">When work begins, in hours.</param>
    /// <param name="hours">How long it takes, lunch included.</param>
    /// <param name="evening">The share of an ordinary hour that is done in an hour of the evening.</param>
    public Rhythm(double start, double hours, double evening)
    {
        var sum = 0.0;
        for (var slot = 0; slot < Slots; slot++)
        {
            _density[slot] = Density((slot + 0.5) * 24 / Slots, start, hours, evening);
            sum += _density[slot];
        }

        for (var slot = 0; slot < Slots; slot++)
        {
            _before[slot + 1] = _before[slot] + (_density[slot] / sum);
        }

        // The rest is rounding.
        _before[Slots] = 1;
    }

    /// <summary>The share of the day's work that is done before a time.</summary>
    /// <param name="seconds">Seconds after midnight; less than none, or more than a day has, where the day lies ahead or behind.</param>
    public double DoneBefore(double seconds)
    {
        if (seconds <= 0)
        {
            return 0;
        }

        var slot = (int)(seconds / SecondsPerSlot);
        return slot >= Slots
            ? 1
            : _before[slot] + ((_before[slot + 1] - _before[slot]) * ((seconds / SecondsPerSlot) - slot));
    }

    /// <summary>When a share of the day's work is done, in seconds after midnight.</summary>
    public double TimeOf(double share)
    {
        var place = Array.BinarySearch(_before, share);
        var slot = Math.Min(place < 0 ? ~place - 1 : place, Slots - 1);
        return (slot + ((share - _before[slot]) / (_before[slot + 1] - _before[slot]))) * SecondsPerSlot;
    }

    /// <summary>Whether somebody is at work at a time.</summary>
    /// <param name="seconds">Seconds after midnight.</param>
    public bool IsBusy(double seconds) =>
        seconds >= 0 && (int)(seconds / SecondsPerSlot) is < Slots and var slot && _density[slot] >= Busy;

    private static double Density(double hour, double start, double hours, double evening)
    {
        const double Ramp = 0.75;
        const double Lunch = 12.75;
        const double Dip = 0.65;
        const double EveningHour = 21.25;
        const double Night = 0.001;

        // It begins and ends within a while.
        var work = Smooth((hour - start) / Ramp) * Smooth((start + hours - hour) / Ramp);
        var lunch = 1 - (Dip * Bell(hour - Math.Max(Lunch, start + 2.5), 0.45));
        return Night + (work * lunch) + (evening * Bell(hour - EveningHour, 1.1));
    }

    private static double Smooth(double x) => 1 / (1 + Math.Exp(-4 * x));

    private static double Bell(double distance, double width) => Math.Exp(-distance * distance / (2 * width * width));
}
