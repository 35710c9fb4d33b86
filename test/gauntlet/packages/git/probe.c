#include "probe.h"

int main(void) {
  RUN("git", "clone", "--quiet", "git://127.0.0.1/probe", "/scratch/probe");
  size_t size;
  CHECK(!strcmp(read_file("/scratch/probe/README", &size), "hardened\n"), "another file");
  RUN("git", "-C", "/scratch/probe", "-c", "user.name=probe", "-c", "user.email=probe@probe.test", "commit", "--quiet", "--allow-empty", "--message", "second");
  RUN("git", "-C", "/scratch/probe", "log", "--format=%s");
  CHECK(!strcmp(probe_output, "second\nfirst\n"), "the log is %s", probe_output);
  RUN("git", "-C", "/scratch/probe", "diff", "--stat", "HEAD~1");
  RUN("git", "--version");
  printf("cloned, committed: %s", probe_output);
  return 0;
}
