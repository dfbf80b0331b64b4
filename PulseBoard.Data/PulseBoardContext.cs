using Microsoft.EntityFrameworkCore;
using PulseBoard.Contracts;

namespace PulseBoard.Data;

/// <summary>The database <c>pulseboard</c>. The schema itself is written out in the migrations.</summary>
/// <param name="options">The connection and provider, as registered by the service.</param>
public sealed class PulseBoardContext(DbContextOptions<PulseBoardContext> options) : DbContext(options)
{
    /// <summary>Every acknowledged event, once.</summary>
    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    /// <summary>Batches that are outstanding, dead or discarded.</summary>
    public DbSet<EventBatch> EventBatches => Set<EventBatch>();

    /// <summary>Rollups by person and day.</summary>
    public DbSet<DailyUserMetrics> DailyUserMetrics => Set<DailyUserMetrics>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredEvent>(stored =>
        {
            stored.ToTable("events");
            stored.HasKey(e => e.EventId);
            stored.Property(e => e.EventId).HasColumnName("event_id").ValueGeneratedNever();
            stored.Property(e => e.EventType).HasColumnName("event_type").HasMaxLength(EventLimits.TypeLength);
            stored.Property(e => e.UserId).HasColumnName("user_id").HasMaxLength(EventLimits.UserLength);
            stored.Property(e => e.Timestamp).HasColumnName("timestamp");
            stored.Property(e => e.DataPayload).HasColumnName("data_payload").HasColumnType("jsonb");
            stored.Property(e => e.ReceivedAt).HasColumnName("received_at");
            stored.Property(e => e.BatchId).HasColumnName("batch_id");
        });

        modelBuilder.Entity<EventBatch>(batch =>
        {
            batch.ToTable("event_batches");
            batch.HasKey(b => b.BatchId);
            batch.Property(b => b.BatchId).HasColumnName("batch_id").ValueGeneratedNever();
            batch.Property(b => b.StoredAt).HasColumnName("stored_at");
            batch.Property(b => b.EventCount).HasColumnName("event_count");
            batch.Property(b => b.PublishAfter).HasColumnName("publish_after");
            batch.Property(b => b.TraceParent).HasColumnName("trace_parent").HasMaxLength(55);
            batch.Property(b => b.Attempts).HasColumnName("attempts");
            batch.Property(b => b.Error).HasColumnName("error");
            batch.Property(b => b.DeadAt).HasColumnName("dead_at");
            batch.Property(b => b.DiscardedAt).HasColumnName("discarded_at");
        });

        modelBuilder.Entity<DailyUserMetrics>(metrics =>
        {
            metrics.ToTable("daily_user_metrics");
            metrics.HasKey(m => m.MetricId);
            metrics.Property(m => m.MetricId).HasColumnName("metric_id");
            metrics.Property(m => m.UserId).HasColumnName("user_id").HasMaxLength(EventLimits.UserLength);
            metrics.Property(m => m.MetricDate).HasColumnName("metric_date");
            metrics.Property(m => m.EventCount).HasColumnName("event_count");
            metrics.Property(m => m.TasksCreated).HasColumnName("tasks_created");
            metrics.Property(m => m.TasksCompleted).HasColumnName("tasks_completed");
            metrics.HasIndex(m => new { m.UserId, m.MetricDate }).IsUnique();
        });
    }
}
