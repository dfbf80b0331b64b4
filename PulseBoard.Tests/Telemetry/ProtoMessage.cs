using Google.Protobuf;

namespace PulseBoard.Tests.Telemetry;

/// <summary>A protocol buffer without its schema: fields by their numbers.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> _fields = [];

    public ProtoMessage(byte[] encoded)
    {
        var input = new CodedInputStream(encoded);
        while (input.ReadTag() is not 0 and var tag)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            _fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (number, input.ReadUInt64(), []),
                WireFormat.WireType.Fixed64 => (number, input.ReadFixed64(), []),
                WireFormat.WireType.Fixed32 => (number, input.ReadFixed32(), []),
                WireFormat.WireType.LengthDelimited => (number, 0, input.ReadBytes().ToByteArray()),
                var other => throw new InvalidDataException($"Wire type {other} of field {number} is unknown."),
            });
        }
    }

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    /// <summary>A field of that number, or the default of its type.</summary>
    public ulong Number(int number) => _fields.Find(field => field.Number == number).Value;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(Number(number));

    public byte[] Bytes(int number) => _fields.Find(field => field.Number == number).Bytes ?? [];

    public string Text(int number) => System.Text.Encoding.UTF8.GetString(Bytes(number));

    public ProtoMessage Message(int number) => new(Bytes(number));

    /// <summary>All fields of that number.</summary>
    public IEnumerable<ProtoMessage> Messages(int number) =>
        _fields.Where(field => field.Number == number).Select(field => new ProtoMessage(field.Bytes));
}
