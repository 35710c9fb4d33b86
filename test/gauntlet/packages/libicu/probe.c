#include "probe.h"
#include <unicode/ucnv.h>
#include <unicode/ucol.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

int main(void) {
  UErrorCode error = U_ZERO_ERROR;
  UCollator *swedish = ucol_open("sv", &error), *german = ucol_open("de", &error);
  CHECK(U_SUCCESS(error), "%s", u_errorName(error));
  const UChar o[] = {0xF6, 0}, z[] = {'z', 0};
  CHECK(ucol_strcoll(swedish, o, -1, z, -1) == UCOL_GREATER && ucol_strcoll(german, o, -1, z, -1) == UCOL_LESS, "sorted wrongly");
  UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, "de_DE", NULL, &error);
  UChar text[32];
  char bytes[64];
  unum_formatDouble(format, 1234567.5, text, 32, NULL, &error);
  u_strToUTF8(bytes, sizeof bytes, NULL, text, -1, &error);
  CHECK(U_SUCCESS(error) && !strcmp(bytes, "1.234.567,5"), "formatted %s", bytes);
  char japanese[32];
  ucnv_convert("Shift_JIS", "UTF-8", japanese, sizeof japanese, "\xe6\x97\xa5", 3, &error);
  CHECK(U_SUCCESS(error) && !memcmp(japanese, "\x93\xfa", 2), "converted wrongly");
  printf("Swedish and German sort their letters; 1234567.5 is %s\n", bytes);
  return 0;
}
