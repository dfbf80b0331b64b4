namespace PulseBoard.Tests.Web;

/// <summary>One for the tests of a class that leave nothing behind in it.</summary>
public sealed class SecuredWebFixture : IAsyncLifetime
{
    internal SecuredWeb Web { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Web = await SecuredWeb.StartAsync();

    /// <inheritdoc />
    public async Task DisposeAsync() => await Web.DisposeAsync();
}
