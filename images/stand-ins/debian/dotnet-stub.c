/* Stands where the .NET host would be, in images made on a machine without that major of .NET. */
#include <stdio.h>

int main(void) {
  fputs("dotnet: this is a stub. The image stands in for .NET " VERSION
        ", but the machine that made it has no .NET " MAJOR ": nothing can run here.\n", stderr);
  return 1;
}
