/* The parameters of coordinate systems are in a database that is found by its path. */
#include "probe.h"
#include <math.h>
#include <proj.h>

int main(void) {
  PJ_CONTEXT *context = proj_context_create();
  PJ *change = proj_create_crs_to_crs(context, "EPSG:4326", "EPSG:25832", NULL);
  CHECK(change, "%s", proj_context_errno_string(context, proj_context_errno(context)));
  PJ_COORD at = proj_trans(change, PJ_FWD, proj_coord(52.0, 9.0, 0, 0));
  CHECK(fabs(at.xy.x - 500000) < 0.001 && fabs(at.xy.y - 5761038.2) < 1, "%f %f", at.xy.x, at.xy.y);
  printf("52 N 9 E is %.1f %.1f in UTM 32\n", at.xy.x, at.xy.y);
  return 0;
}
