using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Data.Rollups;

public sealed class CellsTests
{
    [Fact]
    public void Packed_cells_come_back_in_order_and_added_up_whatever_they_are()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var cells = Enumerable.Range(0, random.Next(200))
                .Select(_ => new Cell(random.Next(1 << random.Next(1, 20)), random.Next(1 << random.Next(1, 20)), random.NextInt64(-3, 4) * random.NextInt64(1, 1L << random.Next(1, 60))))
                .ToList();

            var half = cells.Count / 2;
            var packed = Cells.Merge(Cells.Pack(cells[..half]), cells[half..]);

            Assert.Equal(Expected(cells), Cells.Unpack(packed));
        }
    }

    [Fact]
    public void What_was_added_and_taken_back_leaves_nothing()
    {
        Cell[] cells = [new(0, 0, 1), new(3, 2975, long.MaxValue), new(3, 5, -7)];

        Assert.Empty(Cells.Merge(Cells.Pack(cells), cells.Select(cell => cell with { Count = -cell.Count })));
    }

    [Fact]
    public void A_reader_may_skip_codes_and_leave_one_midway()
    {
        var packed = Cells.Pack([new(0, 1, 5), new(0, 2, 1), new(7, 0, 300), new(9, 3, 1), new(9, 4, 2)]);
        var reader = new CellReader(packed);

        Assert.True(reader.NextCode() && reader.Next());
        Assert.True(reader.NextCode());
        Assert.Equal(7, reader.Code);
        Assert.True(reader.NextCode() && reader.Next() && reader.Next());
        Assert.Equal((9, 4, 2L), (reader.Code, reader.Offset, reader.Count));
        Assert.False(reader.Next());
        Assert.False(reader.NextCode());
    }

    [Fact]
    public void A_persons_month_takes_about_a_byte_for_each_number()
    {
        // Eight types of some eight events a day each, on 22 days.
        var cells = from type in Enumerable.Range(1, 8)
                    from day in Enumerable.Range(0, 22)
                    from hour in Enumerable.Range(0, 8)
                    select new Cell(type, (day * QuarterHour.PerDay) + 36 + (hour * 4), 1);

        Assert.InRange(Cells.Pack(cells).Length, 1, 8 * 22 * 8 * 1.2);
    }

    private static List<Cell> Expected(IEnumerable<Cell> cells) =>
        [.. cells.GroupBy(cell => (cell.Code, cell.Offset))
            .Select(group => new Cell(group.Key.Code, group.Key.Offset, group.Sum(cell => cell.Count)))
            .Where(cell => cell.Count != 0)
            .OrderBy(cell => cell.Code).ThenBy(cell => cell.Offset)];
}
