#include "probe.h"

int main(void) {
  write_text("/scratch/page.ps", "%!\n/Times-Roman findfont 60 scalefont setfont 50 500 moveto (Hardened) show showpage\n");
  RUN("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=ppmraw", "-r72", "-sOutputFile=/scratch/page.ppm", "/scratch/page.ps");
  long dark = dark_pixels("/scratch/page.ppm");
  CHECK(dark > 500 && dark < 20000, "%ld dark pixels", dark);
  RUN("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-sOutputFile=/scratch/page.pdf", "/scratch/page.ps");
  size_t size;
  CHECK(!memcmp(read_file("/scratch/page.pdf", &size), "%PDF-", 5) && size > 1000, "a PDF of %zu bytes", size);
  RUN("gs", "--version");
  printf("a page with %ld dark pixels, and a PDF of %zu bytes: %s", dark, size, probe_output);
  return 0;
}
