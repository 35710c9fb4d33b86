#include "probe.h"
#include <magic.h>

int main(void) {
  magic_t magic = magic_open(MAGIC_NONE);
  CHECK(magic && magic_load(magic, NULL) == 0, "%s", magic_error(magic));
  const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x20\x08\x02\0\0\0";
  const char *found = magic_buffer(magic, png, sizeof png - 1);
  CHECK(found && strstr(found, "PNG image data, 64 x 32"), "%s", found);
  printf("%s\n", found);
  return 0;
}
