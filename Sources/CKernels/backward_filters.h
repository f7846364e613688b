// The gradients of a block's filters, for inputs with a multiple of 16 channels.
//
//     dw[k, l, c, f] += Σ dp[i, j, f] · x[2i + u + k, 2j + v + l, c]      over the pooled values that are not dead
//
// where (u, v) is the winner's place. Only one of the four places under a pooled value takes part, so the work begins
// with a list for each filter: where the winners' 3x3 windows begin, and their gradients. With the list at hand, a
// filter's sums stay in registers while the input's channels are loaded beside them: 9 sums for each of two filters of
// 32 registers with AVX-512, 9 of 16 otherwise.
#pragma once

#include "sizes.h"
#include "vectors.h"

// For each filter: where in the input its windows begin, and the gradients.
typedef struct {
  int32_t *offsets;
  float *gradients;
  int64_t *counts;
  int64_t capacity;
} filter_lists;

INLINE filter_lists lists_in(void *scratch, const convo_block *block) {
  filter_lists lists = {.capacity = convo_list_capacity(block)};
  int64_t size = block->filters * lists.capacity;
  lists.offsets = scratch;
  lists.gradients = (float *)(lists.offsets + size);
  lists.counts = (int64_t *)(lists.gradients + size);
  return lists;
}

