using System.Text.Json;
using System.Xml.Linq;

namespace PulseBoard.Tests.Standalone.Modes;

/// <summary>
/// What can be said here of standard mode, whose packages are not here: each project of a tree without <c>standalone/</c> is
/// evaluated, and nothing is restored. The AppHost is evaluated without Aspire's SDK.
/// </summary>
public sealed class StandardModeTests : IDisposable
{
    private const string AppHost = "PulseBoard.AppHost";
    private const string AspireSdk = "Aspire.AppHost.Sdk";

    // Runs in each project, at its end.
    private const string Check = """
        <Project>
          <Target Name="CheckStandardMode">
            <ItemGroup>
              <_Explicit Include="@(PackageReference)" Condition="'%(PackageReference.IsImplicitlyDefined)' != 'true'" />
              <_Unversioned Include="@(_Explicit)" Exclude="@(PackageVersion)" />
              <_Missing Include="@(ProjectReference->'%(FullPath)')" Condition="!Exists('%(FullPath)')" />
            </ItemGroup>
            <Error Condition="'@(_Unversioned)' != ''" Text="Without a version: @(_Unversioned)" />
            <Error Condition="'@(_Missing)' != ''" Text="Without a project: @(_Missing)" />
            <Error Condition="'$(PulseBoardMode)' != 'standard'" Text="Mode: $(PulseBoardMode)" />
            <Message Importance="high" Text="checked: $(MSBuildProjectName)" />
          </Target>
        </Project>
        """;

    private const string CheckAll = """
        <Project>
          <ItemGroup>
            <_Project Include="$(MSBuildThisFileDirectory)*/*.csproj" />
          </ItemGroup>
          <Target Name="CheckStandardMode">
            <MSBuild Projects="@(_Project)" Targets="CheckStandardMode"
                     Properties="CustomAfterMicrosoftCommonTargets=$(MSBuildThisFileDirectory)check.targets" />
          </Target>
        </Project>
        """;

    private readonly DirectoryInfo _tree = Directory.CreateTempSubdirectory("pulseboard-standard-");

    public void Dispose() => _tree.Delete(recursive: true);

    [Fact]
    public async Task Tree_without_the_stand_ins_is_an_ordinary_solution()
    {
        CopyBuildFiles();
        await File.WriteAllTextAsync(Path.Combine(_tree.FullName, "check.targets"), Check);
        await File.WriteAllTextAsync(Path.Combine(_tree.FullName, "check.proj"), CheckAll);

        var (exitCode, output) = await DotNet.RunAsync(_tree.FullName, "msbuild", "check.proj", "-t:CheckStandardMode", "-nologo", "-v:m", "-p:PulseBoardStandalone=");

        Assert.True(exitCode == 0, output);
        Assert.All(BuildFacts.Products, project => Assert.Contains($"checked: {project}\n", output, StringComparison.Ordinal));
    }

    [Fact]
    public void AppHost_takes_the_SDK_of_the_version_of_the_packages()
    {
        var packages = XDocument.Load(Path.Combine(BuildFacts.RepoRoot, "Directory.Packages.props"));
        var host = XDocument.Load(ProjectFile(AppHost));

        var version = packages.Descendants("AspireVersion").Single().Value;

        Assert.All(AspireImports(host), import => Assert.Equal(version, import.Attribute("Version")!.Value));
        Assert.Equal(["Sdk.props", "Sdk.targets"], AspireImports(host).Select(import => import.Attribute("Project")!.Value));
    }

    [Fact]
    public void AppHost_starts_with_the_endpoints_that_the_dashboard_needs()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(BuildFacts.RepoRoot, AppHost, "Properties", "launchSettings.json")));
        var profile = settings.RootElement.GetProperty("profiles").GetProperty("http");
        var variables = profile.GetProperty("environmentVariables");

        string[] urls =
        [
            profile.GetProperty("applicationUrl").GetString()!,
            variables.GetProperty("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL").GetString()!,
            variables.GetProperty("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL").GetString()!,
        ];

        // Aspire refuses http:// without being told that it is meant.
        Assert.Equal("true", variables.GetProperty("ASPIRE_ALLOW_UNSECURED_TRANSPORT").GetString());
        Assert.All(urls, url => Assert.Equal("http://localhost", new Uri(url).GetLeftPart(UriPartial.Scheme) + new Uri(url).Host));
        Assert.Equal(urls.Length, urls.Select(url => new Uri(url).Port).Distinct().Count());
    }

    [Fact]
    public void Aspire_CLI_finds_the_AppHost()
    {
        using var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(BuildFacts.RepoRoot, "aspire.config.json")));

        var path = configuration.RootElement.GetProperty("appHost").GetProperty("path").GetString()!;

        Assert.Equal(ProjectFile(AppHost), Path.GetFullPath(path, BuildFacts.RepoRoot));
    }

    private static string ProjectFile(string project) => Path.Combine(BuildFacts.RepoRoot, project, $"{project}.csproj");

    private static XElement[] AspireImports(XDocument project) =>
        [.. project.Descendants("Import").Where(import => import.Attribute("Sdk")?.Value == AspireSdk)];

    private void CopyBuildFiles()
    {
        foreach (var file in Directory.EnumerateFiles(BuildFacts.RepoRoot, "Directory.*"))
        {
            File.Copy(file, Path.Combine(_tree.FullName, Path.GetFileName(file)));
        }

        foreach (var project in BuildFacts.Products)
        {
            var contents = XDocument.Load(ProjectFile(project));
            foreach (var import in AspireImports(contents))
            {
                import.Remove();
            }

            var folder = _tree.CreateSubdirectory(project);
            contents.Save(Path.Combine(folder.FullName, $"{project}.csproj"));
        }
    }
}
