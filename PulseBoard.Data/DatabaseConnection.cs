using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

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

    /// <summary>Makes a command.</summary>
    /// <param name="sql">Its text, written out; values come as parameters.</param>
    /// <param name="parameters">$1 and so on, of types that tell Postgres what they are.</param>
    /// <returns>The command, to be disposed of.</returns>
    public NpgsqlCommand CreateCommand(string sql, params object[] parameters)
    {
        var command = Npgsql.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            var added = new NpgsqlParameter { Value = parameter };
            if (parameter is byte[][])
            {
                // Npgsql 10.0.0 takes it for a single bytea.
                added.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
            }

            command.Parameters.Add(added);
        }

        return command;
    }

    /// <summary>Returns the connection to the pool.</summary>
    public async ValueTask DisposeAsync()
    {
        // The context closes only what it opened itself.
        await Npgsql.CloseAsync();
        await _scope.DisposeAsync();
    }
}
