namespace Orders;

/// <summary>How many orders came on one day.</summary>
public sealed record Day(string Name, int Orders);

/// <summary>The orders of this week, in memory. Safe to use from several requests at once.</summary>
public sealed class Week
{
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private readonly int[] orders = [41, 38, 52, 47, 63, 85, 29];
    private readonly Lock access = new();

    public IReadOnlyList<Day> Days()
    {
        lock (access) return [.. Names.Zip(orders, (name, count) => new Day(name, count))];
    }

    /// <summary>Counts one more order; false when no day has the name.</summary>
    public bool Add(string day)
    {
        var index = Array.IndexOf(Names, day);
        if (index < 0) return false;
        lock (access) orders[index]++;
        return true;
    }
}
