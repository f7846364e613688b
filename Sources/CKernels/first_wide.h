// The first layer's kernels for vectors of 16 floats: what `first.h` says of them.
#pragma once

#include <immintrin.h>

#include "pooling.h"
#include "sizes.h"

// Windows whose sums are in registers at a time, and windows that are transformed before: the transforms must have reached
// the cache before single numbers of them are read again.
enum { convo_first_windows = 3, convo_first_transforms = 24 };

// The 4 pixels of one row of a window, with all their channels.
INLINE vector load_pixels(const float *from, const int channels) {
  return (vector)_mm512_maskz_loadu_ps((__mmask16)((1u << 4 * channels) - 1), from);
}

INLINE vector permute(vector table, ints places) {
  return (vector)_mm512_permutexvar_ps((__m512i)places, (__m512)table);
}

// Places of pixels in a row, for each of 4 pixels and its channels.
INLINE ints pixel_places(const int a, const int b, const int c, const int d, const int channels) {
  const int pixels[4] = {a, b, c, d};
  ints places;
  UNROLL for (int i = 0; i < 16; i++) places[i] = pixels[i / channels & 3] * channels + i % channels;
  return places;
}

// Bᵀ x B of one window: element 4i + j of channel c goes to [i][j · channels + c].
INLINE void transform_few(const float *window, int64_t row, float *to, const int channels) {
  vector a = load_pixels(window, channels), b = load_pixels(window + row, channels),
         c = load_pixels(window + 2 * row, channels), d = load_pixels(window + 3 * row, channels);
  const vector rows[4] = {a - c, b + c, c - b, b - d};
  const ints plus = pixel_places(0, 1, 2, 1, channels), other = pixel_places(2, 2, 1, 3, channels);
  vector sign;
  UNROLL for (int i = 0; i < 16; i++) sign[i] = i / channels == 1 ? 1 : -1;
  UNROLL for (int i = 0; i < 4; i++) store(to + 16 * i, permute(rows[i], plus) + sign * permute(rows[i], other));
}

// `windows` windows and 16 filters. `plane` is the distance between elements of the filters.
INLINE void forward_windows(
    const float *transforms, const float *filters, int64_t plane, const float *bias, float *output, uint8_t *winners,
    int64_t stride, int *is_strange, const int channels, const int windows) {
  vector above[convo_first_windows][2], below[convo_first_windows][2];
  UNROLL for (int i = 0; i < 4; i++) {
    vector product[convo_first_windows][4];
    UNROLL for (int j = 0; j < 4; j++) {
      // A constant added to the element in the middle comes out at all four sums.
      vector start = i == 1 && j == 1 ? load(bias) : same(0);
      UNROLL for (int t = 0; t < windows; t++) product[t][j] = start;
      UNROLL for (int c = 0; c < channels; c++) {
        vector filter = load(filters + (4 * i + j) * plane + c * 16);
        UNROLL for (int t = 0; t < windows; t++)
          product[t][j] += same(transforms[t * 64 + i * 16 + j * channels + c]) * filter;
      }
    }
    UNROLL for (int t = 0; t < windows; t++) {
      vector left = product[t][0] + (product[t][1] + product[t][2]);
      vector right = (product[t][1] - product[t][2]) - product[t][3];
      above[t][0] = i == 0 ? left : i < 3 ? above[t][0] + left : above[t][0];
      above[t][1] = i == 0 ? right : i < 3 ? above[t][1] + right : above[t][1];
      below[t][0] = i == 1 ? left : i > 1 ? below[t][0] - left : same(0);
      below[t][1] = i == 1 ? right : i > 1 ? below[t][1] - right : same(0);
    }
  }
  watch watch = watch_begin();
  UNROLL for (int t = 0; t < windows; t++) {
    pool(
        above[t][0], above[t][1], below[t][0], below[t][1], output + t * stride, winners ? winners + t * stride : 0);
    watch_add(&watch, above[t][0], above[t][1], below[t][0], below[t][1]);
  }
  *is_strange = watch_found(watch);
}

