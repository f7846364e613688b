// Which kernels this processor can run.
#include "sets.h"

#include <stddef.h>

// Fills `found`, the fastest first, and counts.
static int find(const convo_kernels *found[3]) {
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl"))
    found[count++] = &convo_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found[count++] = &convo_avx2;
#endif
  found[count++] = &convo_baseline;
  return count;
}

int convo_kernels_count(void) {
  const convo_kernels *found[3];
  return find(found);
}

const convo_kernels *convo_kernels_at(int index) {
  const convo_kernels *found[3];
  int count = find(found);
  return index >= 0 && index < count ? found[index] : NULL;
}
