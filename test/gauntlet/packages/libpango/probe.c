#include "probe.h"
#include <pango/pangocairo.h>

int main(void) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 400, 200);
  PangoLayout *layout = pango_cairo_create_layout(cairo_create(surface));
  pango_layout_set_markup(layout, "<b>Hardened</b> images: fi ligature, \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 and \xce\xb1\xce\xb2\xce\xb3", -1);
  PangoFontDescription *font = pango_font_description_from_string("DejaVu Sans 20");
  pango_layout_set_font_description(layout, font);
  pango_layout_set_width(layout, 200 * PANGO_SCALE);
  int width, height;
  pango_layout_get_pixel_size(layout, &width, &height);
  CHECK(pango_layout_get_line_count(layout) >= 3 && width > 100 && width <= 200 && height > 60, "%d x %d", width, height);
  CHECK(pango_layout_get_unknown_glyphs_count(layout) == 0, "%d letters have no glyph", pango_layout_get_unknown_glyphs_count(layout));
  pango_cairo_show_layout(cairo_create(surface), layout);
  cairo_surface_flush(surface);
  long dark = 0;
  for (int i = 0; i < 200 * cairo_image_surface_get_stride(surface); i++) dark += cairo_image_surface_get_data(surface)[i] > 128;
  CHECK(dark > 1000, "%ld pixels", dark);
  printf("%d lines in three scripts, %d x %d, %ld pixels\n", pango_layout_get_line_count(layout), width, height, dark);
  return 0;
}