INLINE void forward_few(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners, const int channels) {
  int64_t row = block->input_width * channels, filters = block->filters, columns = block->pooled_width;
  int64_t plane = channels * filters;
  const float *direct = packed + 16 * plane;
  float transforms[convo_first_transforms * 64] __attribute__((aligned(64)));
  for (int64_t y = 0; y < block->pooled_height; y++)
    for (int64_t first = 0; first < columns; first += convo_first_transforms) {
      int count = (int)convo_smaller(convo_first_transforms, columns - first);
      const float *corner = input + 2 * y * row + 2 * first * channels;
      for (int t = 0; t < count; t++) transform_few(corner + 2 * t * channels, row, transforms + t * 64, channels);
      for (int64_t f = 0; f < filters; f += 16)
        for (int t = 0; t < count;) {
          int windows = count < convo_first_windows ? 1 : convo_first_windows;
          // The last windows begin earlier instead of being fewer.
          if (count - t < windows) t = count - windows;
          int64_t at = (y * columns + first + t) * filters + f;
          uint8_t *won = winners ? winners + at : 0;
          const float *panel = packed + f * channels, *own = transforms + t * 64;
          int is_strange;
          if (windows == 1)
            forward_windows(own, panel, plane, bias + f, output + at, won, filters, &is_strange, channels, 1);
          else
            forward_windows(
                own, panel, plane, bias + f, output + at, won, filters, &is_strange, channels, convo_first_windows);
          if (is_strange)
            for (int i = 0; i < windows; i++)
              convolve_carefully(
                  corner + 2 * (t + i) * channels, row, channels, direct + f * 9 * channels, bias + f,
                  output + at + i * filters, won ? won + i * filters : 0);
          t += windows;
        }
    }
}

// One row of pooled positions and 16 filters.
INLINE void backward_row(
    const float *input, int64_t row, const float *gradient, const uint8_t *winners, int64_t columns, int64_t stride,
    float *filter_gradient, float *bias_gradient, const int channels) {
  vector sum[36], bias = load(bias_gradient);
  UNROLL for (int t = 0; t < 9 * channels; t++) sum[t] = load(filter_gradient + t * 16);
  // Where the pixels of a channel lie in two rows: y · 4 + x, the second row 16 places on.
  ints pixels;
  UNROLL for (int i = 0; i < 16; i++) pixels[i] = (i & 3) * channels + (i >> 2 & 1) * 16;
  for (int64_t x = 0; x < columns; x++) {
    const float *corner = input + 2 * x * channels;
    vector a = load_pixels(corner, channels), b = load_pixels(corner + row, channels),
           c = load_pixels(corner + 2 * row, channels), d = load_pixels(corner + 3 * row, channels);
    ints winner = load_bytes(winners + x * stride);
    vector slope = winner < (ints)convo_dead ? load(gradient + x * stride) : same(0);
    bias += slope;
    // The winner's place among the window's 16 pixels.
    ints first = ((winner & 2) << 1) + (winner & 1);
    UNROLL for (int channel = 0; channel < channels; channel++) {
      ints from = pixels + channel;
      vector window = (vector)_mm512_mask_blend_ps(
          0xff00, _mm512_permutex2var_ps((__m512)a, (__m512i)from, (__m512)b),
          _mm512_permutex2var_ps((__m512)c, (__m512i)from, (__m512)d));
      UNROLL for (int k = 0; k < 3; k++)
        UNROLL for (int l = 0; l < 3; l++)
          sum[(k * 3 + l) * channels + channel] += slope * permute(window, first + (4 * k + l));
    }
  }
  UNROLL for (int t = 0; t < 9 * channels; t++) store(filter_gradient + t * 16, sum[t]);
  store(bias_gradient, bias);
}

INLINE void backward_few(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient, const int channels) {
  int64_t row = block->input_width * channels, filters = block->filters, columns = block->pooled_width;
  for (int64_t y = 0; y < block->pooled_height; y++)
    for (int64_t f = 0; f < filters; f += 16)
      backward_row(
          input + 2 * y * row, row, output_gradient + y * columns * filters + f, winners + y * columns * filters + f,
          columns, filters, filter_gradient + f * 9 * channels, bias_gradient + f, channels);
}
