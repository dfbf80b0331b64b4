using System.Globalization;
using System.Text;
using Aspire.Dashboard.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Resources;

/// <summary>The resources and what they write, for the pages.</summary>
internal static class ResourceEndpoints
{
    /// <summary>How long lines are collected before they are sent.</summary>
    private static readonly TimeSpan ConsoleInterval = TimeSpan.FromMilliseconds(100);

    public static void MapResources(this IEndpointRouteBuilder api)
    {
        api.MapGet("/resources", (IResourceSource resources) => View(resources));
        api.MapGet("/resources/{id}/environment/{name}", (IResourceSource resources, string id, string name) =>
            resources.VariableOf(id, name) is { } value ? Results.Ok(new { value }) : Unknown($"'{id}' has no variable '{name}'."));
        api.MapPost("/resources/{id}/commands/{command}", ExecuteAsync);
        api.MapGet("/console/{id}", FollowAsync);
        api.MapGet("/console/{id}/download", DownloadAsync);
    }

    /// <summary>All resources as they are now.</summary>
    public static ResourcesView View(IResourceSource resources) => new(resources.ApplicationName, resources.All());

    private static async Task<IResult> ExecuteAsync(IResourceSource resources, string id, string command, CancellationToken cancellationToken) =>
        await resources.ExecuteAsync(id, command, cancellationToken) is { } failure
            ? Problems.Of(StatusCodes.Status409Conflict, "command_failed", failure)
            : Results.Ok(new { });

    private static async Task FollowAsync(HttpContext context, IResourceSource resources, TimeProvider time, string id, long after = 0)
    {
        if (resources.ConsoleOf(id) is not { } console)
        {
            await UnknownConsole(id).ExecuteAsync(context);
            return;
        }

        var events = new EventWriter(context.Response, time);
        using var timer = new PeriodicTimer(ConsoleInterval, time);

        await events.OpenAsync(context.RequestAborted);
        var last = after;
        do
        {
            var lines = console.After(last);

            // Another host counts anew, and of a flood the oldest lines are gone.
            if (last > console.Last || (last > 0 && lines is [var next, ..] && next.N != last + 1))
            {
                await events.WriteAsync("reset", new { }, context.RequestAborted);
                lines = console.After(0);
            }

            if (lines.Count > 0)
            {
                await events.WriteAsync(name: null, lines, context.RequestAborted);
                last = lines[^1].N;
            }
            else
            {
                await events.KeepAliveAsync(context.RequestAborted);
            }
        }
        while (await timer.WaitForNextTickAsync(context.RequestAborted));
    }

    private static async Task DownloadAsync(HttpContext context, IResourceSource resources, string id)
    {
        if (resources.ConsoleOf(id) is not { } console)
        {
            await UnknownConsole(id).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.log\"";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var line in console.After(0))
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(line.At).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            await writer.WriteLineAsync($"{at} {AnsiEscapes.Remove(line.Text)}");
        }
    }

    private static ProblemHttpResult UnknownConsole(string id) => Unknown($"There is no resource '{id}' with a console.");

    private static ProblemHttpResult Unknown(string detail) => Problems.Of(StatusCodes.Status404NotFound, "unknown_resource", detail);
}
