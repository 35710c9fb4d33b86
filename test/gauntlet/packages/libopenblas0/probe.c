/* libblas.so.3 and liblapack.so.3 are links of update-alternatives. */
#include "probe.h"
#include <math.h>

void dgemm_(const char *, const char *, const int *, const int *, const int *, const double *, const double *, const int *, const double *, const int *,
            const double *, double *, const int *);
void dgesv_(const int *, const int *, double *, const int *, int *, double *, const int *, int *);

int main(void) {
  enum { N = 100 };
  static double a[N * N], b[N * N], c[N * N];
  int n = N, one = 1, pivots[2], info, two = 2;
  double alpha = 1, beta = 0;
  for (int i = 0; i < N * N; i++) a[i] = i % 7, b[i] = i % 5;
  dgemm_("N", "N", &n, &n, &n, &alpha, a, &n, b, &n, &beta, c, &n);
  double wanted = 0;
  for (int k = 0; k < N; k++) wanted += a[3 + k * N] * b[k + 4 * N];
  CHECK(fabs(c[3 + 4 * N] - wanted) < 1e-9, "%f, not %f", c[3 + 4 * N], wanted);
  double system[] = {2, 1, 1, 3}, right[] = {5, 10};
  dgesv_(&two, &one, system, &two, pivots, right, &two, &info);
  CHECK(info == 0 && fabs(right[0] - 1) < 1e-12 && fabs(right[1] - 3) < 1e-12, "x = %f, y = %f", right[0], right[1]);
  printf("dgemm: %g; dgesv: x = %g, y = %g\n", c[3 + 4 * N], right[0], right[1]);
  return 0;
}
