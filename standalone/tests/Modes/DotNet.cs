using System.Diagnostics;

namespace PulseBoard.Tests.Standalone.Modes;

/// <summary>Runs the SDK's tools.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs <c>dotnet</c> to its end.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and all that it wrote.</returns>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var process = Process.Start(new ProcessStartInfo(BuildFacts.DotNet, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // What the build started for later builds would outlive the test.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" },
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
