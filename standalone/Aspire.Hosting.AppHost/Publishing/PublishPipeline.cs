using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>Publishes the application in the place of starting it, and ends the host.</summary>
internal sealed class PublishPipeline(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IConfiguration configuration,
    IOutputSink sink,
    IHostApplicationLifetime application) : IHostedService
{
    private const string PublishStep = "publish";
    private const string DeployStep = "deploy";
    private const string DefaultOutputPath = "aspire-output";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        CheckStep(configuration[PipelineConfiguration.StepKey]);
        var environments = model.Resources
            .Where(resource => resource.TryGetLastAnnotation<PublishingAnnotation>(out _))
            .ToArray();
        if (environments.Length == 0)
        {
            throw new DistributedApplicationException(
                "There is nothing to publish to: the model has no compute environment. Add one, such as builder.AddDockerComposeEnvironment(\"compose\").");
        }

        var outputPath = Path.GetFullPath(configuration[PipelineConfiguration.OutputPathKey] is { Length: > 0 } path ? path : DefaultOutputPath);
        foreach (var environment in environments)
        {
            // Several write files of the same names.
            await PublishAsync(
                environment, environments.Length == 1 ? outputPath : Path.Combine(outputPath, environment.Name), cancellationToken).ConfigureAwait(false);
        }

        // Not before the start is over: an end in the middle of it counts as a failure.
        application.ApplicationStarted.Register(application.StopApplication);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void CheckStep(string? step)
    {
        switch (step)
        {
            case PublishStep:
                return;
            case DeployStep:
                throw new DistributedApplicationException(
                    "The step 'deploy' builds images and starts containers, and standalone mode has no container runtime. Publish with "
                    + "--step publish --output-path <folder>, copy what that writes to a machine that has one, fill in its .env, and run "
                    + "'docker compose up -d' there.");
            case null or "":
                throw new DistributedApplicationException("Say which step to run: --step publish --output-path <folder>.");
            default:
                throw new DistributedApplicationException($"There is no step '{step}': say --step publish --output-path <folder>.");
        }
    }

    private async Task PublishAsync(IResource environment, string outputPath, CancellationToken cancellationToken)
    {
        environment.TryGetLastAnnotation<PublishingAnnotation>(out var publishing);
        try
        {
            var written = await publishing!.Publish(new PublishingContext(model, executionContext, outputPath), cancellationToken).ConfigureAwait(false);
            sink.WriteLine($"Published '{environment.Name}': {string.Join(", ", written)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"Could not write to '{outputPath}': {exception.Message}", exception);
        }
    }
}
