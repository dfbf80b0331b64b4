using System.Globalization;
using System.Text;
using System.Text.Json;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Tests.Dashboard.Answers;

public sealed class RowWriterTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly DateTimeOffset Time = new(2026, 11, 1, 8, 15, 0, TimeSpan.FromHours(5.5));

    [Fact]
    public void Csv_has_a_header_and_lines_that_end_as_the_rfc_says() =>
        Assert.Equal(
            "user_id,total\r\nada,3\r\n,0\r\n",
            Write(AnswerFormat.Csv, ["user_id", "total"], ["ada", 3L], [null, 0]));

    [Fact]
    public void Csv_of_an_empty_table_is_its_header() => Assert.Equal("a\r\n", Write(AnswerFormat.Csv, ["a"]));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" padded ", "\" padded \"")]
    [InlineData("Zoë 🎉", "Zoë 🎉")]
    public void Csv_quotes_what_needs_it(string text, string cell) => Assert.Equal($"a\r\n{cell}\r\n", Write(AnswerFormat.Csv, ["a"], [text]));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\nx", "\"'\nx\"")]
    [InlineData("  =1+1", "\"'  =1+1\"")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    [InlineData("=cmd|' /C calc'!A0,\"x\"", "\"'=cmd|' /C calc'!A0,\"\"x\"\"\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("1-2", "1-2")]
    public void Csv_has_no_text_that_a_spreadsheet_would_compute(string text, string cell) =>
        Assert.Equal($"{cell}\r\n{cell}\r\n", Write(AnswerFormat.Csv, [text], [text]));

    [Fact]
    public void Csv_has_values_that_are_the_same_in_every_country()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(
                "a,b,c,d,e,f,g,h\r\n-1,2.5,0.1,true,2026-11-01T08:15:00+05:30,2026-11-01T08:15:00.5+05:30,2026-11-01,6b0f9ab4-3d2c-4b7e-9a43-0123456789ab\r\n",
                Write(
                    AnswerFormat.Csv,
                    ["a", "b", "c", "d", "e", "f", "g", "h"],
                    [-1, 2.5, 0.1m, true, Time, Time.AddMilliseconds(500), new DateOnly(2026, 11, 1), Guid.Parse("6b0f9ab4-3d2c-4b7e-9a43-0123456789ab")]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Csv_has_json_as_text() =>
        Assert.Equal("a\r\n\"{\"\"b\"\":1}\"\r\n", Write(AnswerFormat.Csv, ["a"], [JsonSerializer.Deserialize<JsonElement>("{\"b\":1}")]));

    [Fact]
    public void Ndjson_has_an_object_a_line_with_the_types_of_json() =>
        Assert.Equal(
            """
            {"user_id":"=ada\n","total":3,"share":0.5,"known":true,"day":"2026-11-01","at":"2026-11-01T08:15:00+05:30","data":{"b":[1]},"team":null}
            {"user_id":"","total":-1,"share":1E+300,"known":false,"day":"0001-01-01","at":"2026-11-01T08:15:00+05:30","data":7,"team":"x"}

            """,
            Write(
                AnswerFormat.Ndjson,
                ["user_id", "total", "share", "known", "day", "at", "data", "team"],
                ["=ada\n", 3L, 0.5, true, new DateOnly(2026, 11, 1), Time, JsonSerializer.Deserialize<JsonElement>("{\"b\":[1]}"), null],
                ["", -1, 1e300, false, default(DateOnly), Time, (short)7, "x"]),
            ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public void A_table_of_any_size_is_written(string extension)
    {
        var format = AnswerFormat.All.Single(format => format.Extension == extension);
        var text = Write(format, ["n", "text"], [.. Enumerable.Range(0, 20_000).Select(n => new object?[] { n, new string('x', n % 200) })]);

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(format == AnswerFormat.Csv ? 20_001 : 20_000, lines.Length);
        Assert.Contains(new string('x', 199), lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public void A_row_that_does_not_fit_its_columns_is_refused(string extension) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(AnswerFormat.All.Single(format => format.Extension == extension), ["a", "b"], [1]));

    private static string Write(AnswerFormat format, string[] columns, params object?[][] rows)
    {
        using var buffer = new PooledBuffer(capacity: 16);
        using var writer = RowWriter.Create(format, columns, buffer, Json);
        writer.WriteAll(rows);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }
}
