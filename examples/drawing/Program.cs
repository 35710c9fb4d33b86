using System;
using System.IO;

namespace Drawing
{
    /// <summary>Draws a bar chart as PNG: to standard output, or to the file that the first argument names.</summary>
    public static class Program
    {
        // How many Debian packages one name brings: the closure of each, in Debian 13 on amd64, without recommended packages.
        private static readonly Bar[] Bars =
        {
            new Bar("libpq5", 18),
            new Bar("libgdiplus", 55),
            new Bar("libmagickwand", 59),
            new Bar("libvips", 169),
            new Bar("ffmpeg", 234),
        };

        public static int Main(string[] args)
        {
            var scratch = args.Length == 0 || args[0] == "-" ? Path.GetTempFileName() : null;
            try
            {
                using (var canvas = new Canvas(BarChart.Width, BarChart.Height))
                {
                    BarChart.Draw(canvas, "Packages behind one name", "Debian 13", "packages", Bars);
                    canvas.Save(scratch ?? args[0]);
                }
                if (scratch != null) CopyToStandardOutput(scratch);
                return 0;
            }
            catch (DllNotFoundException error)
            {
                Console.Error.WriteLine("drawing: libgdiplus or a library that it needs is missing: " + error);
                return 1;
            }
            catch (GdiPlusException error)
            {
                Console.Error.WriteLine("drawing: " + error.Message);
                return 1;
            }
            finally
            {
                if (scratch != null) File.Delete(scratch);
            }
        }

        private static void CopyToStandardOutput(string file)
        {
            using (var source = File.OpenRead(file))
            using (var target = Console.OpenStandardOutput())
            {
                source.CopyTo(target);
            }
        }
    }
}
