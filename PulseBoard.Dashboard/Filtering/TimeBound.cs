namespace PulseBoard.Dashboard.Filtering;

/// <summary>One end of a range as a request gives it: a day, or an instant.</summary>
/// <param name="Day">The day, also that of an instant by the clock that it is given in.</param>
/// <param name="Instant">The instant, or null for a day.</param>
internal readonly record struct TimeBound(DateOnly Day, DateTimeOffset? Instant)
{
    /// <summary>The years that all arithmetic on a range has room around: no event is older, and none will be this new.</summary>
    public const int FirstYear = 1969;

    /// <inheritdoc cref="FirstYear"/>
    public const int LastYear = 9998;

    private const int DayLength = 10;

    /// <summary>
    /// Reads <c>2026-11-01</c>, or <c>2026-11-01T09:30Z</c> with seconds and their fraction or without, and with an offset such as
    /// <c>+01:00</c>. A space stands for the plus sign, which it is in a query that was not encoded.
    /// </summary>
    /// <returns>Null for what is neither. An instant outside the years from <see cref="FirstYear"/> to <see cref="LastYear"/> is only its day.</returns>
    public static TimeBound? Read(ReadOnlySpan<char> text)
    {
        if (text.Length < DayLength || ReadDay(text[..DayLength]) is not { } day)
        {
            return null;
        }

        var rest = text[DayLength..];
        if (rest.IsEmpty)
        {
            return new(day, null);
        }

        if (rest.Length < 6 || rest[0] is not ('T' or 't') || rest[3] != ':'
            || !TryRead(rest[1..3], 23, out var hour) || !TryRead(rest[4..6], 59, out var minute))
        {
            return null;
        }

        var time = new TimeSpan(hour, minute, 0);
        rest = rest[6..];
        if (rest is [':', ..])
        {
            if (rest.Length < 3 || !TryRead(rest[1..3], 59, out var second))
            {
                return null;
            }

            time += TimeSpan.FromSeconds(second);
            rest = rest[3..];
            if (rest is ['.' or ',', ..])
            {
                var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
                if (digits <= 0)
                {
                    return null;
                }

                // However small: an instant within a quarter hour is not where one begins.
                if (rest[1..(1 + digits)].ContainsAnyExcept('0'))
                {
                    time += TimeSpan.FromTicks(Math.Max(1, Fraction(rest[1..(1 + digits)])));
                }

                rest = rest[(1 + digits)..];
            }
        }

        if (ReadOffset(rest) is not { } offset)
        {
            return null;
        }

        return day.Year is >= FirstYear and <= LastYear ? new(day, new DateTimeOffset(day, default, offset) + time) : new(day, null);
    }

    private static DateOnly? ReadDay(ReadOnlySpan<char> text)
    {
        return text[4] == '-' && text[7] == '-'
            && TryRead(text[..4], 9999, out var year) && year > 0
            && TryRead(text[5..7], 12, out var month) && month > 0
            && TryRead(text[8..], DateTime.DaysInMonth(year, month), out var day) && day > 0
            ? new DateOnly(year, month, day)
            : null;
    }

    private static TimeSpan? ReadOffset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        if (text is not (['+' or '-' or ' ', _, _] or ['+' or '-' or ' ', _, _, _, _] or ['+' or '-' or ' ', _, _, ':', _, _])
            || !TryRead(text[1..3], 14, out var hours))
        {
            return null;
        }

        var minutes = 0;
        if (text.Length > 3 && !TryRead(text[^2..], hours == 14 ? 0 : 59, out minutes))
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }

    private static long Fraction(ReadOnlySpan<char> digits)
    {
        var ticks = 0L;
        for (var index = 0; index < 7; index++)
        {
            ticks = (ticks * 10) + (index < digits.Length ? digits[index] - '0' : 0);
        }

        return ticks;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, int most, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return number <= most;
    }
}
