// Which dense kernels this processor can run.
#include "dense_sizes.h"

#include <stddef.h>

// Fills `found`, the fastest first, and counts.
static int find(const convo_dense_kernels *found[3]) {
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl"))
    found[count++] = &convo_dense_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found[count++] = &convo_dense_avx2;
#endif
  found[count++] = &convo_dense_baseline;
  return count;
}

int convo_dense_kernels_count(void) {
  const convo_dense_kernels *found[3];
  return find(found);
}

const convo_dense_kernels *convo_dense_kernels_at(int index) {
  const convo_dense_kernels *found[3];
  int count = find(found);
  return index >= 0 && index < count ? found[index] : NULL;
}

int64_t convo_dense_scratch_floats(int64_t count) {
  int64_t columns = count > DENSE_ROWS ? count : DENSE_ROWS;
  return (DENSE_DEPTH + columns) * DENSE_TILE;
}
