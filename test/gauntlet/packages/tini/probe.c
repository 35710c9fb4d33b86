/* The image's command is `tini -- probe`: a child that the probe leaves behind is tini's, and must be waited for. */
#include "probe.h"
#include <signal.h>

int main(void) {
  CHECK(getppid() == 1, "the parent is %d", getppid());
  size_t size;
  char *name = read_file("/proc/1/comm", &size), path[64];
  CHECK(!strcmp(name, "tini\n"), "process 1 is %s", name);
  int ends[2];
  pid_t orphan = 0;
  CHECK(pipe(ends) == 0, "no pipe");
  if (fork() == 0) {
    if ((orphan = fork()) == 0) _exit(0);
    CHECK(write(ends[1], &orphan, sizeof orphan) == sizeof orphan, "not told");
    _exit(0);
  }
  wait(NULL);
  CHECK(read(ends[0], &orphan, sizeof orphan) == sizeof orphan, "not told");
  for (int tries = 0; kill(orphan, 0) == 0; tries++) {
    CHECK(tries < 500, "process %d is a zombie", orphan);
    usleep(10000);
  }
  snprintf(path, sizeof path, "/proc/%d", orphan);
  CHECK(access(path, F_OK) != 0, "%s is there", path);
  printf("process 1 is tini, and it waited for process %d\n", orphan);
  return 0;
}
