using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Activity.Publishing;

/// <summary>Settings of the way from the outbox to the broker.</summary>
internal sealed class PublishingOptions
{
    public const string SectionName = "Publishing";

    /// <summary>How long the relay leaves a new batch to the publisher.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the relay leaves a batch alone that it published and nobody has counted yet.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two looks of the relay at the outbox.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RelayInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two measurements of the outbox for the metrics.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MeasureInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the broker has to confirm.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the bus may fail to publish while the broker takes messages, before another replaces it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BusPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time from one message of the publisher to its next, for each batch in it, up to <see cref="LongestInterval"/>. The first
    /// after a quiet time goes at once; under load the batches of this time share one message, which costs broker and workers
    /// about as much as one batch alone would.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Longest time from one message of the publisher to its next: what load may add to the time until an event is counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LongestInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Most batches in one message.</summary>
    [Range(1, 1_000)]
    public int MessageSize { get; set; } = 100;

    /// <summary>How many batches may wait for the publisher; more are left to the relay.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 10_000;
}
