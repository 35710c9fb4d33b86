#include "probe.h"

/* A page with one line of text; the table of offsets may be wrong, as readers make a new one. */
static const char PDF[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 46>>stream\nBT /F 30 Tf 20 40 Td (Hardened page) Tj ET    \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

int main(void) {
  write_text("/scratch/a.pdf", PDF);
  CHECK(run("pdftotext", "/scratch/a.pdf", "/scratch/a.txt", NULL) == 0, "%s", probe_output);
  size_t size;
  char *text = read_file("/scratch/a.txt", &size);
  CHECK(!strncmp(text, "Hardened page", 13), "read %s", text);
  CHECK(run("pdftoppm", "-r", "72", "/scratch/a.pdf", "/scratch/a", NULL) == 0, "%s", probe_output);
  long dark = dark_pixels("/scratch/a-1.ppm");
  CHECK(dark > 300 && dark < 10000, "%ld dark pixels: %s", dark, probe_output);
  printf("read \"Hardened page\" and drew it with %ld dark pixels\n", dark);
  return 0;
}
