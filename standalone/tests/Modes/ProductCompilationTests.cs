namespace PulseBoard.Tests.Standalone.Modes;

/// <summary>
/// The product, its tests included, needs nothing of the stand-ins but their public surface, which the real packages have too.
/// </summary>
public sealed class ProductCompilationTests(PublicReferences references) : IClassFixture<PublicReferences>
{
    public static TheoryData<string> ProductsOverStandIns => [.. BuildFacts.Products.Where(IsOverStandIn)];

    [Theory]
    [MemberData(nameof(ProductsOverStandIns))]
    public async Task Product_compiles_against_the_public_surface_alone(string project)
    {
        var (exitCode, output) = await references.CompileAsync(project);

        Assert.True(exitCode == 0, output);
    }

    private static bool IsOverStandIn(string project) =>
        BuildFacts.CompilerArguments(project).Any(argument => BuildFacts.StandIns.Any(
            package => argument.Contains($"/{package}.dll", StringComparison.Ordinal) && argument.StartsWith("/reference:", StringComparison.Ordinal)));
}
