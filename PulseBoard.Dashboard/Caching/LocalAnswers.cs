using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// Answers in this process: the last one of each question, within a number of bytes. What was not asked for again goes first: an
/// answer that comes to its turn and was used since gets another one (second chance), so reading needs no lock.
/// </summary>
internal sealed class LocalAnswers(IOptions<CachingOptions> options, TimeProvider time)
{
    // About what an entry takes beside its bytes and its key.
    private const int EntryOverhead = 512;

    private readonly long _maximumBytes = options.Value.LocalBytes;
    private readonly ConcurrentDictionary<AnswerKey, LocalAnswer> _answers = new();

    // The rest belongs to the lock: the answers, those whose turn it is first.
    private readonly Lock _lock = new();
    private readonly LinkedList<LocalAnswer> _turns = new();
    private long _bytes;

    /// <summary>Bytes that the answers take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The answer that was kept for a question, unless it is too old.</summary>
    public LocalAnswer? Find(in AnswerKey key)
    {
        if (!_answers.TryGetValue(key, out var kept) || time.GetTimestamp() >= kept.ExpiresAt)
        {
            return null;
        }

        kept.Use();
        return kept;
    }

    /// <summary>Keeps an answer in the place of an earlier one.</summary>
    /// <param name="key">The question.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="version">The version that was known before it was computed.</param>
    /// <param name="lifetime">How long it lives.</param>
    public void Keep(in AnswerKey key, Answer answer, VersionKnowledge version, TimeSpan lifetime)
    {
        var expiresAt = time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
        var added = new LocalAnswer(key, answer, version.Epoch, version.Version, expiresAt, Size(key, answer));
        if (lifetime <= TimeSpan.Zero || added.Bytes > _maximumBytes)
        {
            return;
        }

        lock (_lock)
        {
            if (_answers.TryGetValue(key, out var earlier))
            {
                if ((earlier.Epoch, earlier.Version).CompareTo((added.Epoch, added.Version)) > 0)
                {
                    return;
                }

                Remove(earlier);
            }

            _answers[key] = added;
            added.Turn = _turns.AddLast(added);
            _bytes += added.Bytes;
            MakeRoom();
        }
    }

    private static long Size(in AnswerKey key, Answer answer) => EntryOverhead + answer.Entry.Length + (sizeof(char) * (long)key.Key.Length);

    private void MakeRoom()
    {
        var now = time.GetTimestamp();
        while (_turns.First is { Value: var first } && (_bytes > _maximumBytes || now >= first.ExpiresAt))
        {
            if (now < first.ExpiresAt && first.TakeUse())
            {
                _turns.Remove(first.Turn!);
                _turns.AddLast(first.Turn!);
            }
            else
            {
                Remove(first);
            }
        }
    }

    private void Remove(LocalAnswer answer)
    {
        _answers.TryRemove(answer.Key, out _);
        _turns.Remove(answer.Turn!);
        _bytes -= answer.Bytes;
    }
}
