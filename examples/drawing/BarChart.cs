using System;
using System.Globalization;

namespace Drawing
{
    /// <summary>One bar: what stands below it, and how high it is.</summary>
    public struct Bar
    {
        public readonly string Label;
        public readonly int Value;

        public Bar(string label, int value)
        {
            Label = label;
            Value = value;
        }
    }

    /// <summary>Lays a bar chart out on a canvas of a fixed size.</summary>
    public static class BarChart
    {
        public const int Width = 800;
        public const int Height = 480;

        private const uint Background = 0xFFFFFFFF;
        private const uint Ink = 0xFF1B2A3A;
        private const uint FaintInk = 0xFF52616F;
        private const uint GridLine = 0xFFDDE3E8;
        private const uint BarColour = 0xFF1D63ED;

        private const float PlotLeft = 100, PlotTop = 100, PlotRight = 770, PlotBottom = 410;
        private const float LabelHeight = 24;

        /// <summary>Draws title, subtitle, axis and bars. Values are not negative.</summary>
        public static void Draw(Canvas canvas, string title, string subtitle, string axis, Bar[] bars)
        {
            canvas.Clear(Background);
            canvas.Text(title, new Box(0, 14, Width, 40), 28, Ink, Align.Centre);
            canvas.Text(subtitle, new Box(0, 54, Width, LabelHeight), 15, FaintInk, Align.Centre);
            canvas.TextUpwards(axis, 30, (PlotTop + PlotBottom) / 2, PlotBottom - PlotTop, LabelHeight, 15, FaintInk);

            var step = GridStep(Highest(bars));
            var top = step * (int)Math.Ceiling(Highest(bars) / (double)step);
            for (var value = 0; value <= top; value += step)
            {
                var y = HeightOf(value, top);
                canvas.Line(PlotLeft, y, PlotRight, y, value == 0 ? Ink : GridLine);
                canvas.Text(Number(value), new Box(44, y - LabelHeight / 2, PlotLeft - 52, LabelHeight), 13, FaintInk, Align.Right);
            }

            var slot = (PlotRight - PlotLeft) / bars.Length;
            for (var index = 0; index < bars.Length; index++)
            {
                var left = PlotLeft + index * slot;
                var y = HeightOf(bars[index].Value, top);
                canvas.Fill(new Box(left + slot * 0.2f, y, slot * 0.6f, PlotBottom - y), BarColour);
                canvas.Text(Number(bars[index].Value), new Box(left, y - LabelHeight, slot, LabelHeight), 15, Ink, Align.Centre);
                canvas.Text(bars[index].Label, new Box(left, PlotBottom + 10, slot, LabelHeight), 15, Ink, Align.Centre);
            }
        }

        private static float HeightOf(int value, int top)
        {
            return PlotBottom - (PlotBottom - PlotTop) * value / top;
        }

        /// <summary>The distance of grid lines: 1, 2 or 5 times a power of ten, so that at most six lines stand above the axis.</summary>
        private static int GridStep(int highest)
        {
            for (var power = 1; ; power *= 10)
            {
                foreach (var digit in new[] { 1, 2, 5 })
                {
                    if (highest <= 6 * digit * power) return digit * power;
                }
            }
        }

        private static int Highest(Bar[] bars)
        {
            var highest = 1;
            foreach (var bar in bars) highest = Math.Max(highest, bar.Value);
            return highest;
        }

        private static string Number(int value)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }
    }
}
