using System.Data.Common;
using System.Diagnostics;
using System.Text;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>
/// Exceptions as telemetry may have them. A database's error quotes what it could not take (Postgres, in the context of a jsonb
/// that it refuses: <c>JSON data, line 1: {"note":"…</c>), and that is what people sent: of such an error the first line and the
/// stack remain.
/// </summary>
internal static class SafeExceptions
{
    private const string MessageTag = "exception.message";
    private const string StackTraceTag = "exception.stacktrace";

    private static readonly Lazy<ActivityListener> Listener = new(AddListener);

    /// <summary>
    /// From now on, in the whole process, whatever library records such an exception on a span records it in these words. The
    /// listener asks for no span.
    /// </summary>
    public static void Enforce() => _ = Listener.Value;

    /// <summary>The SQLSTATE where a database said one, else the exception's type.</summary>
    public static string ErrorType(Exception exception) =>
        Chain(exception).OfType<DbException>().FirstOrDefault()?.SqlState ?? exception.GetType().FullName!;

    public static string Message(Exception exception)
    {
        var message = exception.Message.AsSpan();
        return exception is DbException && message.IndexOf('\n') is >= 0 and var end ? message[..end].Trim().ToString() : exception.Message;
    }

    private static string StackTrace(Exception exception)
    {
        var text = new StringBuilder();
        foreach (var link in Chain(exception))
        {
            text.Append(link.GetType().FullName).Append(": ").AppendLine(Message(link)).AppendLine(link.StackTrace);
        }

        return text.ToString();
    }

    private static ActivityListener AddListener()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.None,
            ExceptionRecorder = (_, exception, ref tags) =>
            {
                if (Chain(exception).OfType<DbException>().Any())
                {
                    tags.Add(MessageTag, Message(exception));
                    tags.Add(StackTraceTag, StackTrace(exception));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var link = exception; link is not null; link = link.InnerException)
        {
            yield return link;
        }
    }
}
