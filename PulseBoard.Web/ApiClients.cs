namespace PulseBoard.Web;

/// <summary>Connections to the two APIs.</summary>
internal static class ApiClients
{
    /// <summary>A client without a time limit: a stream has none, and each other call brings its own.</summary>
    /// <param name="address">The API.</param>
    /// <param name="isTraced">Whether calls are part of traces.</param>
    public static HttpClient Create(Uri address, bool isTraced = true)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            // Bounded, so that an API that moved to another address is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseProxy = false,
        };
        if (!isTraced)
        {
            handler.ActivityHeadersPropagator = null;
        }

        return new(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }
}
