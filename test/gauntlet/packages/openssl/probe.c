#include "probe.h"

int main(void) {
  RUN("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=probe.test", "-days", "1", "-keyout", "/scratch/key.pem",
      "-out", "/scratch/cert.pem");
  RUN("openssl", "verify", "-CAfile", "/scratch/cert.pem", "/scratch/cert.pem");
  CHECK(strstr(probe_output, "cert.pem: OK"), "%s", probe_output);
  RUN("openssl", "pkcs12", "-export", "-inkey", "/scratch/key.pem", "-in", "/scratch/cert.pem", "-passout", "pass:x", "-out", "/scratch/a.p12");
  RUN("openssl", "x509", "-in", "/scratch/cert.pem", "-noout", "-subject");
  CHECK(strstr(probe_output, "probe.test"), "%s", probe_output);
  RUN("openssl", "version");
  printf("made and verified a certificate: %s", probe_output);
  return 0;
}
