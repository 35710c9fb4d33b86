/* TLS of GIO is a module of another package. */
#include "probe.h"
#include <gio/gio.h>


int main(void) {
  GTlsBackend *backend = g_tls_backend_get_default();
  CHECK(g_tls_backend_supports_tls(backend), "GIO has no TLS (%s)", G_OBJECT_TYPE_NAME(backend));
  GError *error = NULL;
  GList *all = g_tls_certificate_list_new_from_file("/etc/ssl/certs/ca-certificates.crt", &error);
  CHECK(g_list_length(all) > 100, "%s", error ? error->message : "few certificates");
  GTlsDatabase *trusted = g_tls_file_database_new("/etc/ssl/certs/ca-certificates.crt", &error);
  CHECK(trusted, "%s", error->message);
  GTlsCertificateFlags wrong = g_tls_database_verify_chain(trusted, all->data, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_CLIENT, NULL, NULL, 0, NULL, &error);
  CHECK(!(wrong & G_TLS_CERTIFICATE_UNKNOWN_CA), "a trusted certificate is not trusted: %d", wrong);
  printf("%s verified one of the base's %u certificates\n", G_OBJECT_TYPE_NAME(backend), g_list_length(all));
  return 0;
}
