#include "probe.h"
#include <fontconfig/fontconfig.h>

int main(void) {
  CHECK(FcInit(), "no configuration");
  FcPattern *wanted = FcNameParse((const FcChar8 *)"monospace:bold");
  FcConfigSubstitute(NULL, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result;
  FcPattern *found = FcFontMatch(NULL, wanted, &result);
  FcChar8 *file, *family;
  CHECK(found && FcPatternGetString(found, FC_FILE, 0, &file) == FcResultMatch, "no font");
  FcPatternGetString(found, FC_FAMILY, 0, &family);
  CHECK(strstr((char *)file, "DejaVuSansMono-Bold.ttf") && access((char *)file, R_OK) == 0, "found %s", file);
  /* The package's configuration is read, and not only a folder of fonts: it is there that DejaVu becomes monospace. */
  int hint;
  CHECK(FcPatternGetInteger(found, FC_HINT_STYLE, 0, &hint) == FcResultMatch && hint == FC_HINT_SLIGHT, "hints are %d", hint);
  printf("monospace:bold is %s in %s\n", family, file);
  return 0;
}
