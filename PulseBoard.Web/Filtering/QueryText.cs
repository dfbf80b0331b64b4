using System.Text;

namespace PulseBoard.Web.Filtering;

/// <summary>An address as it comes into being: a path, and its parameters, escaped.</summary>
internal sealed class QueryText(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';

    /// <summary>Adds a parameter; nothing where there is no value.</summary>
    public QueryText Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
