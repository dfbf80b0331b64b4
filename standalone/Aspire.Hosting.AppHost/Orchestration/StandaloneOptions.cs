namespace Aspire.Hosting.Standalone;

/// <summary>Where the host's project lies, from which the data's folder follows.</summary>
internal sealed record StandaloneOptions(string AppHostDirectory);
