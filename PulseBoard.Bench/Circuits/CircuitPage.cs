using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace PulseBoard.Bench.Circuits;

/// <summary>
/// An open page as its server sees one: the HTML, and then the circuit, over a WebSocket that is compressed as browsers ask for. What is
/// rendered is acknowledged, and every call of a script answered at once, so that charts count as drawn; nothing is laid out or painted.
/// </summary>
internal sealed class CircuitPage : IAsyncDisposable
{
    // What a call of a script wants: an object to call later on.
    private const int ObjectReference = 1;

    private const string Circuit = "_blazor";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // The attribute of what is interactive, in the first rendering that is.
    private static readonly byte[] Interactive = Encoding.UTF8.GetBytes("data-interactive");

    private readonly HubConnection _connection;
    private readonly Action<byte[], long> _rendered;
    private readonly Uri _goodbye;
    private readonly TaskCompletionSource _interactive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _batches;
    private long _bytes;
    private int _objects;
    private volatile string? _failure;
    private string? _circuit;

    private CircuitPage(Uri address, Action<byte[], long> rendered)
    {
        (_rendered, _goodbye) = (rendered, new(address, $"{Circuit}/disconnect"));
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, Circuit), HttpTransportType.WebSockets, options =>
            options.WebSocketConfiguration = socket => socket.DangerousDeflateOptions = new());
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        _connection = builder.Build();
        _connection.On<long, byte[]>("JS.RenderBatch", RenderAsync);
        _connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", (call, _, _, result, _, _) => AnswerAsync(call, result));
        _connection.On<string>("JS.Error", Fail);
        _connection.Closed += exception =>
        {
            Fail(exception?.Message ?? "The server has closed the circuit.");
            return Task.CompletedTask;
        };
    }

    /// <summary>How many renderings came.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Their bytes, before compression.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Why it is no longer open, or null.</summary>
    public string? Failure => _failure;

    /// <summary>Opens a page, and waits until it is interactive.</summary>
    /// <param name="client">Gets the HTML.</param>
    /// <param name="address">The page.</param>
    /// <param name="rendered">Called with the bytes of each rendering and the time they came, on one thread at a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">It does not become interactive.</exception>
    public static async Task<CircuitPage> OpenAsync(HttpClient client, Uri address, Action<byte[], long> rendered, CancellationToken cancellationToken)
    {
        var html = PrerenderedPage.Parse(await client.GetStringAsync(address, cancellationToken));
        var page = new CircuitPage(address, rendered);
        try
        {
            await page.StartAsync(address, html, cancellationToken);
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes it as a browser does, which says that it will not come back: the server would keep its circuit for a while.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_circuit is not null)
        {
            using var client = new HttpClient();
            using var form = new FormUrlEncodedContent([new("circuitId", _circuit)]);
            using var _ = await client.PostAsync(_goodbye, form);
        }

        await _connection.DisposeAsync();
    }

    private async Task StartAsync(Uri address, PrerenderedPage html, CancellationToken cancellationToken)
    {
        const string NoComponents = "[]";
        await _connection.StartAsync(cancellationToken);

        // Those of a page are all added afterwards.
        var root = new Uri(address, "/").ToString();
        _circuit = await _connection.InvokeAsync<string?>("StartCircuit", root, address.ToString(), NoComponents, html.State, cancellationToken);
        if (string.IsNullOrEmpty(_circuit))
        {
            throw new BenchmarkException($"The server did not start a circuit: {Failure}");
        }

        await _connection.SendAsync("UpdateRootComponents", html.Activation(), html.State, cancellationToken);
        try
        {
            await _interactive.Task.WaitAsync(Limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException(string.Create(CultureInfo.InvariantCulture, $"A page was not interactive within {Limit.TotalSeconds:0} s, after {Batches} renderings."));
        }
    }

    private async Task RenderAsync(long batch, byte[] content)
    {
        var at = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _bytes, content.Length);
        _rendered(content, at);
        if (!_interactive.Task.IsCompleted && content.AsSpan().IndexOf(Interactive) >= 0)
        {
            _interactive.TrySetResult();
        }

        await _connection.SendAsync("OnRenderCompleted", batch, (string?)null);
    }

    private async Task AnswerAsync(long call, int result)
    {
        // Nobody waits for what has no number.
        if (call == 0)
        {
            return;
        }

        var value = result == ObjectReference
            ? string.Create(CultureInfo.InvariantCulture, $$"""{"__jsObjectId":{{Interlocked.Increment(ref _objects)}}}""")
            : "null";
        await _connection.SendAsync("EndInvokeJSFromDotNet", call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,{value}]"));
    }

    private void Fail(string reason)
    {
        _failure ??= reason;
        _interactive.TrySetException(new BenchmarkException($"A page has failed: {reason}"));
    }
}
