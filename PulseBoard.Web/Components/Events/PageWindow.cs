using PulseBoard.Contracts;

namespace PulseBoard.Web.Components.Events;

/// <summary>
/// The part of a long list that a page holds: some pages of events that follow each other, the newest first. Of those that were left
/// above it knows how to get them again and how much room they take, so that any length is scrolled through with the same memory.
/// </summary>
/// <param name="most">How many pages it holds at most.</param>
internal sealed class PageWindow(int most)
{
    private readonly List<EventWindowPage> _held = [];
    private readonly Stack<(string? Cursor, int Rows)> _above = [];

    /// <summary>What it holds, the newest first.</summary>
    public IReadOnlyList<EventWindowPage> Held => _held;

    /// <summary>How many events were left above.</summary>
    public int RowsAbove { get; private set; }

    /// <summary>The cursor of the page that follows; null where there is none.</summary>
    public string? Next => _held.Count > 0 ? _held[^1].Page.Next : null;

    /// <summary>Whether pages were left above.</summary>
    public bool HasAbove => _above.Count > 0;

    /// <summary>The cursor of the page before; null where that is the newest of all.</summary>
    public string? CursorAbove => _above.TryPeek(out var above) ? above.Cursor : null;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _held.Clear();
        _above.Clear();
        RowsAbove = 0;
    }

    /// <summary>Adds the page that follows; where that is one too many, the first is left above.</summary>
    /// <param name="cursor">What it was asked for with; null for the newest of all.</param>
    /// <param name="page">The page.</param>
    public void Append(string? cursor, EventPage page)
    {
        _held.Add(new(cursor, page));
        if (_held.Count > most)
        {
            var first = _held[0];
            _held.RemoveAt(0);
            _above.Push((first.Cursor, first.Page.Events.Count));
            RowsAbove += first.Page.Events.Count;
        }
    }

    /// <summary>Puts the page that was left above last back; where that is one too many, the last is dropped.</summary>
    /// <param name="page">The page, asked for with <see cref="CursorAbove"/>.</param>
    public void Prepend(EventPage page)
    {
        var (cursor, rows) = _above.Pop();
        RowsAbove -= rows;
        _held.Insert(0, new(cursor, page));
        if (_held.Count > most)
        {
            _held.RemoveAt(_held.Count - 1);
        }
    }
}

/// <summary>A page of events and how it was asked for.</summary>
/// <param name="Cursor">What it was asked for with; null for the newest of all.</param>
/// <param name="Page">The page.</param>
internal sealed record EventWindowPage(string? Cursor, EventPage Page);
