#include "probe.h"
#include <cairo.h>

int main(void) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 100, 100);
  cairo_t *drawing = cairo_create(surface);
  cairo_set_source_rgb(drawing, 1, 1, 1);
  cairo_paint(drawing);
  cairo_set_source_rgb(drawing, 0.8, 0, 0);
  cairo_arc(drawing, 50, 50, 30, 0, 6.2831853);
  cairo_fill(drawing);
  CHECK(cairo_surface_write_to_png(surface, "/scratch/circle.png") == CAIRO_STATUS_SUCCESS, "no PNG");
  cairo_surface_t *again = cairo_image_surface_create_from_png("/scratch/circle.png");
  CHECK(cairo_surface_status(again) == CAIRO_STATUS_SUCCESS, "the PNG can't be read");
  unsigned char *bytes = cairo_image_surface_get_data(again);
  int stride = cairo_image_surface_get_stride(again), red = 0;
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 100; x++) red += bytes[y * stride + x * 4] < 10 && bytes[y * stride + x * 4 + 2] == 204;
  CHECK(red > 2700 && red < 2900, "%d red pixels", red);
  printf("a circle of %d pixels went through a PNG file\n", red);
  return 0;
}
