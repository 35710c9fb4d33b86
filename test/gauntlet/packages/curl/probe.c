#include "probe.h"

int main(void) {
  RUN("curl", "--silent", "--show-error", "--output", "/scratch/ca.pem", "http://127.0.0.1:8080/ca.pem");
  int code = run("curl", "--silent", "--show-error", "https://localhost:8443/hello.txt", NULL);
  CHECK(code == 60, "a stranger's certificate was taken: %d, %s", code, probe_output);
  RUN("curl", "--silent", "--show-error", "--fail", "--http1.1", "--compressed", "--cacert", "/scratch/ca.pem", "https://localhost:8443/hello.txt");
  CHECK(!strcmp(probe_output, "hello over https\n"), "got %s", probe_output);
  RUN("curl", "--version");
  printf("\"hello over https\", with the server's own CA only: %.*s\n", (int)strcspn(probe_output, "("), probe_output);
  return 0;
}
