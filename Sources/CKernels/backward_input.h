// The gradient of a block's input.
//
//     dx[2i + u + k, 2j + v + l, c] += Σ dp[i, j, f] · w[k, l, c, f]      over the pooled values that are not dead
//
// where (u, v) is the winner's place. For one row of pooled values at a time, all gradients are first sorted by place:
// a list for each column of the convolution and each of its two rows. Then a window of 4 rows x 3 columns of sums goes
// over the row: each gradient of the column at hand is multiplied with its filter's nine taps, and the column of sums
// that is complete leaves. Registers: 12 sums. With more channels at a time, their filters would not
// stay in the first-level cache.
#pragma once

#include "sizes.h"
#include "vectors.h"

// The gradients of one row of pooled values, in the order column, row of the convolution: each with its filter's place
// among the packed filters.
typedef struct {
  int32_t *offsets;
  float *gradients;
  /// For each pooled column, those of its four places: (u, v) = (0, 0), (1, 0), (0, 1), (1, 1).
  int32_t *counts;
} place_lists;

INLINE place_lists places_in(void *scratch, const convo_block *block) {
  int64_t size = block->pooled_width * block->filters + 16;
  place_lists lists = {.offsets = scratch};
  lists.gradients = (float *)(lists.offsets + size);
  lists.counts = (int32_t *)(lists.gradients + size);
  return lists;
}

INLINE void sort_row(place_lists lists, const float *gradient, const uint8_t *winners, int64_t columns, int64_t filters) {
  int64_t end = 0;
  for (int64_t x = 0; x < columns; x++)
    for (int order = 0; order < 4; order++) {
      const int place = (order & 1) * 2 + (order >> 1);
      int64_t begin = end;
      const float *slopes = gradient + x * filters;
      const uint8_t *won = winners + x * filters;
#if LANES == 16
      __m512i taps = _mm512_mullo_epi32(
          _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), _mm512_set1_epi32(convo_taps));
      for (int64_t f = 0; f < filters; f += 16) {
        __mmask16 lives =
            _mm_cmpeq_epi8_mask(_mm_loadu_si128((const __m128i *)(won + f)), _mm_set1_epi8((char)place));
        __m512i offset = _mm512_add_epi32(taps, _mm512_set1_epi32((int32_t)f * convo_taps));
        _mm512_storeu_si512(lists.offsets + end, _mm512_maskz_compress_epi32(lives, offset));
        _mm512_storeu_ps(lists.gradients + end, _mm512_maskz_compress_ps(lives, _mm512_loadu_ps(slopes + f)));
        end += __builtin_popcount(lives);
      }
#else
      for (int64_t f = 0; f < filters; f++) {
        lists.offsets[end] = (int32_t)f * convo_taps;
        lists.gradients[end] = slopes[f];
        end += won[f] == place;
      }
#endif
      lists.counts[4 * x + order] = (int32_t)(end - begin);
    }
}

// One row of pooled values and LANES channels: four rows of the input's gradient, of which the first two add to what the
// row above left, unless there is none.
INLINE void spread_row(
    place_lists lists, int64_t columns, const float *packed, float *gradient, int64_t row, int64_t channels,
    int is_first) {
  vector sum[4][3];
  UNROLL for (int r = 0; r < 4; r++) UNROLL for (int l = 0; l < 3; l++) sum[r][l] = same(0);
  const int32_t *offset = lists.offsets;
  const float *slope = lists.gradients;
  for (int64_t x = 0; x < 2 * columns + 2; x++) {
    if (x < 2 * columns) UNROLL for (int u = 0; u < 2; u++) {
        int32_t count = lists.counts[2 * x + u];
        for (int32_t i = 0; i < count; i++) {
          const float *taps = packed + offset[i];
          vector whole = same(slope[i]);
          UNROLL for (int t = 0; t < 9; t++) sum[u + t / 3][t % 3] += whole * load(taps + t * 16);
        }
        offset += count;
        slope += count;
      }
    UNROLL for (int r = 0; r < 4; r++) {
      float *to = gradient + r * row + x * channels;
      store(to, r >= 2 || is_first ? sum[r][0] : load(to) + sum[r][0]);
      sum[r][0] = sum[r][1];
      sum[r][1] = sum[r][2];
      sum[r][2] = same(0);
    }
  }
}

static void backward_input(
    const convo_block *block, const float *output_gradient, const uint8_t *winners, const float *packed,
    float *input_gradient, void *scratch) {
  int64_t channels = block->channels, filters = block->filters, row = block->input_width * channels;
  int64_t columns = block->pooled_width;
  place_lists lists = places_in(scratch, block);
  for (int64_t y = 0; y < block->pooled_height; y++) {
    sort_row(lists, output_gradient + y * columns * filters, winners + y * columns * filters, columns, filters);
    float *to = input_gradient + 2 * y * row;
    for (int64_t c = 0; c < channels; c += LANES)
      spread_row(lists, columns, packed + c / 16 * filters * convo_taps + c % 16, to + c, row, channels, y == 0);
  }
  // What lies beyond the last window: pooling leaves an odd row or column out.
  int64_t used = (2 * columns + 2) * channels, used_rows = 2 * block->pooled_height + 2;
  for (int64_t y = 0; y < block->input_height; y++)
    for (int64_t i = y < used_rows ? used : 0; i < row; i++) input_gradient[y * row + i] = 0;
}
