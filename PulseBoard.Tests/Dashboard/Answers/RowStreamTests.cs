using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Tests.ServiceDefaults;

namespace PulseBoard.Tests.Dashboard.Answers;

public sealed class RowStreamTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _limit = new(Limit);
    private Func<CancellationToken, IAsyncEnumerable<object?[]>> _rows = _ => throw new InvalidOperationException("No rows.");
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync(
        builder => builder.Services.AddSingleton<RowStream>(),
        app =>
        {
            var stream = app.Services.GetRequiredService<RowStream>();
            app.MapFormats("rows", (context, format) => stream.WriteAsync(context, format, "rows", ["n", "text"], _rows(context.RequestAborted)));
        });

    public async Task DisposeAsync() => await _service.DisposeAsync();

    public void Dispose() => _limit.Dispose();

    [Theory]
    [InlineData("csv", 10_001)]
    [InlineData("ndjson", 10_000)]
    public async Task All_rows_arrive(string extension, int lines)
    {
        _rows = _ => Rows(10_000);

        using var response = await GetAsync(extension);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(extension == "csv" ? "attachment; filename=\"rows.csv\"" : null, response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal(lines, (await response.Content.ReadAsStringAsync(_limit.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_table_without_rows_is_its_header()
    {
        _rows = _ => Rows(0);

        using var response = await GetAsync("csv");
        Assert.Equal("n,text\r\n", await response.Content.ReadAsStringAsync(_limit.Token));
    }

    [Fact]
    public async Task Rows_arrive_while_the_next_ones_are_looked_for()
    {
        var gate = new TaskCompletionSource();
        _rows = _ => Rows(2, before: n => n == 1 ? gate.Task : Task.CompletedTask);

        using var response = await GetAsync("ndjson");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(_limit.Token));
        Assert.StartsWith("{\"n\":0,", await reader.ReadLineAsync(_limit.Token), StringComparison.Ordinal);
        gate.SetResult();
        Assert.StartsWith("{\"n\":1,", await reader.ReadLineAsync(_limit.Token), StringComparison.Ordinal);
        Assert.Null(await reader.ReadLineAsync(_limit.Token));
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_the_source_up_until_it_does()
    {
        const int Count = 200_000;
        var pulled = 0;
        _rows = _ => Rows(Count, before: n =>
        {
            Volatile.Write(ref pulled, n);
            return Task.CompletedTask;
        });

        using var response = await GetAsync("csv");
        var last = -1;
        await Eventually.BecomesAsync(
            "the source to be held up",
            () => Task.FromResult((Before: last, Now: last = Volatile.Read(ref pulled))),
            seen => seen.Now > 0 && seen.Before == seen.Now);
        Assert.InRange(last, 1, Count - 2);

        var text = await response.Content.ReadAsStringAsync(_limit.Token);
        Assert.Equal(Count + 1, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_source()
    {
        var ended = new TaskCompletionSource();
        _rows = aborted => Endless(ended, aborted);

        using (await GetAsync("csv"))
        {
        }

        await ended.Task.WaitAsync(_limit.Token);
    }

    [Fact]
    public async Task What_fails_before_the_first_row_is_an_error()
    {
        _rows = _ => Rows(1, before: _ => Task.FromException(new ParameterException("invalid_parameter", "cursor", "'cursor' must be another.")));

        using var response = await GetAsync("csv");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task What_fails_later_breaks_the_answer_off()
    {
        _rows = _ => Rows(10_000, before: n => n == 9_999 ? Task.FromException(new IOException()) : Task.CompletedTask);

        using var response = await GetAsync("csv");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(_limit.Token));
    }

    private static async IAsyncEnumerable<object?[]> Rows(int count, Func<int, Task>? before = null)
    {
        for (var n = 0; n < count; n++)
        {
            await (before?.Invoke(n) ?? Task.CompletedTask);
            yield return [n, new string('x', 100)];
        }
    }

    private static async IAsyncEnumerable<object?[]> Endless(TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return [0, ""];
            }
        }
        finally
        {
            ended.SetResult();
        }
    }

    private Task<HttpResponseMessage> GetAsync(string extension) =>
        _service.Client.GetAsync(new Uri($"/rows.{extension}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, _limit.Token);
}
