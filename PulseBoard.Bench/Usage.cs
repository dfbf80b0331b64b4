namespace PulseBoard.Bench;

/// <summary>What the command line takes.</summary>
internal static class Usage
{
    public static int Print()
    {
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project PulseBoard.Bench -- <scenario> [options]

              single      single events from 64 clients, beside an endpoint that does nothing
                          (with --connections 1 also beside one committed insert)

              --rounds 3            how often each measurement is made; medians are reported
              --seconds 10          how long each takes
              --warm-up 3           the same load before that, unmeasured
              --connections 64      clients at once; several numbers, such as 1,64,256, are measured one after the other
              --rate <n>            an open loop: so many requests a second are due, whether or not the answers come
              --url <address>       the ingestion API of a PulseBoard that runs on this machine, such as http://localhost:3001
              --database <string>   the connection string of its database, for what needs it
              --json <file>         writes the results as JSON, too

              freshness [web address]   from a 202 to the change on an open page, over 30 posts one at a time
                                        by a made-up person, who stays in the data
                                        (the address is http://localhost:3000 by default; it must be this machine's)

            What a scenario stores stays in the data, under people whose names end with .bench.example.
            """);
        return 2;
    }
}
