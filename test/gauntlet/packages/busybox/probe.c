#include "probe.h"

int main(void) {
  write_text("/scratch/a.txt", "b\na\nc\n");
  RUN("busybox", "sort", "/scratch/a.txt");
  CHECK(!strcmp(probe_output, "a\nb\nc\n"), "%s", probe_output);
  RUN("busybox", "sha256sum", "/scratch/a.txt");
  RUN("busybox", "sh", "-c", "cd /scratch && busybox tar -cf a.tar a.txt && busybox tar -tf a.tar");
  CHECK(!strcmp(probe_output, "a.txt\n"), "%s", probe_output);
  printf("its shell, which was asked for by name, packed %s", probe_output);
  return 0;
}
