/* Draws text as System.Drawing does: by the flat API, found by name. */
#include "probe.h"
#include <dlfcn.h>
#include <stdint.h>
#include <uchar.h>

static void *library;
static void *symbol(const char *name) {
  void *found = dlsym(library, name);
  CHECK(found, "%s is missing", name);
  return found;
}
#define CALL(name, ...) \
  do { \
    int status = ((int (*)())symbol(#name))(__VA_ARGS__); \
    CHECK(status == 0, #name " says %d", status); \
  } while (0)

struct rectangle { float x, y, width, height; };

int main(void) {
  library = dlopen("libgdiplus.so", RTLD_NOW);
  CHECK(library, "%s", dlerror());
  struct { uint32_t version; void *callback; int thread, codecs; } input = {1, NULL, 0, 0};
  uintptr_t token;
  void *bitmap, *graphics, *family, *font, *brush;
  CALL(GdiplusStartup, &token, &input, NULL);
  enum { WIDTH = 200, HEIGHT = 50, ARGB32 = 0x26200A, PIXELS = 2, BOLD = 1 };
  CALL(GdipCreateBitmapFromScan0, WIDTH, HEIGHT, 0, ARGB32, NULL, &bitmap);
  CALL(GdipGetImageGraphicsContext, bitmap, &graphics);
  CALL(GdipGraphicsClear, graphics, 0xFFFFFFFFu);
  CALL(GdipGetGenericFontFamilySansSerif, &family);
  int (*create_font)(void *, float, int, int, void **) = symbol("GdipCreateFont");
  CHECK(create_font(family, 24, BOLD, PIXELS, &font) == 0, "no font");
  CALL(GdipCreateSolidFill, 0xFF000000u, &brush);
  struct rectangle place = {5, 5, WIDTH, HEIGHT};
  CALL(GdipDrawString, graphics, u"Hardened", 8, font, &place, NULL, brush);
  int dark = 0;
  for (int x = 0; x < WIDTH; x++)
    for (int y = 0; y < HEIGHT; y++) {
      uint32_t colour;
      CALL(GdipBitmapGetPixel, bitmap, x, y, &colour);
      dark += (colour & 0xFF) < 128;
    }
  CHECK(dark > 400 && dark < 4000, "%d dark pixels", dark);
  printf("drew 8 letters: %d dark pixels\n", dark);
  return 0;
}
