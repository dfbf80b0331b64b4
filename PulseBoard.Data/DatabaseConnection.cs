using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace PulseBoard.Data;

/// <summary>An open connection to the database, on loan from the pool.</summary>
public sealed class DatabaseConnection : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    internal DatabaseConnection(AsyncServiceScope scope, NpgsqlConnection npgsql)
    {
        _scope = scope;
        Npgsql = npgsql;
    }

    /// <summary>The connection itself.</summary>
    public NpgsqlConnection Npgsql { get; }

    /// <summary>Returns the connection to the pool.</summary>
    public async ValueTask DisposeAsync()
    {
        // The context closes only what it opened itself.
        await Npgsql.CloseAsync();
        await _scope.DisposeAsync();
    }
}
