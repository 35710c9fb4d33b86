/* Each mechanism is a module that is found by its folder. */
#include "probe.h"
#include <sasl/sasl.h>

static int answer(void *context, int id, const char **result, unsigned *size) {
  (void)context, (void)id;
  *result = "probe";
  if (size) *size = 5;
  return SASL_OK;
}

static int password(sasl_conn_t *connection, void *context, int id, sasl_secret_t **secret) {
  (void)connection, (void)context, (void)id;
  static union { sasl_secret_t secret; char bytes[64]; } kept;
  kept.secret.len = 6;
  memcpy(kept.secret.data, "secret", 7);
  *secret = &kept.secret;
  return SASL_OK;
}

int main(void) {
  const sasl_callback_t callbacks[] = {{SASL_CB_USER, (int (*)(void))answer, NULL},
                                       {SASL_CB_AUTHNAME, (int (*)(void))answer, NULL},
                                       {SASL_CB_PASS, (int (*)(void))password, NULL},
                                       {SASL_CB_LIST_END, NULL, NULL}};
  sasl_conn_t *connection;
  const char *out, *mechanism;
  unsigned size;
  CHECK(sasl_client_init(callbacks) == SASL_OK, "not started");
  CHECK(sasl_client_new("imap", "probe.test", NULL, NULL, NULL, 0, &connection) == SASL_OK, "%s", sasl_errdetail(connection));
  int code = sasl_client_start(connection, "SCRAM-SHA-256", NULL, &out, &size, &mechanism);
  CHECK(code == SASL_CONTINUE && size > 10 && strstr(out, "n=probe,r="), "%d: %s", code, sasl_errdetail(connection));
  printf("%s begins with \"%.15s...\"\n", mechanism, out);
  return 0;
}
