// Dense products with vectors of 16 floats, 32 registers: processors with AVX-512.
#include "dense_sizes.h"

#if defined(__x86_64__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"), min_vector_width(512))), apply_to = function)
#define LANES 16
#include "dense.h"
#pragma clang attribute pop

const convo_dense_kernels convo_dense_avx512 = CONVO_DENSE_KERNELS("avx512");
#endif
