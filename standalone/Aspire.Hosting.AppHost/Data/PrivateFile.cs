using System.Text;

namespace Aspire.Hosting.Standalone;

/// <summary>Files that hold a secret.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file that only its owner can read.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        // The mode applies to a new file only.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(path, options);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}
