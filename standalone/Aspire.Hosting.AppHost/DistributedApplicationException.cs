namespace Aspire.Hosting;

/// <summary>The model is wrong, or a part of the application cannot do what was asked of it.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>An error without words.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>An error with an explanation.</summary>
    /// <param name="message">What is wrong.</param>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>An error with an explanation and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">The cause.</param>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
