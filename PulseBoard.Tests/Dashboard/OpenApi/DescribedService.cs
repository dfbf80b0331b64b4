using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PulseBoard.Activity.Ingestion;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.ServiceDefaults.Descriptions;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard.OpenApi;

/// <summary>
/// A service whose API is described, in this process and as a deployment runs it, but for its servers, of which none is there: who
/// describes itself asks nobody.
/// </summary>
internal sealed class DescribedService : IDisposable
{
    private readonly IDisposable _factory;

    private DescribedService(string name, IDisposable factory, IServiceProvider services, HttpClient client) =>
        (Name, _factory, Services, Client) = (name, factory, services, client);

    /// <summary>As the file of its description is called.</summary>
    public string Name { get; }

    public IServiceProvider Services { get; }

    public HttpClient Client { get; }

    /// <summary>Its routes, as it maps them.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static DescribedService StartDashboard() => Start<FilterRules>("dashboard");

    public static DescribedService StartActivity() => Start<EventReader>("activity");

    public async Task<string> DescribeAsync() => await Client.GetStringAsync(new Uri(ServiceDescription.Path, UriKind.Relative));

    /// <summary>The operations of its description, each with its method and path.</summary>
    public async Task<IReadOnlyList<DescribedOperation>> OperationsAsync() => DescribedOperation.AllOf(await DescribeAsync());

    public void Dispose()
    {
        Client.Dispose();
        _factory.Dispose();
    }

    private static DescribedService Start<TEntryPoint>(string name)
        where TEntryPoint : class
    {
        var factory = new Factory<TEntryPoint>();
        factory.UseKestrel(port: 0);
        return new(name, factory, factory.Services, factory.CreateClient());
    }

    private sealed class Factory<TEntryPoint> : WebApplicationFactory<TEntryPoint>
        where TEntryPoint : class
    {
        // Nobody listens on the first port.
        private static readonly Dictionary<string, string?> Settings = new()
        {
            ["ConnectionStrings:pulseboard-db"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none;Timeout=1",
            ["ConnectionStrings:rabbitmq"] = "amqp://nobody:none@127.0.0.1:1",
            ["ConnectionStrings:redis"] = "127.0.0.1:1,connectTimeout=100",
            ["Access:ReadKey"] = TestSecrets.ReadKey,
            ["Access:AdministratorToken"] = TestSecrets.AdministratorToken,
            ["Access:IngestionKey"] = TestSecrets.IngestionKey,
            ["Logging:LogLevel:Default"] = "None",
        };

        protected override IHost CreateHost(IHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Production);
            builder.ConfigureHostConfiguration(configuration => configuration.AddInMemoryCollection(Settings));
            return base.CreateHost(builder);
        }
    }
}

/// <summary>An operation of a description.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">Its path, with names in braces.</param>
/// <param name="Json">What is said of it; references are resolved with <see cref="Resolve"/>.</param>
/// <param name="Document">All that is described.</param>
internal sealed record DescribedOperation(string Method, string Path, JsonObject Json, JsonObject Document)
{
    public string Id => (string)Json["operationId"]!;

    public IEnumerable<JsonObject> Parameters => Json["parameters"]?.AsArray().Select(parameter => Resolve(parameter!)) ?? [];

    public IEnumerable<(int Status, JsonObject Response)> Responses =>
        Json["responses"]!.AsObject().Select(response => (int.Parse(response.Key, CultureInfo.InvariantCulture), Resolve(response.Value!)));

    /// <summary>Its path with the examples of its names.</summary>
    public string ExamplePath =>
        Parameters.Where(parameter => (string)parameter["in"]! == "path")
            .Aggregate(Path, (path, parameter) => path.Replace($"{{{(string)parameter["name"]!}}}", Uri.EscapeDataString((string)parameter["example"]!), StringComparison.Ordinal));

    public static IReadOnlyList<DescribedOperation> AllOf(string description)
    {
        var document = JsonNode.Parse(description)!.AsObject();
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new DescribedOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject(), document),
        ];
    }

    public override string ToString() => $"{Method} {Path}";

    private JsonObject Resolve(JsonNode node)
    {
        var found = node.AsObject();
        return (string?)found["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate((JsonNode)Document, (place, name) => place[name]!).AsObject()
            : found;
    }
}
