#include "probe.h"
#include <ldap.h>

int main(void) {
  LDAP *connection;
  int version = LDAP_VERSION3, code = ldap_initialize(&connection, "ldap://127.0.0.1:3890");
  CHECK(code == LDAP_SUCCESS, "%s", ldap_err2string(code));
  ldap_set_option(connection, LDAP_OPT_PROTOCOL_VERSION, &version);
  struct berval password = {6, "secret"};
  code = ldap_sasl_bind_s(connection, "cn=admin,dc=probe,dc=test", LDAP_SASL_SIMPLE, &password, NULL, NULL, NULL);
  CHECK(code == LDAP_SUCCESS, "%s", ldap_err2string(code));
  LDAPMessage *answer;
  code = ldap_search_ext_s(connection, "dc=probe,dc=test", LDAP_SCOPE_SUBTREE, "(&(objectClass=person)(sn=Hopper))", NULL, 0, NULL, NULL, NULL, 10, &answer);
  CHECK(code == LDAP_SUCCESS && ldap_count_entries(connection, answer) == 1, "%s", ldap_err2string(code));
  LDAPMessage *entry = ldap_first_entry(connection, answer);
  struct berval **values = ldap_get_values_len(connection, entry, "cn");
  CHECK(values && !strcmp(values[0]->bv_val, "Grace Hopper"), "another entry");
  printf("found %s\n", ldap_get_dn(connection, entry));
  return 0;
}
