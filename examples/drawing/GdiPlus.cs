using System;
using System.Runtime.InteropServices;

namespace Drawing
{
    /// <summary>A call of GDI+ that did not end well.</summary>
    public sealed class GdiPlusException : Exception
    {
        public GdiPlusException(string message) : base(message)
        {
        }
    }

    /// <summary>
    /// The part of GDI+'s flat API that the chart needs, declared as Windows programs declare it: gdiplus.dll, UTF-16 strings. Linux has the same
    /// functions in libgdiplus; the loader finds them by a link of that name.
    /// </summary>
    internal static class GdiPlus
    {
        private const string Library = "gdiplus.dll";

        public const int PixelFormat32bppArgb = 0x26200A;
        public const int TextRenderingHintAntiAlias = 4;
        public const int UnitPixel = 2;
        public const int FontStyleRegular = 0;
        public const int StringFormatNoWrap = 0x1000;
        public const int MatrixOrderPrepend = 0;

        public static readonly Guid PngEncoder = new Guid("557cf406-1a04-11d3-9a73-0000f81ef32e");

        private static readonly string[] Statuses =
        {
            "Ok", "GenericError", "InvalidParameter", "OutOfMemory", "ObjectBusy", "InsufficientBuffer", "NotImplemented", "Win32Error", "WrongState",
            "Aborted", "FileNotFound", "ValueOverflow", "AccessDenied", "UnknownImageFormat", "FontFamilyNotFound", "FontStyleNotFound",
            "NotTrueTypeFont", "UnsupportedGdiplusVersion", "GdiplusNotInitialized", "PropertyNotFound", "PropertyNotSupported",
        };

        /// <summary>Throws, with the name of the call and of its status, unless the status is Ok.</summary>
        public static void Check(int status, string call)
        {
            if (status == 0) return;
            var name = status > 0 && status < Statuses.Length ? Statuses[status] : "status " + status;
            throw new GdiPlusException(call + " failed: " + name);
        }

        [StructLayout(LayoutKind.Sequential)]
        public struct StartupInput
        {
            public uint Version;
            public IntPtr DebugEventCallback;
            public int SuppressBackgroundThread;
            public int SuppressExternalCodecs;
        }

        [StructLayout(LayoutKind.Sequential)]
        public struct RectF
        {
            public float X, Y, Width, Height;
        }

        [DllImport(Library)]
        public static extern int GdiplusStartup(out UIntPtr token, ref StartupInput input, IntPtr output);

        [DllImport(Library)]
        public static extern void GdiplusShutdown(UIntPtr token);

        [DllImport(Library)]
        public static extern int GdipCreateBitmapFromScan0(int width, int height, int stride, int format, IntPtr scan0, out IntPtr bitmap);

        [DllImport(Library)]
        public static extern int GdipDisposeImage(IntPtr image);

        [DllImport(Library, CharSet = CharSet.Unicode)]
        public static extern int GdipSaveImageToFile(IntPtr image, string file, ref Guid encoder, IntPtr parameters);

        [DllImport(Library)]
        public static extern int GdipGetImageGraphicsContext(IntPtr image, out IntPtr graphics);

        [DllImport(Library)]
        public static extern int GdipDeleteGraphics(IntPtr graphics);

        [DllImport(Library)]
        public static extern int GdipSetTextRenderingHint(IntPtr graphics, int hint);

        [DllImport(Library)]
        public static extern int GdipTranslateWorldTransform(IntPtr graphics, float dx, float dy, int order);

        [DllImport(Library)]
        public static extern int GdipRotateWorldTransform(IntPtr graphics, float angle, int order);

        [DllImport(Library)]
        public static extern int GdipResetWorldTransform(IntPtr graphics);

        [DllImport(Library)]
        public static extern int GdipGraphicsClear(IntPtr graphics, uint colour);

        [DllImport(Library)]
        public static extern int GdipCreateSolidFill(uint colour, out IntPtr brush);

        [DllImport(Library)]
        public static extern int GdipDeleteBrush(IntPtr brush);

        [DllImport(Library)]
        public static extern int GdipFillRectangle(IntPtr graphics, IntPtr brush, float x, float y, float width, float height);

        [DllImport(Library)]
        public static extern int GdipCreatePen1(uint colour, float width, int unit, out IntPtr pen);

        [DllImport(Library)]
        public static extern int GdipDeletePen(IntPtr pen);

        [DllImport(Library)]
        public static extern int GdipDrawLine(IntPtr graphics, IntPtr pen, float x1, float y1, float x2, float y2);

        [DllImport(Library)]
        public static extern int GdipGetGenericFontFamilySansSerif(out IntPtr family);

        [DllImport(Library)]
        public static extern int GdipDeleteFontFamily(IntPtr family);

        [DllImport(Library)]
        public static extern int GdipCreateFont(IntPtr family, float size, int style, int unit, out IntPtr font);

        [DllImport(Library)]
        public static extern int GdipDeleteFont(IntPtr font);

        [DllImport(Library)]
        public static extern int GdipCreateStringFormat(int flags, ushort language, out IntPtr format);

        [DllImport(Library)]
        public static extern int GdipDeleteStringFormat(IntPtr format);

        [DllImport(Library)]
        public static extern int GdipSetStringFormatAlign(IntPtr format, int align);

        [DllImport(Library)]
        public static extern int GdipSetStringFormatLineAlign(IntPtr format, int align);

        [DllImport(Library, CharSet = CharSet.Unicode)]
        public static extern int GdipDrawString(
            IntPtr graphics, string text, int length, IntPtr font, ref RectF layout, IntPtr format, IntPtr brush);
    }
}
