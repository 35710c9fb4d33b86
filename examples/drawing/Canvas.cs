using System;

namespace Drawing
{
    /// <summary>A rectangle in pixels.</summary>
    public struct Box
    {
        public readonly float X, Y, Width, Height;

        public Box(float x, float y, float width, float height)
        {
            X = x;
            Y = y;
            Width = width;
            Height = height;
        }
    }

    /// <summary>Where a text stands in its box. The values are GDI+'s StringAlignment.</summary>
    public enum Align
    {
        Left = 0,
        Centre = 1,
        Right = 2,
    }

    /// <summary>A picture in memory, drawn by GDI+. Colours are 0xAARRGGBB.</summary>
    public sealed class Canvas : IDisposable
    {
        private readonly UIntPtr token;
        private readonly IntPtr bitmap, graphics, family;

        public Canvas(int width, int height)
        {
            var input = new GdiPlus.StartupInput { Version = 1 };
            GdiPlus.Check(GdiPlus.GdiplusStartup(out token, ref input, IntPtr.Zero), "GdiplusStartup");
            GdiPlus.Check(
                GdiPlus.GdipCreateBitmapFromScan0(width, height, 0, GdiPlus.PixelFormat32bppArgb, IntPtr.Zero, out bitmap),
                "GdipCreateBitmapFromScan0");
            GdiPlus.Check(GdiPlus.GdipGetImageGraphicsContext(bitmap, out graphics), "GdipGetImageGraphicsContext");
            GdiPlus.Check(GdiPlus.GdipSetTextRenderingHint(graphics, GdiPlus.TextRenderingHintAntiAlias), "GdipSetTextRenderingHint");
            GdiPlus.Check(GdiPlus.GdipGetGenericFontFamilySansSerif(out family), "GdipGetGenericFontFamilySansSerif");
        }

        public void Clear(uint colour)
        {
            GdiPlus.Check(GdiPlus.GdipGraphicsClear(graphics, colour), "GdipGraphicsClear");
        }

        public void Fill(Box box, uint colour)
        {
            WithBrush(colour, brush =>
                GdiPlus.Check(
                    GdiPlus.GdipFillRectangle(graphics, brush, box.X, box.Y, box.Width, box.Height), "GdipFillRectangle"));
        }

        public void Line(float x1, float y1, float x2, float y2, uint colour)
        {
            IntPtr pen;
            GdiPlus.Check(GdiPlus.GdipCreatePen1(colour, 1, GdiPlus.UnitPixel, out pen), "GdipCreatePen1");
            GdiPlus.Check(GdiPlus.GdipDrawLine(graphics, pen, x1, y1, x2, y2), "GdipDrawLine");
            GdiPlus.Check(GdiPlus.GdipDeletePen(pen), "GdipDeletePen");
        }

        /// <summary>Writes a text into a box, in the middle of its height.</summary>
        public void Text(string text, Box box, float size, uint colour, Align align)
        {
            IntPtr font, format;
            GdiPlus.Check(GdiPlus.GdipCreateFont(family, size, GdiPlus.FontStyleRegular, GdiPlus.UnitPixel, out font), "GdipCreateFont");
            GdiPlus.Check(GdiPlus.GdipCreateStringFormat(GdiPlus.StringFormatNoWrap, 0, out format), "GdipCreateStringFormat");
            GdiPlus.Check(GdiPlus.GdipSetStringFormatAlign(format, (int)align), "GdipSetStringFormatAlign");
            GdiPlus.Check(GdiPlus.GdipSetStringFormatLineAlign(format, (int)Align.Centre), "GdipSetStringFormatLineAlign");
            var layout = new GdiPlus.RectF { X = box.X, Y = box.Y, Width = box.Width, Height = box.Height };
            WithBrush(colour, brush =>
                GdiPlus.Check(
                    GdiPlus.GdipDrawString(graphics, text, text.Length, font, ref layout, format, brush), "GdipDrawString"));
            GdiPlus.Check(GdiPlus.GdipDeleteStringFormat(format), "GdipDeleteStringFormat");
            GdiPlus.Check(GdiPlus.GdipDeleteFont(font), "GdipDeleteFont");
        }

        /// <summary>Writes a text that runs upwards; its middle is at (x, y).</summary>
        public void TextUpwards(string text, float x, float y, float length, float height, float size, uint colour)
        {
            GdiPlus.Check(GdiPlus.GdipTranslateWorldTransform(graphics, x, y, GdiPlus.MatrixOrderPrepend), "GdipTranslateWorldTransform");
            GdiPlus.Check(GdiPlus.GdipRotateWorldTransform(graphics, -90, GdiPlus.MatrixOrderPrepend), "GdipRotateWorldTransform");
            Text(text, new Box(-length / 2, -height / 2, length, height), size, colour, Align.Centre);
            GdiPlus.Check(GdiPlus.GdipResetWorldTransform(graphics), "GdipResetWorldTransform");
        }

        /// <summary>Writes the picture as PNG.</summary>
        public void Save(string file)
        {
            var encoder = GdiPlus.PngEncoder;
            GdiPlus.Check(GdiPlus.GdipSaveImageToFile(bitmap, file, ref encoder, IntPtr.Zero), "GdipSaveImageToFile of " + file);
        }

        public void Dispose()
        {
            GdiPlus.GdipDeleteFontFamily(family);
            GdiPlus.GdipDeleteGraphics(graphics);
            GdiPlus.GdipDisposeImage(bitmap);
            GdiPlus.GdiplusShutdown(token);
        }

        private static void WithBrush(uint colour, Action<IntPtr> use)
        {
            IntPtr brush;
            GdiPlus.Check(GdiPlus.GdipCreateSolidFill(colour, out brush), "GdipCreateSolidFill");
            use(brush);
            GdiPlus.Check(GdiPlus.GdipDeleteBrush(brush), "GdipDeleteBrush");
        }
    }
}
