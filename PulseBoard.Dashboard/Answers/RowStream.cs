using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace PulseBoard.Dashboard.Answers;

/// <summary>
/// Writes a table of any length as it comes, in pieces: never more than one piece is in memory, a slow client slows the source,
/// and a client that leaves ends it.
/// </summary>
/// <param name="json">How values are written as JSON.</param>
/// <param name="logger">Where an answer that broke off is told.</param>
internal sealed partial class RowStream(IOptions<JsonOptions> json, ILogger<RowStream> logger)
{
    private const int PieceBytes = 32 * 1024;

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    /// <summary>
    /// Answers with the rows. What fails before the first row is thrown, so that it can be answered as an error; later the
    /// connection is cut, since nothing else tells a client that the answer is not whole.
    /// </summary>
    /// <param name="context">The request; the source is asked to end when it is aborted.</param>
    /// <param name="format">CSV or NDJSON.</param>
    /// <param name="name">The file's name, without its extension.</param>
    /// <param name="columns">The columns, in snake_case.</param>
    /// <param name="rows">One value for each column: see <see cref="Table"/>.</param>
    public async Task WriteAsync(HttpContext context, AnswerFormat format, string name, IReadOnlyList<string> columns, IAsyncEnumerable<object?[]> rows)
    {
        var aborted = context.RequestAborted;
        using var piece = new PooledBuffer(2 * PieceBytes);
        using var writer = RowWriter.Create(format, columns, piece, _json);
        await using var source = rows.GetAsyncEnumerator(aborted);
        try
        {
            var more = await source.MoveNextAsync();
            writer.WriteHeader();
            while (more)
            {
                writer.WriteRow(source.Current);
                var next = source.MoveNextAsync();

                // A full piece goes out, and so does what there is while the source makes the client wait.
                if (piece.Length >= PieceBytes || !next.IsCompleted)
                {
                    try
                    {
                        await SendAsync();
                    }
                    catch
                    {
                        // A source must not be disposed of while it looks for its next row.
                        await ((Task)next.AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        throw;
                    }
                }

                more = await next;
            }

            await SendAsync();
        }
        catch (Exception) when (aborted.IsCancellationRequested)
        {
            // Nobody reads the rest.
        }
#pragma warning disable CA1031 // Whatever ended it, the status has been sent: only the connection can tell that this is not all.
        catch (Exception exception) when (context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogBrokenOff(exception.GetType().Name);
            context.Abort();
        }

        async ValueTask SendAsync()
        {
            // Not before: an error that comes first has headers of its own.
            if (!context.Response.HasStarted)
            {
                AnswerHeaders.Describe(context.Response, format, name);
                context.Response.Headers.CacheControl = "no-store";
            }

            // Completes when the client has taken enough of what was sent before.
            await context.Response.Body.WriteAsync(piece.Written, aborted);
            piece.Clear();
        }
    }

    [LoggerMessage(LogLevel.Warning, "An answer broke off after its first rows: {Reason}")]
    private partial void LogBrokenOff(string reason);
}
