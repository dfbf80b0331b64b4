using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.Descriptions;

/// <summary>Describes the parameters that endpoints declare. Those of the filter are described once, for all that have it.</summary>
internal sealed class ParameterDescriptions : IOpenApiOperationTransformer
{
    private const string Uuid = "uuid";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in metadata.OfType<PathParameter>())
        {
            Put(operation, Describe(parameter));
        }

        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(parameters => parameters.All))
        {
            Put(operation, Describe(parameter));
        }

        if (metadata.OfType<FilterRules>().LastOrDefault() is { } rules)
        {
            foreach (var parameter in rules.All)
            {
                Put(operation, FilterParameters.All.Contains(parameter) ? Shared(parameter, context.Document!) : Describe(parameter));
            }

            operation.Description = $"{operation.Description}{(operation.Description is null ? "" : "\n\n")}{Tell(rules)}";
        }

        return Task.CompletedTask;
    }

    private static string Tell(FilterRules rules)
    {
        var range = rules.DefaultRange switch
        {
            DefaultRange.AllTime => "all time",
            DefaultRange.Year => "the last 365 days, today included",
            _ => "the last 30 days, today included",
        };
        var idle = (rules.UsesInterval, rules.UsesComparison) switch
        {
            (true, true) => "",
            (true, false) => " 'compare' is checked, and has no effect here.",
            (false, true) => " 'interval' is checked, and has no effect here.",
            _ => " 'interval' and 'compare' are checked, and have no effect here.",
        };
        return $"Without 'from' and 'to' it is about {range}.{idle}";
    }

    // In the place of what ASP.NET Core has found out by itself, if it has.
    private static void Put(OpenApiOperation operation, IOpenApiParameter parameter)
    {
        operation.Parameters ??= [];
        for (var index = 0; index < operation.Parameters.Count; index++)
        {
            if (operation.Parameters[index].Name == parameter.Name && operation.Parameters[index].In == parameter.In)
            {
                operation.Parameters[index] = parameter;
                return;
            }
        }

        operation.Parameters.Add(parameter);
    }

    private static OpenApiParameterReference Shared(QueryParameter parameter, OpenApiDocument document)
    {
        if (document.Components?.Parameters?.ContainsKey(parameter.Name) != true)
        {
            document.AddComponent(parameter.Name, Describe(parameter));
        }

        return new(parameter.Name, document);
    }

    private static OpenApiParameter Describe(PathParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Path,
        Required = true,
        Description = parameter.Description,
        Schema = parameter.MaximumLength is { } most
            ? new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = most }
            : new OpenApiSchema { Type = JsonSchemaType.String, Format = Uuid },
        Example = parameter.Example,
    };

    private static OpenApiParameter Describe(QueryParameter parameter)
    {
        var described = new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Schema = SchemaOf(parameter),
        };
        switch (parameter)
        {
            case TimeParameter:
                described.Examples = new Dictionary<string, IOpenApiExample>
                {
                    ["date"] = new OpenApiExample { Value = "2026-11-16" },
                    ["instant"] = new OpenApiExample { Value = "2026-11-16T09:30:00+01:00" },
                };
                break;
            case WordParameter words:
                // Not the first, which is mostly the default.
                described.Example = words.Words[1];
                break;
            case NumberParameter number:
                described.Example = number.Otherwise;
                break;
            case TextParameter { Example: { } example }:
                described.Example = example;
                break;
            case ListParameter list:
                described.Example = new JsonArray(list.Example);
                (described.Style, described.Explode) = (ParameterStyle.Form, true);
                break;
        }

        return described;
    }

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => parameter switch
    {
        TimeParameter => new()
        {
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
                new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            ],
        },
        WordParameter words => new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. words.Words.Select(word => (JsonNode)word)],
            Default = words.Otherwise,
        },
        NumberParameter number => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = number.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = number.Most.ToString(CultureInfo.InvariantCulture),
            Default = number.Otherwise,
        },
        ListParameter list => new()
        {
            Type = JsonSchemaType.Array,
            MaxItems = Parameters.MostValues,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = list.EmptyMeans is null ? 1 : 0, MaxLength = list.MaximumLength },
        },
        TextParameter text => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = text.MaximumLength },
        _ => throw new ArgumentException($"{parameter.GetType().Name} is described nowhere.", nameof(parameter)),
    };
}
