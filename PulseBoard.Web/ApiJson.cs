using System.Text.Encodings.Web;
using System.Text.Json;

namespace PulseBoard.Web;

/// <summary>JSON of the two APIs.</summary>
internal static class ApiJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As they write and read it.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>As people read it.</summary>
    public static string Write(JsonElement json) => JsonSerializer.Serialize(json, Indented);
}
