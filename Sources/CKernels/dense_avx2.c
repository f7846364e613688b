// Dense products with vectors of 8 floats, 16 registers: processors with AVX2 and FMA.
#include "dense_sizes.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#include "dense.h"
#pragma clang attribute pop

const convo_dense_kernels convo_dense_avx2 = CONVO_DENSE_KERNELS("avx2");
#endif
