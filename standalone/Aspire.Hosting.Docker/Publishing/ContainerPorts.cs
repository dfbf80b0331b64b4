namespace Aspire.Hosting.Standalone;

/// <summary>Container ports for endpoints that the model gives none, from 8000 up.</summary>
internal sealed class ContainerPorts
{
    private readonly HashSet<int> _used = [];
    private int _next = 8000;

    public void Avoid(int? port)
    {
        if (port is { } number)
        {
            _used.Add(number);
        }
    }

    public int Take()
    {
        while (!_used.Add(_next))
        {
            _next++;
        }

        return _next;
    }
}
