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
              batch       batches of 100 events from 16 clients, beside multi-row inserts over one connection
              lag         from a 202 to the event in the rollups, at a light load
              drain       a backlog that is counted by one worker or more, beside the rate of single events
              memory      the memory of Activity and Analytics under full load
              growth      ingestion and draining with millions of events stored, beside the same on an empty database
              read        every question of the read API: computed, over 90 days and a year, in the reporting zone and in
                          another; from the cache, beside an endpoint that returns a constant of the same size; and what
                          a million events take in the database
              summary     the summary of 10,000 people over 30 days: computed, from the cache, and how often it is computed
                          for 64 clients at once
              listeners   from a 202 to the notice on one stream and on 2,000, and what these take of memory
              pages       the overview in a browser: how soon it is usable, its bytes on the wire, and what 200 open ones take
                          of Web at 1,000 events a second, and how soon each shows an event (Chromium is needed)
              beside      single events from 64 clients, alone and beside 20 readers of an overview, in turn
              telemetry   single events from 64 clients, without telemetry and with all of it in the host's dashboard, in turn
              all         all of these, single with 64, 256 and 1 clients

            It starts a PulseBoard with data of its own, which are thrown away; single, batch and lag can also measure
            one that runs on this machine, and what they store stays there, under people whose names end with .bench.example:

              --url <address>       its ingestion API, such as http://localhost:3001
              --database <string>   the connection string of its database, for all that is checked or measured there

            read and summary can measure one that runs on this machine, too, as it is: nothing is stored in it. Before each
            question the metrics version is bumped, so that its open pages ask anew; summary holds all answers for a second:

              --dashboard <address> its read API, such as http://localhost:8000; --database is by default that of the
                                    PulseBoard of this machine

            pages can measure one that runs on this machine, too, but for the many open ones:

              --web <address>       its pages, such as http://localhost:3000

              --rounds 3            how often each measurement is made; medians are reported
              --seconds 10          how long each takes
              --warm-up 3           the same load before that, unmeasured
              --connections <n>     clients at once; several numbers, such as 1,64,256, are measured one after the other
              --rate <n>            an open loop: so many requests a second are due, whether or not the answers come
              --workers 1           workers that drain; several numbers, such as 1,2,4, are measured one after the other
              --backlog 500000      events that they drain
              --minutes 10          how long memory is watched
              --history 10000000    events that are there already in growth
              --events 1000000      events that a system of its own has in read, pages and beside (2,000,000 in summary)
              --people 200          people of these (10,000 in summary)
              --requests 30         how often each question is asked in a round, and how many notices are watched
              --only <text>         the questions of read with this in their names, such as leaderboard; of pages: usable,
                                    traffic or dashboards
              --plans               prints the query plans of the three slowest questions (a superuser's database)
              --listeners 2000      open streams
              --dashboards 200      open overviews: one in a browser, the others as circuits without one
              --readers 20          readers
              --json <file>         writes the results as JSON, too

              freshness [web address]   from a 202 to the change on an open page, over 30 posts one at a time
                                        by a made-up person, who stays in the data
                                        (the address is http://localhost:3000 by default; it must be this machine's)

              faults [--minutes 60] [--fault name] [--seed n]
                                        what goes wrong, one after the other, in a system of its own under load,
                                        with every invariant looked at after each; ends at the first that is broken

              seed [--demo] [options]   a believable history of a company, written into a database and counted by the code
                                        of Analytics; the database has no events, and PulseBoard may run meanwhile

              --demo                25 people in 5 teams, 120 days, 35,000 events: a company to look at
              --events 1000000      how many events, exactly
              --people 200          how many people
              --teams 12            how many teams
              --days 365            how many days it goes back
              --until <instant>     when it ends, such as 2026-11-26T18:00Z; now by default
              --seed 1              whose history: the same number, size and end give the same one
              --add                 the database may have events, and gets more (of people who may be there already)
              --database <string>   its connection string; by default that of the PulseBoard of this machine
            """);
        return 2;
    }
}
