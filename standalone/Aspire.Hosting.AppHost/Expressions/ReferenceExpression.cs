using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A text with holes that are filled when the application runs: <c>$"Host={endpoint};Password={parameter}"</c>. It keeps the
/// parts, so that a publisher can write placeholders where a run writes values.
/// </summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    private readonly string[] _manifestExpressions;
    private readonly string?[] _stringFormats;

    internal ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        _manifestExpressions = manifestExpressions;
        _stringFormats = stringFormats;
    }

    /// <summary>The text as a composite format string, with one numbered item per hole.</summary>
    public string Format { get; }

    /// <summary>What fills the holes, in order.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The placeholders of what fills the holes, in order.</summary>
    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    /// <inheritdoc />
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, _manifestExpressions);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    /// <param name="handler">The interpolated string, taken apart by the compiler.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(cancellationToken).ConfigureAwait(false);
            values[i] = ExpressionFormat.Apply(value, _stringFormats[i]);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>Receives the pieces of an interpolated string from the compiler.</summary>
    /// <param name="literalLength">Length of the literal pieces, in characters.</param>
    /// <param name="formattedCount">Number of holes.</param>
    [InterpolatedStringHandler]
#pragma warning disable CS9113 // The compiler's pattern fixes both parameters.
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
#pragma warning restore CS9113
    {
        private readonly ReferenceExpressionBuilder _builder = new();

        /// <summary>Takes a literal piece.</summary>
        /// <param name="value">The piece.</param>
        public void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Takes a plain string.</summary>
        /// <param name="value">The string.</param>
        public void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <summary>Takes a value that is known later.</summary>
        /// <typeparam name="T">The kind of value.</typeparam>
        /// <param name="valueProvider">The value.</param>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format: null);

        /// <summary>Takes a value that is known later and encoded then.</summary>
        /// <typeparam name="T">The kind of value.</typeparam>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format"><c>uri</c> to percent-encode it, or null.</param>
        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        /// <summary>Takes the value of a resource.</summary>
        /// <typeparam name="T">The kind of resource.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider.Resource, format: null);

        internal ReferenceExpression Build() => _builder.Build();
    }
}
