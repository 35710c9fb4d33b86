/* Old algorithms are in a module that OpenSSL loads by name. */
#include "probe.h"
#include <openssl/evp.h>
#include <openssl/provider.h>

int main(void) {
  CHECK(EVP_MD_fetch(NULL, "MD4", NULL) == NULL, "MD4 is there without its provider");
  CHECK(OSSL_PROVIDER_load(NULL, "legacy") && OSSL_PROVIDER_load(NULL, "default"), "no provider");
  unsigned char digest[16];
  unsigned size;
  EVP_MD *md4 = EVP_MD_fetch(NULL, "MD4", NULL);
  CHECK(md4 && EVP_Digest("abc", 3, digest, &size, md4, NULL) == 1 && digest[0] == 0xa4 && digest[15] == 0x9d, "no MD4");
  printf("MD4 comes from the provider \"%s\"\n", OSSL_PROVIDER_get0_name(EVP_MD_get0_provider(md4)));
  return 0;
}
