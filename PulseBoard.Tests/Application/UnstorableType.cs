namespace PulseBoard.Tests.Application;

/// <summary>An event type that Postgres refuses for as long as this is not disposed of: what no reader of a request can know beforehand.</summary>
internal sealed class UnstorableType : IAsyncDisposable
{
    private readonly PulseBoardApplication _application;
    private readonly string _constraint = $"test_{Guid.NewGuid():N}";

    private UnstorableType(PulseBoardApplication application) => _application = application;

    /// <summary>The type.</summary>
    public string Name { get; } = $"unstorable-{Guid.NewGuid():N}"[..30];

    public static async Task<UnstorableType> BeginAsync(PulseBoardApplication application)
    {
        var type = new UnstorableType(application);
        await application.QueryAsync<object>(
            $"ALTER TABLE events ADD CONSTRAINT {type._constraint} CHECK (event_type <> '{type.Name}') NOT VALID");
        return type;
    }

    public async ValueTask DisposeAsync() => await _application.QueryAsync<object>($"ALTER TABLE events DROP CONSTRAINT {_constraint}");
}
