using System.Text;

namespace PulseBoard.Tests.Metrics;

/// <summary>The order of texts by their bytes in UTF-8. That of .NET's ordinal comparison puts what is beyond U+FFFF elsewhere.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
