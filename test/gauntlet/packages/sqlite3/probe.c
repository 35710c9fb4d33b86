#include "probe.h"

int main(void) {
  RUN("sqlite3", "/scratch/a.db", "CREATE TABLE t (n); INSERT INTO t SELECT value FROM generate_series(1, 100)");
  RUN("sqlite3", "-json", "/scratch/a.db", "SELECT sum(n) AS total FROM t");
  CHECK(!strcmp(probe_output, "[{\"total\":5050}]\n"), "%s", probe_output);
  printf("%s", probe_output);
  return 0;
}
