namespace PulseBoard.Web.Reading;

/// <summary>The Dashboard does not answer such a question, now or later; the message says why, for whoever asked.</summary>
internal sealed class QuestionException(string message) : Exception(message);
