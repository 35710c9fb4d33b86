#include "probe.h"
#include <krb5.h>

int main(void) {
  write_text("/scratch/krb5.conf", "[libdefaults]\ndefault_realm = PROBE.TEST\n[realms]\nPROBE.TEST = {\n kdc = 127.0.0.1:8888\n}\n");
  setenv("KRB5_CONFIG", "/scratch/krb5.conf", 1);
  krb5_context context;
  krb5_principal user;
  krb5_creds ticket;
  CHECK(krb5_init_context(&context) == 0, "no context");
  CHECK(krb5_parse_name(context, "user", &user) == 0, "no name");
  krb5_error_code error = krb5_get_init_creds_password(context, &ticket, user, "wrong", NULL, NULL, 0, NULL, NULL);
  CHECK(error == KRB5KRB_AP_ERR_BAD_INTEGRITY || error == KRB5KDC_ERR_PREAUTH_FAILED, "a wrong password: %s", krb5_get_error_message(context, error));
  error = krb5_get_init_creds_password(context, &ticket, user, "secret", NULL, NULL, 0, NULL, NULL);
  CHECK(error == 0, "%s", krb5_get_error_message(context, error));
  char *server, type[64];
  krb5_unparse_name(context, ticket.server, &server);
  krb5_enctype_to_name(ticket.keyblock.enctype, 0, type, sizeof type);
  printf("the KDC gave a ticket for %s (%s)\n", server, type);
  return 0;
}
