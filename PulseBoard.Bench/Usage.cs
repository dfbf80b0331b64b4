namespace PulseBoard.Bench;

/// <summary>What the command line takes.</summary>
internal static class Usage
{
    public static int Print()
    {
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project PulseBoard.Bench -- <measurement>

              freshness [web address]   from a 202 to the change on an open page, over 30 posts one at a time
                                        by a made-up person, who stays in the data
                                        (the address is http://localhost:3000 by default; it must be this machine's)
            """);
        return 2;
    }
}
