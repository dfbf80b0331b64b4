using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace PulseBoard.Web.Filtering;

/// <summary>What one browser looks at: the filter of its address, and whether it follows what happens.</summary>
internal sealed class View : IDisposable
{
    private readonly NavigationManager _navigation;

    public View(NavigationManager navigation)
    {
        _navigation = navigation;
        Filter = ViewFilter.Parse(navigation.Uri);
        navigation.LocationChanged += Read;
    }

    /// <summary>After the filter or <see cref="IsPaused"/> has changed.</summary>
    public event Action? Changed;

    public ViewFilter Filter { get; private set; }

    /// <summary>Whether what is shown stays as it is.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The page, without the filter.</summary>
    public string Path => new Uri(_navigation.Uri).AbsolutePath;

    /// <summary>Goes to the same page with another filter.</summary>
    public void Show(ViewFilter filter) => _navigation.NavigateTo(filter.Address(Path));

    /// <summary>The address of a page with the present filter.</summary>
    public string Address(string path) => (Filter with { Panel = null }).Address(path);

    /// <summary>The address of the overview of one person, over the time of the present filter.</summary>
    public string AddressOfPerson(string user) => (Filter with { Panel = null, People = ValueList.Of([user]), Teams = ValueList.Empty }).Address("/");

    public void TogglePause()
    {
        IsPaused = !IsPaused;
        Changed?.Invoke();
    }

    public void Dispose() => _navigation.LocationChanged -= Read;

    private void Read(object? sender, LocationChangedEventArgs location)
    {
        var filter = ViewFilter.Parse(location.Location);
        if (filter != Filter)
        {
            Filter = filter;
            Changed?.Invoke();
        }
    }
}
