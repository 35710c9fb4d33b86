using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orders;

/// <summary>A call of libgdiplus that did not end well.</summary>
public sealed class GdiException(string message) : Exception(message);

/// <summary>
/// The part of GDI+'s flat API that the chart needs. System.Drawing.Common is for Windows only from .NET 7 on; libgdiplus, which it used on Linux, can still be
/// called by P/Invoke, and some bindings to it do just that.
/// </summary>
internal static partial class Gdi
{
    private const string Library = "libgdiplus";

    public const int PixelFormat32bppArgb = 0x26200A;
    public const int TextRenderingHintAntiAlias = 4;
    public const int UnitPixel = 2;
    public const int FontStyleRegular = 0;
    public const int NoWrap = 0x1000;
    public const int Centre = 1;

    public static readonly Guid PngEncoder = new("557cf406-1a04-11d3-9a73-0000f81ef32e");

    /// <summary>Throws, with the call and its status (GDI+'s Status enumeration), unless the status is Ok.</summary>
    public static void Check(int status, [CallerArgumentExpression(nameof(status))] string call = "")
    {
        if (status != 0) throw new GdiException($"{call} ended with status {status}");
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct StartupInput
    {
        public uint Version;
        public nint DebugEventCallback;
        public int SuppressBackgroundThread;
        public int SuppressExternalCodecs;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct RectF
    {
        public float X, Y, Width, Height;
    }

    /// <summary>Takes a part of an encoded picture and returns how much of it was taken.</summary>
    public delegate int PutBytes(nint data, int length);

    [LibraryImport(Library)]
    public static partial int GdiplusStartup(out nuint token, in StartupInput input, nint output);

    [LibraryImport(Library)]
    public static partial int GdipCreateBitmapFromScan0(int width, int height, int stride, int format, nint scan0, out nint bitmap);

    [LibraryImport(Library)]
    public static partial int GdipDisposeImage(nint image);

    [LibraryImport(Library)]
    public static partial int GdipSaveImageToDelegate_linux(
        nint image, nint get, PutBytes put, nint seek, nint close, nint size, in Guid encoder, nint parameters);

    [LibraryImport(Library)]
    public static partial int GdipGetImageGraphicsContext(nint image, out nint graphics);

    [LibraryImport(Library)]
    public static partial int GdipDeleteGraphics(nint graphics);

    [LibraryImport(Library)]
    public static partial int GdipSetTextRenderingHint(nint graphics, int hint);

    [LibraryImport(Library)]
    public static partial int GdipGraphicsClear(nint graphics, uint colour);

    [LibraryImport(Library)]
    public static partial int GdipCreateSolidFill(uint colour, out nint brush);

    [LibraryImport(Library)]
    public static partial int GdipDeleteBrush(nint brush);

    [LibraryImport(Library)]
    public static partial int GdipFillRectangle(nint graphics, nint brush, float x, float y, float width, float height);

    [LibraryImport(Library)]
    public static partial int GdipGetGenericFontFamilySansSerif(out nint family);

    [LibraryImport(Library)]
    public static partial int GdipDeleteFontFamily(nint family);

    [LibraryImport(Library)]
    public static partial int GdipCreateFont(nint family, float size, int style, int unit, out nint font);

    [LibraryImport(Library)]
    public static partial int GdipDeleteFont(nint font);

    [LibraryImport(Library)]
    public static partial int GdipCreateStringFormat(int flags, ushort language, out nint format);

    [LibraryImport(Library)]
    public static partial int GdipDeleteStringFormat(nint format);

    [LibraryImport(Library)]
    public static partial int GdipSetStringFormatAlign(nint format, int align);

    [LibraryImport(Library)]
    public static partial int GdipSetStringFormatLineAlign(nint format, int align);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
    public static partial int GdipDrawString(nint graphics, string text, int length, nint font, in RectF box, nint format, nint brush);
}
