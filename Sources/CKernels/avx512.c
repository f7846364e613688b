// Vectors of 16 floats, 32 registers: processors with AVX-512.
#include "sets.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"), min_vector_width(512))), apply_to = function)
#define LANES 16
#define TILES_OF_TWO 6
#define FIRST_POSITIONS 6
#include "set.h"
#pragma clang attribute pop

const convo_kernels convo_avx512 = CONVO_KERNELS("avx512");
#endif
