using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Lets parts of the model act when something happens.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Calls back on every event of a kind.</summary>
    /// <typeparam name="T">The kind of event.</typeparam>
    /// <param name="callback">What to do; the publisher waits for it.</param>
    /// <returns>The subscription, to end it with.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Calls back on events of a kind about one resource.</summary>
    /// <typeparam name="T">The kind of event.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="callback">What to do; the publisher waits for it.</param>
    /// <returns>The subscription, to end it with.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscription">What subscribing returned.</param>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    /// <summary>Calls back whoever subscribed, one after the other in the order of subscription.</summary>
    /// <typeparam name="T">The kind of event.</typeparam>
    /// <param name="event">The event.</param>
    /// <param name="cancellationToken">Handed to the callbacks.</param>
    /// <returns>A task that ends when the last callback has.</returns>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

/// <summary>A subscription to events.</summary>
/// <param name="callback">What is done on an event.</param>
public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
{
    /// <summary>What is done on an event.</summary>
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
}

internal sealed class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentQueue<DistributedApplicationEventSubscription> _subscriptions = new();
    private readonly ConcurrentDictionary<DistributedApplicationEventSubscription, bool> _ended = new();

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
    {
        var subscription = new DistributedApplicationEventSubscription(
            (@event, cancellationToken) => @event is T mine ? callback(mine, cancellationToken) : Task.CompletedTask);
        _subscriptions.Enqueue(subscription);
        return subscription;
    }

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        Subscribe<T>((@event, cancellationToken) => @event.Resource == resource ? callback(@event, cancellationToken) : Task.CompletedTask);

    public void Unsubscribe(DistributedApplicationEventSubscription subscription) => _ended.TryAdd(subscription, true);

    public async Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        foreach (var subscription in _subscriptions.Where(s => !_ended.ContainsKey(s)))
        {
            await subscription.Callback(@event, cancellationToken).ConfigureAwait(false);
        }
    }
}
