/* Both ends of a security context in one program, with a ticket from a real KDC. */
#include "probe.h"
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>

static void check(OM_uint32 major, OM_uint32 minor, const char *step) {
  OM_uint32 ignored, more = 0;
  gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
  if (GSS_ERROR(major)) gss_display_status(&ignored, minor, GSS_C_MECH_CODE, GSS_C_NO_OID, &more, &text);
  CHECK(!GSS_ERROR(major), "%s: %.*s", step, (int)text.length, (char *)text.value);
}

/* The service's key, as an administrator would export it: made from the password that the KDC has. */
static void write_keytab(void) {
  krb5_context context;
  krb5_keytab keytab;
  krb5_keytab_entry entry = {.vno = 1};
  krb5_data salt, password = {.data = "service", .length = 7};
  CHECK(krb5_init_context(&context) == 0, "no context");
  CHECK(krb5_parse_name(context, "probe/localhost", &entry.principal) == 0, "no name");
  krb5_principal2salt(context, entry.principal, &salt);
  CHECK(krb5_c_string_to_key(context, ENCTYPE_AES256_CTS_HMAC_SHA1_96, &password, &salt, &entry.key) == 0, "no key");
  CHECK(krb5_kt_resolve(context, "FILE:/scratch/keytab", &keytab) == 0 && krb5_kt_add_entry(context, keytab, &entry) == 0, "no keytab");
  krb5_kt_close(context, keytab);
}

int main(void) {
  write_text("/scratch/krb5.conf", "[libdefaults]\ndefault_realm = PROBE.TEST\nrdns = false\ndns_canonicalize_hostname = false\n"
             "[realms]\nPROBE.TEST = {\n kdc = 127.0.0.1:8888\n}\n");
  setenv("KRB5_CONFIG", "/scratch/krb5.conf", 1);
  setenv("KRB5_KTNAME", "FILE:/scratch/keytab", 1);
  setenv("KRB5CCNAME", "FILE:/scratch/ccache", 1);
  setenv("KRB5RCACHENAME", "none:", 1);
  write_keytab();
  OM_uint32 major, minor;
  gss_name_t user, service;
  gss_buffer_desc name = {4, "user"}, password = {6, "secret"}, server = {30, "probe/localhost@PROBE.TEST"};
  server.length = strlen(server.value);
  major = gss_import_name(&minor, &name, GSS_C_NT_USER_NAME, &user);
  check(major, minor, "import the user");
  major = gss_import_name(&minor, &server, (gss_OID)GSS_KRB5_NT_PRINCIPAL_NAME, &service);
  check(major, minor, "import the service");
  gss_OID_set_desc kerberos = {1, (gss_OID)gss_mech_krb5};
  gss_cred_id_t client;
  major = gss_acquire_cred_with_password(&minor, user, &password, 0, &kerberos, GSS_C_INITIATE, &client, NULL, NULL);
  check(major, minor, "acquire");
  gss_ctx_id_t here = GSS_C_NO_CONTEXT, there = GSS_C_NO_CONTEXT;
  gss_buffer_desc in = GSS_C_EMPTY_BUFFER, out = GSS_C_EMPTY_BUFFER;
  gss_name_t seen;
  OM_uint32 one = GSS_S_CONTINUE_NEEDED, other = GSS_S_CONTINUE_NEEDED;
  while (one == GSS_S_CONTINUE_NEEDED || other == GSS_S_CONTINUE_NEEDED) {
    one = gss_init_sec_context(&minor, client, &here, service, (gss_OID)gss_mech_krb5, GSS_C_MUTUAL_FLAG | GSS_C_CONF_FLAG, 0, NULL, &in, NULL, &out, NULL, NULL);
    check(one, minor, "initiate");
    if (out.length == 0) break;
    other = gss_accept_sec_context(&minor, &there, GSS_C_NO_CREDENTIAL, &out, NULL, &seen, NULL, &in, NULL, NULL, NULL);
    check(other, minor, "accept");
  }
  gss_buffer_desc plain = {8, "hardened"}, sealed, opened, peer;
  int encrypted;
  major = gss_wrap(&minor, here, 1, GSS_C_QOP_DEFAULT, &plain, &encrypted, &sealed);
  check(major, minor, "wrap");
  major = gss_unwrap(&minor, there, &sealed, &opened, &encrypted, NULL);
  check(major, minor, "unwrap");
  CHECK(encrypted && opened.length == 8 && !memcmp(opened.value, "hardened", 8), "another message");
  gss_display_name(&minor, seen, &peer, NULL);
  printf("%.*s sent %zu sealed bytes\n", (int)peer.length, (char *)peer.value, sealed.length);
  return 0;
}
