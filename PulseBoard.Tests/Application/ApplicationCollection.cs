namespace PulseBoard.Tests.Application;

/// <summary>Tests that share one running system, and leave its parts alone.</summary>
[CollectionDefinition(Name)]
public sealed class ApplicationCollection : ICollectionFixture<PulseBoardApplication>
{
    public const string Name = "application";
}
