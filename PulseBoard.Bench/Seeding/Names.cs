namespace PulseBoard.Bench.Seeding;

/// <summary>Names of made-up people and teams.</summary>
internal static class Names
{
    private static readonly string[] First =
    [
        "Maya", "Jonas", "Priya", "Alex", "Zoë", "Mateo", "Aarav", "Nora", "Kim", "Lukas", "Sita", "Emma", "Diego", "Ananya", "Tomás",
        "Hannah", "Bikash", "Olivia", "Rohan", "Clara", "Ethan", "Ines", "Arjun", "Sofia", "Noah", "Leila", "Prakash", "Grace", "Felix",
        "Aiko", "Samuel", "Meera", "Oskar", "Chloé", "Dev", "Ida", "Rafael", "Tara", "Moritz", "Jasmine", "Nabin", "Eva", "Carlos",
        "Ruth", "Vikram", "Lea", "Ahmed", "Isla", "Kenji", "Amara", "Paul", "Nisha", "Björn", "Camila", "Theo", "Anjali", "Simon",
        "Yuki", "Julia", "Omar", "Freya", "Suresh", "Marta", "Daniel",
    ];

    private static readonly string[] Last =
    [
        "Chen", "Weber", "Sharma", "Rivera", "Müller", "Okafor", "Thapa", "Johnson", "Park", "Schneider", "Gurung", "Silva", "Patel",
        "Andersson", "Nguyen", "Fischer", "Iyer", "Martínez", "Brown", "Hoffmann", "Shrestha", "Costa", "Kapoor", "Larsen", "Tanaka",
        "Becker", "Reddy", "Almeida", "Walker", "Krüger", "Rai", "O'Brien", "Haddad", "Lindqvist", "Desai", "Wagner", "Karki",
        "Oliveira", "Baker", "Neumann", "Mehta", "García", "Cohen", "Zimmermann", "Joshi", "Kowalski", "Mwangi", "Schröder", "Bose",
        "Ferreira", "Hughes", "Vogel", "Adhikari", "Rossi", "Kaur", "Clarke", "Braun", "Menon", "Santos", "Novak", "Singh", "Richter",
        "Bhandari", "Wilson",
    ];

    private static readonly string[] TeamNames =
    [
        "Platform", "Web", "Mobile", "Design", "Support", "Payments", "Search", "Data", "Infrastructure", "Security", "Growth",
        "Onboarding", "Billing", "Checkout", "Identity", "Messaging", "Notifications", "Analytics", "Reporting", "Integrations",
        "Developer Experience", "Quality", "Release", "Observability", "Storage", "Networking", "Edge", "Machine Learning",
        "Recommendations", "Pricing", "Partnerships", "Localization", "Accessibility", "Compliance", "Privacy", "Fraud", "Logistics",
        "Inventory", "Catalog", "Content", "Community", "Customer Support", "Sales Tools", "Marketing Tools", "Finance Tools",
        "People Tools", "Brand Design", "Research", "Labs", "Documentation",
    ];

    /// <summary>What a team is called.</summary>
    /// <param name="number">Its number, from 0.</param>
    public static string Team(int number) => Numbered(TeamNames[number % TeamNames.Length], number / TeamNames.Length);

    /// <summary>What a person is called: somebody else for every number.</summary>
    /// <param name="seed">The history.</param>
    /// <param name="number">The person's number, from 0.</param>
    public static string Person(int seed, int number)
    {
        // The last names go round with the first ones, and each time that they meet again one further: all pairs, once.
        var random = new SeedRandom(seed, (int)SeedPurpose.Names);
        var (first, last) = (random.Next(First.Length), random.Next(Last.Length));
        var (round, place) = (number / First.Length, number % First.Length);
        return Numbered(
            $"{First[(first + (place * 23)) % First.Length]} {Last[(last + (place * 37) + round) % Last.Length]}",
            number / (First.Length * Last.Length));
    }

    /// <summary>A name as it stands in an address or a key: lower case, no accents, and this between its words.</summary>
    public static string Plain(string name, char between)
    {
        const string Accented = "áãäåçéëíñóöøúü";
        const string Bare = "aaaaceeinooouu";
        return string.Concat(name.ToLowerInvariant().Where(character => character != '\'').Select(character =>
            character == ' ' ? between
            : Accented.IndexOf(character, StringComparison.Ordinal) is >= 0 and var place ? Bare[place]
            : character));
    }

    private static string Numbered(string name, int round) => round == 0 ? name : FormattableString.Invariant($"{name} {round + 1}");
}
