/* Runs with LD_PRELOAD=libjemalloc.so.2, as services do. */
#include "probe.h"
#include <dlfcn.h>

int main(void) {
  int (*mallctl)(const char *, void *, size_t *, void *, size_t) = dlsym(RTLD_DEFAULT, "mallctl");
  CHECK(mallctl, "jemalloc is not there");
  const char *version;
  size_t allocated, size = sizeof version, before, one = 1;
  unsigned long long epoch = one;
  CHECK(mallctl("version", &version, &size, NULL, 0) == 0, "no version");
  size = sizeof before;
  CHECK(mallctl("stats.allocated", &before, &size, NULL, 0) == 0, "no statistics");
  char *block = malloc(10000000);
  memset(block, 1, 10000000);
  size = sizeof epoch;
  mallctl("epoch", &epoch, &size, &epoch, size);
  size = sizeof allocated;
  mallctl("stats.allocated", &allocated, &size, NULL, 0);
  CHECK(block[9999999] == 1 && allocated >= before + 10000000, "malloc is another's: %zu", allocated);
  printf("malloc is jemalloc %s\n", version);
  return 0;
}
