using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>The name of a data volume that was given none: one for each application's folder and resource.</summary>
internal static class VolumeName
{
    private const int HashLength = 10;

    public static string For<T>(IResourceBuilder<T> builder)
        where T : IResource
    {
        var application = builder.ApplicationBuilder;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(application.AppHostDirectory)))[..HashLength];
        return $"{application.Environment.ApplicationName.ToLowerInvariant()}-{hash}-{builder.Resource.Name}-data";
    }
}
