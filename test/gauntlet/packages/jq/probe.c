#include "probe.h"

int main(void) {
  write_text("/scratch/a.json", "{\"items\":[{\"n\":40,\"s\":\"a1\"},{\"n\":2,\"s\":\"b22\"}]}");
  RUN("jq", "-c", "[(.items | map(.n) | add), (.items[].s | test(\"^[a-z][0-9]{2}$\"))]", "/scratch/a.json");
  CHECK(!strcmp(probe_output, "[42,false,true]\n"), "%s", probe_output);
  printf("%s", probe_output);
  return 0;
}
