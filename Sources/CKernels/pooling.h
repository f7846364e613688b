// The end of a fused block: the four sums of a pooling window become one value and the byte of its winner.
#pragma once

#include "convo_block.h"
#include "vectors.h"

// ReLU's zero is where the search for the maximum begins. `>` lets the first of equals win, and passes over NaN, as
// TensorFlow does where it fuses convolution and ReLU.
INLINE void pool(vector a, vector b, vector c, vector d, float *output, uint8_t *winners) {
  const vector sums[4] = {a, b, c, d};
  vector largest = same(0);
  ints winner = (ints)convo_dead;
  UNROLL for (int place = 0; place < 4; place++) {
    ints is_larger = sums[place] > largest;
    largest = is_larger ? sums[place] : largest;
    winner = is_larger ? (ints)place : winner;
  }
  store(output, largest);
  if (winners) store_bytes(winners, winner);
}
// Winograd's differences make NaN of two infinities, and spread a NaN to sums that do not see it. Sums that are all
// numbers have a sum that is one too, unless it overflows: an addition for each finds the windows, one in a lifetime,
// that must be computed by the definition.
typedef struct {
  vector sum;
} watch;

INLINE watch watch_begin(void) { return (watch){same(0)}; }
INLINE void watch_add(watch *watch, vector a, vector b, vector c, vector d) {
  watch->sum += (a + b) + (c + d);
}
INLINE int watch_found(watch watch) {
  ints is_strange = (watch.sum - watch.sum) != same(0);
  return __builtin_reduce_or(is_strange) != 0;
}

// One pooled position and LANES filters, sum by sum in the order of the definition.
//
// - filters: [9 · channels, 16], from the first of LANES filters on.
static __attribute__((noinline)) void convolve_carefully(
    const float *input, int64_t row, int64_t channels, const float *filters, const float *bias, float *output,
    uint8_t *winners) {
  vector sums[4];
  for (int place = 0; place < 4; place++) {
    const float *corner = input + (place >> 1) * row + (place & 1) * channels;
    vector sum = load(bias);
    for (int k = 0; k < 3; k++)
      for (int64_t j = 0; j < 3 * channels; j++)
        sum += same(corner[k * row + j]) * load(filters + (k * 3 * channels + j) * 16);
    sums[place] = sum;
  }
  pool(sums[0], sums[1], sums[2], sums[3], output, winners);
}
