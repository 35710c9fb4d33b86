using System.Runtime.InteropServices;

namespace Orders;

/// <summary>A picture in memory, drawn by libgdiplus. Colours are 0xAARRGGBB, lengths are pixels.</summary>
public sealed class Picture : IDisposable
{
    private readonly nint bitmap, graphics, family;

    static Picture()
    {
        var input = new Gdi.StartupInput { Version = 1 };
        Gdi.Check(Gdi.GdiplusStartup(out _, in input, 0));
    }

    public Picture(int width, int height)
    {
        Gdi.Check(Gdi.GdipCreateBitmapFromScan0(width, height, 0, Gdi.PixelFormat32bppArgb, 0, out bitmap));
        Gdi.Check(Gdi.GdipGetImageGraphicsContext(bitmap, out graphics));
        Gdi.Check(Gdi.GdipSetTextRenderingHint(graphics, Gdi.TextRenderingHintAntiAlias));
        Gdi.Check(Gdi.GdipGetGenericFontFamilySansSerif(out family));
    }

    public void Clear(uint colour) => Gdi.Check(Gdi.GdipGraphicsClear(graphics, colour));

    public void Fill(float x, float y, float width, float height, uint colour)
    {
        Gdi.Check(Gdi.GdipCreateSolidFill(colour, out var brush));
        Gdi.Check(Gdi.GdipFillRectangle(graphics, brush, x, y, width, height));
        Gdi.Check(Gdi.GdipDeleteBrush(brush));
    }

    /// <summary>Writes a text into the middle of a box.</summary>
    public void Text(string text, float x, float y, float width, float height, float size, uint colour)
    {
        var box = new Gdi.RectF { X = x, Y = y, Width = width, Height = height };
        Gdi.Check(Gdi.GdipCreateFont(family, size, Gdi.FontStyleRegular, Gdi.UnitPixel, out var font));
        Gdi.Check(Gdi.GdipCreateStringFormat(Gdi.NoWrap, 0, out var format));
        Gdi.Check(Gdi.GdipSetStringFormatAlign(format, Gdi.Centre));
        Gdi.Check(Gdi.GdipSetStringFormatLineAlign(format, Gdi.Centre));
        Gdi.Check(Gdi.GdipCreateSolidFill(colour, out var brush));
        Gdi.Check(Gdi.GdipDrawString(graphics, text, text.Length, font, in box, format, brush));
        Gdi.Check(Gdi.GdipDeleteBrush(brush));
        Gdi.Check(Gdi.GdipDeleteStringFormat(format));
        Gdi.Check(Gdi.GdipDeleteFont(font));
    }

    /// <summary>The picture as PNG, without a file: the container's file system may be read-only.</summary>
    public byte[] Png()
    {
        using var png = new MemoryStream();
        Gdi.PutBytes put = (data, length) =>
        {
            var part = new byte[length];
            Marshal.Copy(data, part, 0, length);
            png.Write(part);
            return length;
        };
        var encoder = Gdi.PngEncoder;
        Gdi.Check(Gdi.GdipSaveImageToDelegate_linux(bitmap, 0, put, 0, 0, 0, in encoder, 0));
        GC.KeepAlive(put);
        return png.ToArray();
    }

    public void Dispose()
    {
        _ = Gdi.GdipDeleteFontFamily(family);
        _ = Gdi.GdipDeleteGraphics(graphics);
        _ = Gdi.GdipDisposeImage(bitmap);
    }
}
