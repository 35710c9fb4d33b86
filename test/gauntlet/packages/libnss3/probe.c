/* The cryptography is in modules that are loaded by name. */
#include "probe.h"
#include <nss.h>
#include <pk11pub.h>
#include <prerror.h>
#include <sechash.h>

int main(void) {
  CHECK(NSS_NoDB_Init(NULL) == SECSuccess, "NSS says %d", PORT_GetError());
  unsigned char digest[32];
  CHECK(HASH_HashBuf(HASH_AlgSHA256, digest, (unsigned char *)"abc", 3) == SECSuccess, "no digest");
  CHECK(digest[0] == 0xba && digest[1] == 0x78 && digest[31] == 0xad, "another digest");
  PK11SlotInfo *slot = PK11_GetInternalSlot();
  PK11SymKey *key = PK11_KeyGen(slot, CKM_AES_CBC_PAD, NULL, 32, NULL);
  unsigned char sealed[64], opened[64];
  unsigned int size = 0, back = 0;
  unsigned char vector[16] = {0};
  SECItem parameter = {siBuffer, vector, sizeof vector};
  CHECK(key && PK11_Encrypt(key, CKM_AES_CBC_PAD, &parameter, sealed, &size, sizeof sealed, (unsigned char *)"hardened", 8) == SECSuccess, "not sealed");
  CHECK(PK11_Decrypt(key, CKM_AES_CBC_PAD, &parameter, opened, &back, sizeof opened, sealed, size) == SECSuccess, "not opened");
  CHECK(back == 8 && !memcmp(opened, "hardened", 8), "another message");
  printf("SHA-256 and AES in \"%s\"\n", PK11_GetTokenName(slot));
  return 0;
}
