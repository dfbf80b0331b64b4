namespace Aspire.Hosting.Standalone;

/// <summary>The name of a container image, taken apart: <c>registry/repository:tag</c> or <c>registry/repository@sha256:digest</c>.</summary>
internal readonly record struct ImageName(string Repository, string? Tag, string? Digest)
{
    private const string DigestPrefix = "sha256:";

    public static ImageName Parse(string text)
    {
        var (name, digest) = Cut(text, text.IndexOf('@', StringComparison.Ordinal));
        if (digest?.StartsWith(DigestPrefix, StringComparison.Ordinal) == false)
        {
            throw new ArgumentOutOfRangeException(nameof(text), text, $"The digest of an image starts with '{DigestPrefix}'.");
        }

        // A colon before the last slash is that of the registry's port.
        var colon = name.LastIndexOf(':');
        var (repository, tag) = Cut(name, colon > name.LastIndexOf('/') ? colon : -1);
        if (repository.Length == 0 || tag?.Length == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(text), text, "This is not the name of an image.");
        }

        return new ImageName(repository, tag, digest?[DigestPrefix.Length..]);
    }

    private static (string Before, string? After) Cut(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
