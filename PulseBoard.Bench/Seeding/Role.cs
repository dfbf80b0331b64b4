namespace PulseBoard.Bench.Seeding;

/// <summary>What somebody's work is, and so what they do how often.</summary>
internal sealed class Role
{
    private static readonly EventType[] Everyday =
    [
        EventType.CommitPushed, EventType.ReviewSubmitted, EventType.CommentAdded, EventType.MessageSent,
        EventType.MeetingAttended, EventType.DocumentEdited, EventType.DeploymentFinished, EventType.BuildFinished,
    ];

    private readonly double[] _cumulative;

    // The weights are of the everyday types, in their order.
    private Role(double pace, double tasks, double incidents, params ReadOnlySpan<double> weights)
    {
        (Pace, Tasks, Incidents) = (pace, tasks, incidents);
        _cumulative = new double[Everyday.Length];
        var sum = 0.0;
        for (var type = 0; type < _cumulative.Length; type++)
        {
            _cumulative[type] = sum += weights[type];
        }
    }

    public static Role Developer { get; } = new(1, 1, 0.0006, 26, 13, 12, 20, 4, 4, 3, 18);

    public static Role Designer { get; } = new(0.7, 0.8, 0, 2, 6, 24, 26, 8, 32, 0, 2);

    public static Role Manager { get; } = new(0.85, 1.5, 0.0002, 0, 3, 16, 44, 20, 16, 0.5, 0);

    public static Role Support { get; } = new(1.2, 1.3, 0.003, 0.5, 0.5, 30, 46, 5, 14, 0.5, 0.5);

    /// <summary>How much they do, beside a developer.</summary>
    public double Pace { get; }

    /// <summary>How many tasks they create for as many events, beside a developer.</summary>
    public double Tasks { get; }

    /// <summary>The share of their events that opens an incident.</summary>
    public double Incidents { get; }

    /// <summary>What they do next, tasks, incidents and logins aside.</summary>
    public EventType Next(SeedRandom random) => Everyday[random.Weighted(_cumulative)];
}
