#include "probe.h"
#include <vips/vips.h>

int main(int count, char **words) {
  (void)count;
  CHECK(VIPS_INIT(words[0]) == 0, "%s", vips_error_buffer());
  VipsImage *text, *small, *again;
  CHECK(vips_text(&text, "Hardened", "font", "DejaVu Sans 40", NULL) == 0, "%s", vips_error_buffer());
  CHECK(vips_image_write_to_file(text, "/scratch/a.png", NULL) == 0, "%s", vips_error_buffer());
  CHECK(vips_thumbnail("/scratch/a.png", &small, 60, NULL) == 0, "%s", vips_error_buffer());
  CHECK(vips_image_write_to_file(small, "/scratch/a.webp", NULL) == 0, "%s", vips_error_buffer());
  CHECK((again = vips_image_new_from_file("/scratch/a.webp", NULL)) && vips_image_get_width(again) == 60, "%s", vips_error_buffer());
  double deviation;
  CHECK(vips_deviate(again, &deviation, NULL) == 0 && deviation > 20, "an empty picture");
  printf("text of %d pixels became a WebP thumbnail of %d\n", vips_image_get_width(text), vips_image_get_width(again));
  return 0;
}
