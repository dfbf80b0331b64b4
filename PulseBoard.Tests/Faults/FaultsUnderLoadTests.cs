using PulseBoard.Bench.Faults;
using Xunit.Abstractions;

namespace PulseBoard.Tests.Faults;

/// <summary>Each fault of the catalogue under load, with every invariant looked at afterwards.</summary>
[Collection(FaultsCollection.Name)]
public sealed class FaultsUnderLoadTests(FaultyApplication application, ITestOutputHelper output)
{
    private const int Seed = 1;

    /// <summary>Long enough for publishers and workers to notice, and short enough for every build.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(8);

    public static TheoryData<string> Faults => [.. FaultCatalog.Create(Outage).Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Everything_acknowledged_is_stored_and_counted_once_after(string name)
    {
        var fault = FaultCatalog.Create(Outage).Single(fault => fault.Name == name);
        await using var target = await FaultTarget.CreateAsync(application.System);

        var result = await new FaultRun(target, fault, new(), Seed).RunAsync(CancellationToken.None);

        output.WriteLine($"{FaultTable.Header}\n{FaultTable.Line(result)}");
        Assert.Empty(result.Broken);
    }
}
