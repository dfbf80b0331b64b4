namespace PulseBoard.Tests.Faults;

/// <summary>Tests that stop and kill parts of a system of their own, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class FaultsCollection : ICollectionFixture<FaultyApplication>
{
    public const string Name = "faults";
}
