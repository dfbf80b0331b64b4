using System.Data;
using Npgsql;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.People;

/// <summary>
/// Transactions that write people and teams, one at a time: writes are rare and short, and whoever has the turn can look at both
/// tables, decide, and write, with nothing changing meanwhile and no order of rows to deadlock over. Readers wait for nobody, and
/// somebody's own SQL that writes takes its turn as well.
/// </summary>
internal static class WriteTurn
{
    // It conflicts with itself and with every lock that a write takes, and lasts until the transaction ends.
    private const string Lock = "LOCK TABLE people, teams IN SHARE ROW EXCLUSIVE MODE";

    /// <summary>Begins one, once the turn has come: what it sees is of that moment, and stays so.</summary>
    public static async Task<NpgsqlTransaction> BeginAsync(DatabaseConnection connection, CancellationToken cancellationToken)
    {
        // Locking takes no snapshot yet: whoever had the turn before has committed when the first statement takes one.
        var transaction = await connection.Npgsql.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            await using var command = connection.CreateCommand(Lock);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
