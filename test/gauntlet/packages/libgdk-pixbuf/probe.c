/* SVG is a loader of another package, found through loaders.cache. */
#include "probe.h"
#include <gdk-pixbuf/gdk-pixbuf.h>

int main(void) {
  GError *error = NULL;
  GdkPixbuf *blue = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 20, 20);
  gdk_pixbuf_fill(blue, 0x0000ffff);
  CHECK(gdk_pixbuf_save(blue, "/scratch/a.png", "png", &error, NULL), "%s", error->message);
  GdkPixbuf *png = gdk_pixbuf_new_from_file("/scratch/a.png", &error);
  CHECK(png && gdk_pixbuf_read_pixels(png)[2] == 255, "%s", error->message);
  write_text("/scratch/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='30'><rect width='30' height='30' fill='#f00'/></svg>");
  GdkPixbuf *svg = gdk_pixbuf_new_from_file("/scratch/a.svg", &error);
  CHECK(svg, "%s", error->message);
  const guint8 *pixel = gdk_pixbuf_read_pixels(svg);
  CHECK(gdk_pixbuf_get_width(svg) == 30 && pixel[0] == 255 && pixel[1] == 0, "another picture");
  printf("loaded a PNG, and an SVG of %d x %d, of %u formats\n", gdk_pixbuf_get_width(svg), gdk_pixbuf_get_height(svg), g_slist_length(gdk_pixbuf_get_formats()));
  return 0;
}
