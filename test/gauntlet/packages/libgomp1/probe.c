#include "probe.h"
#include <omp.h>

int main(void) {
  double sum = 0;
  int threads = 0;
  omp_set_num_threads(4);
#pragma omp parallel for reduction(+ : sum) reduction(max : threads)
  for (int i = 1; i <= 1000000; i++) {
    sum += 1.0 / ((double)i * i);
    if (omp_get_num_threads() > threads) threads = omp_get_num_threads();
  }
  CHECK(threads == 4, "%d threads", threads);
  CHECK(sum > 1.644933 && sum < 1.644935, "the sum is %f", sum);
  printf("%d threads summed to %f\n", threads, sum);
  return 0;
}
