#include "probe.h"
#include <hunspell/hunspell.h>

int main(void) {
  Hunhandle *speller = Hunspell_create("/usr/share/hunspell/en_US.aff", "/usr/share/hunspell/en_US.dic");
  CHECK(Hunspell_spell(speller, "hardened") && !Hunspell_spell(speller, "hardenned"), "can't spell");
  char **list;
  int count = Hunspell_suggest(speller, &list, "hardenned");
  CHECK(count > 0 && !strcmp(list[0], "hardened"), "%d suggestions", count);
  printf("\"hardenned\" becomes \"%s\"\n", list[0]);
  return 0;
}
