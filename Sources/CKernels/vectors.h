// Vectors of LANES floats, as clang has them on every processor. A file that includes this one defines LANES first.
#pragma once

#include <stdint.h>

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef int32_t ints __attribute__((ext_vector_type(LANES)));
typedef float unaligned_vector __attribute__((ext_vector_type(LANES), aligned(4)));
typedef uint8_t bytes __attribute__((ext_vector_type(LANES), aligned(1)));

// Kernels are written once, as functions of their tile's size; the compiler makes one of each from constant arguments.
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vector load(const float *from) { return *(const unaligned_vector *)from; }
INLINE void store(float *to, vector value) { *(unaligned_vector *)to = value; }
INLINE vector same(float value) { return (vector)value; }

INLINE ints load_bytes(const uint8_t *from) { return __builtin_convertvector(*(const bytes *)from, ints); }
INLINE void store_bytes(uint8_t *to, ints value) { *(bytes *)to = __builtin_convertvector(value, bytes); }
