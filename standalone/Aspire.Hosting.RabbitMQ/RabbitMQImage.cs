using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>The image of RabbitMQ. The management plugin is on in the tags that say so.</summary>
internal static partial class RabbitMQImage
{
    public const string Registry = "docker.io";
    public const string Name = "library/rabbitmq";
    public const string Tag = "4.3";

    /// <summary>Changes the tag to the one of the same version with the management plugin.</summary>
    /// <exception cref="DistributedApplicationException">It is not the official image, or its tag is not one of a version.</exception>
    public static void AddManagement(RabbitMQServerResource server)
    {
        if (server.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            && image is { Registry: Registry, Image: Name, Tag: { } tag }
            && VersionTag().Match(tag) is { Success: true } match)
        {
            image.Tag = $"{match.Groups["version"].Value}-management{match.Groups["alpine"].Value}";
            return;
        }

        throw new DistributedApplicationException(
            $"The management plugin of '{server.Name}' cannot be turned on: which tag of its image has it is known only for {Registry}/{Name} with a version as the tag.");
    }

    [GeneratedRegex(@"^(?<version>\d+(\.\d+)*)(-management)?(?<alpine>-alpine)?$")]
    private static partial Regex VersionTag();
}
