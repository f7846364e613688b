// Vectors of 8 floats, 16 registers: processors with AVX2 and FMA.
#include "sets.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define TILES_OF_TWO 6
#define FIRST_POSITIONS 2
#include "set.h"
#pragma clang attribute pop

const convo_kernels convo_avx2 = CONVO_KERNELS("avx2");
#endif
