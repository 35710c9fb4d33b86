/* The keyring is a file that the library seals with a password of its own: no session bus. */
#include "probe.h"
#include <libsecret/secret.h>

static const SecretSchema schema = {"test.probe", SECRET_SCHEMA_NONE, {{"name", SECRET_SCHEMA_ATTRIBUTE_STRING}, {NULL, 0}}};

int main(void) {
  setenv("SECRET_BACKEND", "file", 1);
  setenv("SECRET_FILE_TEST_PATH", "/scratch/keyring", 1);
  setenv("SECRET_FILE_TEST_PASSWORD", "password", 1);
  GError *error = NULL;
  gboolean stored = secret_password_store_sync(&schema, SECRET_COLLECTION_DEFAULT, "probe", "hardened", NULL, &error, "name", "probe", NULL);
  CHECK(stored, "%s", error ? error->message : "not stored");
  char *found = secret_password_lookup_sync(&schema, NULL, &error, "name", "probe", NULL);
  CHECK(found && !strcmp(found, "hardened"), "%s", error ? error->message : "not found");
  size_t size;
  char *file = read_file("/scratch/keyring", &size);
  CHECK(size > 50 && !memmem(file, size, "hardened", 8), "the keyring of %zu bytes is not sealed", size);
  printf("a secret went through a sealed keyring of %zu bytes\n", size);
  return 0;
}
