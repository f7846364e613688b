#ifndef CONVO_SQUARE_ROOT_H
#define CONVO_SQUARE_ROOT_H

/// The square root by the processor's own instruction; NaN for negative numbers.
///
/// The C library's sqrtf, which Swift's squareRoot() calls, must set errno for negative numbers, and a compiler can't
/// make vector code of a loop with that in it.
static inline float convo_square_root(float number) {
  return __builtin_elementwise_sqrt(number);
}

#endif
