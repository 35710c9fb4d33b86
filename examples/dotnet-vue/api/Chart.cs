namespace Orders;

/// <summary>Draws the week's orders as a bar chart.</summary>
public static class Chart
{
    private const int Width = 720, Height = 360;
    private const float Left = 30, Right = Width - 30, Top = 60, Bottom = Height - 50;
    private const uint Paper = 0xFFFFFFFF, Ink = 0xFF1B2A3A, Bar = 0xFF3BA776, Highest = 0xFF1D63ED;

    // libgdiplus promises nothing to threads that draw at the same time.
    private static readonly Lock Access = new();

    /// <summary>Returns a PNG. Throws GdiException when libgdiplus fails, and DllNotFoundException when it is not there.</summary>
    public static byte[] Draw(IReadOnlyList<Day> days)
    {
        lock (Access)
        {
            using var picture = new Picture(Width, Height);
            picture.Clear(Paper);
            picture.Text("Orders of this week", 0, 12, Width, 30, 22, Ink);
            var most = Math.Max(1, days.Max(day => day.Orders));
            var slot = (Right - Left) / days.Count;
            for (var index = 0; index < days.Count; index++)
            {
                var (name, orders) = days[index];
                var height = (Bottom - Top - 24) * orders / most;
                var left = Left + index * slot;
                picture.Fill(left + slot * 0.15f, Bottom - height, slot * 0.7f, height, orders == most ? Highest : Bar);
                picture.Text($"{orders}", left, Bottom - height - 24, slot, 24, 15, Ink);
                picture.Text(name, left, Bottom + 8, slot, 24, 15, Ink);
            }
            picture.Fill(Left, Bottom, Right - Left, 1, Ink);
            return picture.Png();
        }
    }
}
