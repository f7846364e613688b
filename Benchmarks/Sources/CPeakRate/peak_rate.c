#include "peak_rate.h"

// A multiply-add takes 4 or 5 cycles and two can begin in each, so ten sums keep a core busy. The sums, the factor and
// the addend have to fit the vector registers: 32 with AVX-512 and on Arm, 16 otherwise.
//
// `sum * factor + addend` is contracted to one instruction wherever there is one.
#define DEFINE_RUN(NAME, LANES, SUMS, ATTRIBUTES)                              \
  typedef float NAME##_vector __attribute__((vector_size(LANES * 4)));         \
  ATTRIBUTES static int64_t NAME(int64_t rounds, float *result) {              \
    NAME##_vector sums[SUMS];                                                  \
    const NAME##_vector factor = (NAME##_vector){} + 0.999f;                   \
    const NAME##_vector addend = (NAME##_vector){} + 0.001f;                   \
    for (int i = 0; i < SUMS; i++) sums[i] = (NAME##_vector){} + (float)i;     \
    for (int64_t round = 0; round < rounds; round++) {                         \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++)        \
        sums[i] = sums[i] * factor + addend;                                   \
    }                                                                          \
    NAME##_vector total = {};                                                  \
    for (int i = 0; i < SUMS; i++) total += sums[i];                           \
    float sum = 0;                                                             \
    for (int lane = 0; lane < LANES; lane++) sum += total[lane];               \
    *result = sum;                                                             \
    return rounds * SUMS * LANES;                                              \
  }

#if defined(__x86_64__)
DEFINE_RUN(run_avx512, 16, 24, __attribute__((target("avx512f,fma"))))
DEFINE_RUN(run_avx2, 8, 12, __attribute__((target("avx2,fma"))))
DEFINE_RUN(run_128, 4, 12, )
#else
DEFINE_RUN(run_128, 4, 24, )
#endif

const char *convo_peak_vectors(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return "AVX-512";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "AVX2";
#endif
  return "128-bit";
}

int64_t convo_peak_run(int64_t rounds, float *result) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return run_avx512(rounds, result);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return run_avx2(rounds, result);
#endif
  return run_128(rounds, result);
}
