using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// A generated value that is kept with the data it protects: beside the volumes where the application has any, in memory otherwise.
/// </summary>
internal sealed class KeptParameterDefault(IDistributedApplicationBuilder builder, string name, ParameterDefault generated) : ParameterDefault
{
    // Decided on first use, not when the parameter is made: a test takes the volumes out of the model in between.
    public override string GetDefaultValue() => StandaloneHome.IsNeededBy(builder.Resources)
        ? new ParameterFile(StandaloneHome.Locate(builder.AppHostDirectory)).GetOrAdd(name, generated.GetDefaultValue)
        : generated.GetDefaultValue();
}
