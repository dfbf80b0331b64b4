using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace PulseBoard.Web.Filtering;

/// <summary>What one browser looks at: the filter of its address, and whether it follows what happens.</summary>
internal sealed class View : IDisposable
{
    /// <summary>What the path of a person's page begins with.</summary>
    public const string PersonPath = "/people/";

    /// <summary>What the path of a team's page begins with.</summary>
    public const string TeamPath = "/teams/";

    private readonly NavigationManager _navigation;
    private (ViewFilter? Filter, string Query) _ofOthers;

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
    public string Address(string path) => (Filter with { Panel = null, Search = null, Metric = null }).Address(path);

    /// <summary>The address of a person's page, over the time of the present filter.</summary>
    public string AddressOfPerson(string user) => AddressOf(PersonPath, user);

    /// <summary>The address of a team's page, over the time of the present filter.</summary>
    public string AddressOfTeam(string team) => AddressOf(TeamPath, team);

    /// <summary>Whom the present page is about; null where it is about nobody in particular.</summary>
    /// <param name="folder">What the paths of such pages begin with.</param>
    // Of the address itself: what routes make of an escaped slash differs between the first rendering and the later ones.
    public string? Subject(string folder) =>
        Path.StartsWith(folder, StringComparison.Ordinal) && Path.Length > folder.Length ? Uri.UnescapeDataString(Path[folder.Length..]) : null;

    public void TogglePause()
    {
        IsPaused = !IsPaused;
        Changed?.Invoke();
    }

    public void Dispose() => _navigation.LocationChanged -= Read;

    // What follows the path is the same for hundreds of links of a page, which are written at each of its renderings.
    private string AddressOf(string folder, string key)
    {
        if (!ReferenceEquals(_ofOthers.Filter, Filter))
        {
            _ofOthers = (Filter, (Filter with { Panel = null, Search = null, People = ValueList.Empty, Teams = ValueList.Empty }).Address(""));
        }

        return string.Concat(folder, Uri.EscapeDataString(key), _ofOthers.Query);
    }

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
