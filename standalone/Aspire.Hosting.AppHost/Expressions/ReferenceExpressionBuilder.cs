using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a <see cref="ReferenceExpression"/> piece by piece, where its shape depends on the model.</summary>
public class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _valueProviders = [];
    private readonly List<string> _manifestExpressions = [];
    private readonly List<string?> _stringFormats = [];

    /// <summary>Whether nothing was appended yet.</summary>
    public bool IsEmpty => _format.Length == 0;

#pragma warning disable CA1822, IDE0060 // The compiler fills this builder while it makes the handler.
    /// <summary>Appends an interpolated string.</summary>
    /// <param name="handler">The interpolated string, which the compiler appends to this builder.</param>
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
    }
#pragma warning restore CA1822, IDE0060

    /// <summary>Appends a text as it is.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) =>
        _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Appends a text as it is, or nothing for null.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => AppendLiteral(value ?? "");

    /// <summary>Appends a value that is known later.</summary>
    /// <typeparam name="T">The kind of value.</typeparam>
    /// <param name="valueProvider">The value.</param>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, format: null);

    /// <summary>Appends a value that is known later and encoded then.</summary>
    /// <typeparam name="T">The kind of value.</typeparam>
    /// <param name="valueProvider">The value.</param>
    /// <param name="format"><c>uri</c> to percent-encode it, or null.</param>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_valueProviders.Count}}}");
        _valueProviders.Add(valueProvider);
        _manifestExpressions.Add(valueProvider.ValueExpression);
        _stringFormats.Add(ExpressionFormat.Validate(format));
    }

    /// <summary>Makes the expression from what was appended so far.</summary>
    /// <returns>The expression.</returns>
    public ReferenceExpression Build() =>
        new(_format.ToString(), [.. _valueProviders], [.. _manifestExpressions], [.. _stringFormats]);

    /// <summary>Receives the pieces of an interpolated string from the compiler.</summary>
    /// <param name="literalLength">Length of the literal pieces, in characters.</param>
    /// <param name="formattedCount">Number of holes.</param>
    /// <param name="builder">What the pieces are appended to.</param>
    [InterpolatedStringHandler]
#pragma warning disable CS9113 // The compiler's pattern fixes the first two parameters.
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
#pragma warning restore CS9113
    {
        /// <summary>Takes a literal piece.</summary>
        /// <param name="value">The piece.</param>
        public void AppendLiteral(string value) => builder.AppendLiteral(value);

        /// <summary>Takes a plain string.</summary>
        /// <param name="value">The string.</param>
        public void AppendFormatted(string? value) => builder.AppendFormatted(value);

        /// <summary>Takes a value that is known later.</summary>
        /// <typeparam name="T">The kind of value.</typeparam>
        /// <param name="valueProvider">The value.</param>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider, format: null);

        /// <summary>Takes a value that is known later and encoded then.</summary>
        /// <typeparam name="T">The kind of value.</typeparam>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format"><c>uri</c> to percent-encode it, or null.</param>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider, format);
    }
}