#if LANES == 16
// Transposes a square of 16 x 16: four perfect shuffles of its 256 elements.
INLINE void transpose(ints rows[16]) {
  UNROLL for (int round = 0; round < 4; round++) {
    ints shuffled[16];
    UNROLL for (int i = 0; i < 8; i++) {
      shuffled[2 * i] = __builtin_shufflevector(
          rows[i], rows[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      shuffled[2 * i + 1] = __builtin_shufflevector(
          rows[i], rows[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    UNROLL for (int i = 0; i < 16; i++) rows[i] = shuffled[i];
  }
}

// 16 positions of 16 filters: turned around, so that each filter's are a vector, of which those that live are appended.
INLINE void list_square(
    filter_lists lists, int64_t filter, const float *gradient, const uint8_t *winners, int64_t stride, int count,
    int32_t begin, int32_t step, int32_t row) {
  ints offset[16], slope[16];
  for (int i = 0; i < 16; i++) {
    if (i < count) {
      ints place = load_bytes(winners + i * stride);
      ints at = (ints)(begin + 2 * i * step) + ((place & 1) != 0 ? (ints)step : (ints)0)
                + ((place & 2) != 0 ? (ints)row : (ints)0);
      offset[i] = place == (ints)convo_dead ? (ints)-1 : at;
      slope[i] = (ints)load(gradient + i * stride);
    } else {
      offset[i] = (ints)-1;
      slope[i] = (ints)0;
    }
  }
  transpose(offset);
  transpose(slope);
  UNROLL for (int f = 0; f < 16; f++) {
    int64_t *count_of = lists.counts + filter + f;
    int64_t end = (filter + f) * lists.capacity + *count_of;
    __mmask16 lives = _mm512_cmpge_epi32_mask((__m512i)offset[f], _mm512_setzero_si512());
    _mm512_storeu_si512(lists.offsets + end, _mm512_maskz_compress_epi32(lives, (__m512i)offset[f]));
    _mm512_storeu_ps(lists.gradients + end, _mm512_maskz_compress_ps(lives, (__m512)slope[f]));
    *count_of += __builtin_popcount(lives);
  }
}
#else
INLINE void list_square(
    filter_lists lists, int64_t filter, const float *gradient, const uint8_t *winners, int64_t stride, int count,
    int32_t begin, int32_t step, int32_t row) {
  for (int f = 0; f < 16; f++) {
    int64_t count_of = lists.counts[filter + f];
    int32_t *offsets = lists.offsets + (filter + f) * lists.capacity;
    float *gradients = lists.gradients + (filter + f) * lists.capacity;
    for (int i = 0; i < count; i++) {
      int place = winners[i * stride + f];
      // Written always, and kept where it lives: no branch to guess.
      offsets[count_of] = begin + 2 * i * step + (place & 1) * step + (place >> 1) * row;
      gradients[count_of] = gradient[i * stride + f];
      count_of += place != convo_dead;
    }
    lists.counts[filter + f] = count_of;
  }
}
#endif

// The list of one filter.
typedef struct {
  const int32_t *offsets;
  const float *gradients;
  int64_t count;
} filter_list;

INLINE filter_list list_of(filter_lists lists, int64_t filter) {
  return (filter_list){
      lists.offsets + filter * lists.capacity, lists.gradients + filter * lists.capacity, lists.counts[filter]};
}

INLINE void load_taps(vector sum[9], const float *from) {
  UNROLL for (int tap = 0; tap < 9; tap++) sum[tap] = load(from + tap * 16);
}
INLINE void store_taps(const vector sum[9], float *to) {
  UNROLL for (int tap = 0; tap < 9; tap++) store(to + tap * 16, sum[tap]);
}

// One entry of a list.
INLINE void add_entry(
    vector sum[9], const float *input, int64_t row, int64_t channels, filter_list list, int64_t entry) {
  const float *first = input + list.offsets[entry], *second = first + row, *third = second + row;
  vector slope = same(list.gradients[entry]);
  UNROLL for (int l = 0; l < 3; l++) sum[l] += slope * load(first + l * channels);
  UNROLL for (int l = 0; l < 3; l++) sum[3 + l] += slope * load(second + l * channels);
  UNROLL for (int l = 0; l < 3; l++) sum[6 + l] += slope * load(third + l * channels);
}

#if LANES == 16
// Filters whose sums are in registers at a time.
enum { filters_together = 2 };

// Two filters, entry by entry: their lists go over the input side by side, which so comes from the second-level cache
// once for both.
INLINE void add_lists(
    const float *input, int64_t row, int64_t channels, filter_lists lists, int64_t filter, float *to) {
  filter_list a = list_of(lists, filter), b = list_of(lists, filter + 1);
  vector sum_a[9], sum_b[9];
  load_taps(sum_a, to);
  load_taps(sum_b, to + convo_taps);
  int64_t both = convo_smaller(a.count, b.count);
  for (int64_t i = 0; i < both; i++) {
    add_entry(sum_a, input, row, channels, a, i);
    add_entry(sum_b, input, row, channels, b, i);
  }
  for (int64_t i = both; i < a.count; i++) add_entry(sum_a, input, row, channels, a, i);
  for (int64_t i = both; i < b.count; i++) add_entry(sum_b, input, row, channels, b, i);
  store_taps(sum_a, to);
  store_taps(sum_b, to + convo_taps);
}
#else
enum { filters_together = 1 };

INLINE void add_lists(
    const float *input, int64_t row, int64_t channels, filter_lists lists, int64_t filter, float *to) {
  filter_list list = list_of(lists, filter);
  vector sum[9];
  load_taps(sum, to);
  for (int64_t i = 0; i < list.count; i++) add_entry(sum, input, row, channels, list, i);
  store_taps(sum, to);
}
#endif

INLINE float sum_of(const float *values, int64_t count) {
  vector sums = same(0);
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) sums += load(values + i);
  float sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += sums[lane];
  for (; i < count; i++) sum += values[i];
  return sum;
}

static void backward_filters_many_channels(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient, void *scratch) {
  int64_t channels = block->channels, filters = block->filters, row = block->input_width * channels;
  convo_patch patch = convo_list_patch(block);
  filter_lists lists = lists_in(scratch, block);
  for (int64_t y = 0; y < block->pooled_height; y += patch.rows)
    for (int64_t x = 0; x < block->pooled_width; x += patch.columns) {
      int64_t rows = convo_smaller(patch.rows, block->pooled_height - y);
      int64_t columns = convo_smaller(patch.columns, block->pooled_width - x);
      for (int64_t f = 0; f < filters; f++) lists.counts[f] = 0;
      for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < columns; c += 16) {
          int64_t at = ((y + r) * block->pooled_width + x + c) * filters;
          int count = (int)convo_smaller(16, columns - c);
          for (int64_t f = 0; f < filters; f += 16)
            list_square(
                lists, f, output_gradient + at + f, winners + at + f, filters, count,
                (int32_t)(2 * r * row + 2 * c * channels), (int32_t)channels, (int32_t)row);
        }
      for (int64_t f = 0; f < filters; f++)
        bias_gradient[f] += sum_of(lists.gradients + f * lists.capacity, lists.counts[f]);
      const float *corner = input + 2 * y * row + 2 * x * channels;
      for (int64_t c = 0; c < channels; c += LANES)
        for (int64_t f = 0; f < filters; f += filters_together)
          add_lists(
              corner + c, row, channels, lists, f,
              filter_gradient + (c / 16 * filters + f) * convo_taps + c % 16);
    }
}
