using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;
using YamlDotNet.Serialization.NamingConventions;

namespace Aspire.Hosting.Standalone;

/// <summary>Writes a compose file as the real publisher formats it.</summary>
internal static class ComposeYaml
{
    public static string Write(object file, string lineEndings) => new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
        .WithEventEmitter(next => new TextQuoting(next))
        .WithNewLine(lineEndings)
        .WithIndentedSequences()
        .Build()
        .Serialize(file);

    /// <summary>Quotes every text that is a value, so that none is taken for a number or a boolean. Keys stay bare.</summary>
    private sealed class TextQuoting(IEventEmitter next) : ChainedEventEmitter(next)
    {
        /// <summary>For each collection that is open, whether its next node is a key.</summary>
        private readonly Stack<bool?> _keyIsNext = new();

        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (!TakesKey() && eventInfo.Source.Type == typeof(string))
            {
                eventInfo.Style = ScalarStyle.DoubleQuoted;
            }

            base.Emit(eventInfo, emitter);
        }

        public override void Emit(MappingStartEventInfo eventInfo, IEmitter emitter)
        {
            TakesKey();
            _keyIsNext.Push(true);
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(MappingEndEventInfo eventInfo, IEmitter emitter)
        {
            _keyIsNext.Pop();
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(SequenceStartEventInfo eventInfo, IEmitter emitter)
        {
            TakesKey();
            _keyIsNext.Push(null);
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(SequenceEndEventInfo eventInfo, IEmitter emitter)
        {
            _keyIsNext.Pop();
            base.Emit(eventInfo, emitter);
        }

        // In a mapping keys and values take turns; in a sequence there are none.
        private bool TakesKey()
        {
            if (!_keyIsNext.TryPop(out var isKey))
            {
                return false;
            }

            _keyIsNext.Push(!isKey);
            return isKey == true;
        }
    }
}
