/* Types are found in the compiled database. */
#include "probe.h"
#include <gio/gio.h>

static void guess(const char *name, const char *bytes, const char *wanted) {
  gboolean uncertain;
  char *found = g_content_type_guess(name, (const guchar *)bytes, bytes ? strlen(bytes) : 0, &uncertain);
  CHECK(!strcmp(found, wanted), "%s is %s, not %s", name ? name : bytes, found, wanted);
}

int main(void) {
  guess("a.docx", NULL, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  guess(NULL, "%PDF-1.7\n%", "application/pdf");
  guess("a.svg", NULL, "image/svg+xml");
  CHECK(g_content_type_is_a("image/svg+xml", "application/xml"), "SVG is no XML");
  printf("%u types; an SVG is XML\n", g_list_length(g_content_types_get_registered()));
  return 0;
}
