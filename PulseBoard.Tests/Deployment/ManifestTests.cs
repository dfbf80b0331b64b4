using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace PulseBoard.Tests.Deployment;

public sealed partial class ManifestTests(PublishedManifest manifest) : IClassFixture<PublishedManifest>
{
    // What a 4 GiB machine has left for containers once the system and the engine have theirs.
    private const int MemoryBudgetMegabytes = 3_500;

    // Read by Compose itself, not by the manifest.
    private static readonly string[] ComposeVariables = ["COMPOSE_PROJECT_NAME", "COMPOSE_PROFILES"];

    [Fact]
    public void Committed_manifest_is_what_the_model_publishes()
    {
        Assert.Equal(manifest.CommittedText, manifest.Text);
    }

    [Fact]
    public void Manifest_leaves_the_name_of_the_project_to_its_environment()
    {
        Assert.Null(manifest.Root.Scalar("name"));
    }

    [Fact]
    public void Every_variable_of_the_manifest_is_published()
    {
        var used = Variable().Matches(manifest.Text).Select(match => match.Groups[1].Value).Distinct();

        Assert.Equal(used.Order(StringComparer.Ordinal), manifest.Variables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Example_explains_every_published_variable_and_no_other()
    {
        var expected = manifest.Variables.Concat(ComposeVariables).Order(StringComparer.Ordinal);

        Assert.Equal(expected, manifest.ExplainedVariables.Order(StringComparer.Ordinal));
        Assert.Empty(EnvFile.Unexplained(Path.Combine(manifest.DeployFolder, EnvFile.ExampleName)));
    }

    [Fact]
    public void Secrets_are_generated_have_no_default_and_stop_compose_where_they_are_empty()
    {
        var example = File.ReadAllLines(Path.Combine(manifest.DeployFolder, EnvFile.ExampleName));

        Assert.NotEmpty(manifest.Secrets);
        foreach (var secret in manifest.Secrets)
        {
            // By its ending the script knows what to generate.
            Assert.Matches("_(PASSWORD|KEY|TOKEN)$", secret);
            Assert.Contains($"{secret}=", example);
            Assert.Contains($"\"${{{secret}:?run deploy/generate-env.sh}}\"", manifest.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"${{{secret}:-", manifest.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Settings_that_are_no_secret_have_a_value_to_begin_with()
    {
        var example = EnvFile.Values(Path.Combine(manifest.DeployFolder, EnvFile.ExampleName));

        Assert.All(PublishedManifest.Settings, setting => Assert.NotEmpty(example[setting]));
    }

    [Fact]
    public void Every_service_waits_for_the_health_of_services_that_have_a_health_check()
    {
        foreach (var (name, service) in manifest.Services)
        {
            foreach (var (other, dependency) in service.Map("depends_on"))
            {
                var target = Assert.Contains(other.ToString(), manifest.Services);
                var condition = ((YamlMappingNode)dependency).Scalar("condition");

                Assert.True(condition is "service_healthy" or "service_completed_successfully", $"{name} → {other}: {condition}");
                Assert.Equal(condition == "service_healthy", target.Map("healthcheck").Any());
            }
        }
    }

    [Fact]
    public void Every_service_that_stays_says_whether_it_is_healthy()
    {
        // The proxy and Aspire's dashboard bring nothing that could ask, and nothing waits for them.
        string[] silent = ["aspire-dashboard", "caddy", "migrator"];

        var without = manifest.Services.Where(service => !service.Value.Map("healthcheck").Any()).Select(service => service.Key);

        Assert.Equal(silent.Order(), without.Order());
    }

    [Fact]
    public void Every_volume_and_network_that_is_used_is_declared_and_named()
    {
        var volumes = manifest.Root.Map("volumes").Children.Keys.Select(key => key.ToString());
        var networks = manifest.Root.Map("networks").Children.Keys.Select(key => key.ToString());

        var mounts = manifest.Services.Values.SelectMany(service => service.Maps("volumes")).Select(volume => volume.Scalar("source")!);
        var joined = manifest.Services.Values.SelectMany(service => service.List("networks"));

        Assert.Equal(volumes.Order(), mounts.Distinct().Order());
        Assert.Equal(networks.Order(), joined.Distinct().Order());
        Assert.All(volumes, name => Assert.StartsWith("pulseboard-", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_of_others_are_pinned_to_a_version()
    {
        var images = manifest.Services.Values.Except(OwnServices.Values).Select(service => service.Scalar("image")!);

        Assert.All(images, image => Assert.Matches(@":\d+\.\d+(\.\d+)?(-management)?$", image));
    }

    [Fact]
    public void Own_images_are_built_from_projects_that_exist()
    {
        var repository = Path.GetDirectoryName(manifest.DeployFolder)!;

        foreach (var build in OwnServices.Values.Select(service => service.Map("build")))
        {
            var project = build.Map("args").Scalar("PROJECT")!;

            Assert.True(File.Exists(Path.Combine(manifest.DeployFolder, build.Scalar("context")!, build.Scalar("dockerfile")!)));
            Assert.True(File.Exists(Path.Combine(repository, project, $"{project}.csproj")), project);
        }
    }

    [Fact]
    public void Every_service_of_the_manifest_is_built_and_no_other()
    {
        var built = XDocument.Load(Path.Combine(manifest.DeployFolder, "services.proj")).Descendants("Service")
            .Select(service => Path.GetFileNameWithoutExtension(service.Attribute("Include")!.Value));
        var deployed = OwnServices.Values.Select(service => service.Map("build").Map("args").Scalar("PROJECT")!);

        Assert.Equal(deployed.Order(), built.Order());
    }

    [Fact]
    public void Own_images_do_not_run_as_root()
    {
        var users = File.ReadLines(Path.Combine(manifest.DeployFolder, "Dockerfile")).Where(line => line.StartsWith("USER ", StringComparison.Ordinal));

        Assert.Equal("USER $APP_UID", users.Last());
    }

    [Fact]
    public void Only_the_web_and_the_proxy_are_public()
    {
        var published = manifest.Services
            .SelectMany(service => service.Value.List("ports").Select(port => $"{service.Key} {port}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            ["aspire-dashboard 127.0.0.1:18888:18888", "caddy 443:443", "caddy 443:443/udp", "caddy 80:80", "web 3000:${WEB_PORT}"],
            published);
    }

    [Fact]
    public void Memory_limits_fit_a_machine_of_4_GiB()
    {
        var limits = manifest.Services.Values.Select(service =>
        {
            var deploy = service.Map("deploy");
            var limit = deploy.Map("resources").Map("limits").Scalar("memory")!;
            Assert.EndsWith("M", limit, StringComparison.Ordinal);

            return int.Parse(limit[..^1], CultureInfo.InvariantCulture)
                * int.Parse(deploy.Scalar("replicas") ?? "1", CultureInfo.InvariantCulture);
        });

        Assert.InRange(limits.Sum(), 1, MemoryBudgetMegabytes);
    }

    [Fact]
    public void Every_service_restarts_and_rotates_its_log()
    {
        foreach (var (name, service) in manifest.Services)
        {
            Assert.True(service.Scalar("restart") is "unless-stopped" or "always" or "on-failure", name);
            Assert.Equal("10m", service.Map("logging").Map("options").Scalar("max-size"));
            Assert.Equal("3", service.Map("logging").Map("options").Scalar("max-file"));
        }
    }

    [Fact]
    public void Own_services_can_neither_write_their_image_nor_gain_rights()
    {
        foreach (var service in OwnServices.Values)
        {
            Assert.Equal("true", service.Scalar("read_only"));
            Assert.Equal(["ALL"], service.List("cap_drop"));
            Assert.Equal(["no-new-privileges:true"], service.List("security_opt"));
        }
    }

    private Dictionary<string, YamlMappingNode> OwnServices =>
        manifest.Services.Where(service => service.Value.Map("build").Any()).ToDictionary();

    [GeneratedRegex(@"(?<!\$)\$\{(\w+)[^}]*\}")]
    private static partial Regex Variable();
}
