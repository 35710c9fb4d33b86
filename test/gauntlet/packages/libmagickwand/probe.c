/* Each format is a module that is found by its name. */
#include "probe.h"
#if __has_include(<MagickWand/MagickWand.h>)
#include <MagickWand/MagickWand.h>
#else
#include <wand/MagickWand.h>
#endif

int main(void) {
  MagickWandGenesis();
  MagickWand *wand = NewMagickWand();
  CHECK(MagickSetSize(wand, 64, 64) && MagickReadImage(wand, "gradient:red-blue"), "no gradient");
  CHECK(MagickWriteImage(wand, "/scratch/a.png"), "no PNG");
  const char *formats[] = {"jpg", "webp", "tiff", "gif"};
  char path[64], before[64] = "/scratch/a.png";
  for (int i = 0; i < 4; i++) {
    MagickWand *next = NewMagickWand();
    ExceptionType severity;
    snprintf(path, sizeof path, "/scratch/a.%s", formats[i]);
    CHECK(MagickReadImage(next, before), "%s", MagickGetException(next, &severity));
    CHECK(MagickWriteImage(next, path), "%s", MagickGetException(next, &severity));
    strcpy(before, path);
    DestroyMagickWand(next);
  }
  MagickWand *last = NewMagickWand();
  CHECK(MagickReadImage(last, before) && MagickGetImageWidth(last) == 64, "%s can't be read", before);
  printf("png to jpg to webp to tiff to %s: %zu x %zu\n", MagickGetImageFormat(last), MagickGetImageWidth(last), MagickGetImageHeight(last));
  return 0;
}
