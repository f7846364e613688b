// Forward through a block whose input has a multiple of 16 channels: Winograd's F(2x2, 3x3), whose output tile is the
// pooling window.
//
//     s = Aᵀ [ Σ (G w Gᵀ) ⊙ (Bᵀ x B) ] A          Σ over channels       (Lavin and Gray, 2016)
//
//          1  0 -1  0              1   0   0
//     Bᵀ = 0  1  1  0         G =  ½   ½   ½         Aᵀ = 1  1  1  0
//          0 -1  1  0              ½  -½   ½              0  1 -1 -1
//          0  1  0 -1              0   0   1
//
// x is the 4x4 window of the input under a pooled value, s its four sums: 16 products in place of 36. For some windows
// at a time, all of one picture, three steps: the windows' transforms; for each of the 16 elements a matrix product over
// the channels; back, and pooling. What lies between stays in the cache.
//
// Registers of the product: `windows` x `wide` sums, `wide` filters; inputs are broadcast from memory. Of 32 registers
// with AVX-512: 24 + 4 or 24 + 2; of 16 otherwise: 12 + 2.
#pragma once

#include "pooling.h"
#include "sizes.h"

// sums[windows][wide] over `blocks` · 16 channels.
//
// - inputs: [blocks][convo_windows][16].
// - filters: [blocks · 16][group].
// - start: what to add, [wide]; NULL for nothing.
INLINE void multiply_windows(
    const float *inputs, const float *filters, float *sums, int64_t blocks, int64_t group, int64_t row,
    const float *start, const int windows, const int wide) {
  vector sum[12][4];
  UNROLL for (int o = 0; o < wide; o++) {
    vector first = start ? load(start + o * LANES) : same(0);
    UNROLL for (int t = 0; t < windows; t++) sum[t][o] = first;
  }
  for (int64_t block = 0; block < blocks; block++) {
#pragma clang loop unroll_count(2)
    for (int c = 0; c < 16; c++) {
      vector filter[4];
      UNROLL for (int o = 0; o < wide; o++) filter[o] = load(filters + o * LANES);
      filters += group;
      UNROLL for (int t = 0; t < windows; t++) {
        vector input = same(inputs[t * 16 + c]);
        UNROLL for (int o = 0; o < wide; o++) sum[t][o] += input * filter[o];
      }
    }
    inputs += convo_windows * 16;
  }
  UNROLL for (int t = 0; t < windows; t++)
    UNROLL for (int o = 0; o < wide; o++) store(sums + t * row + o * LANES, sum[t][o]);
}

// The products of one element of the transform, for all windows and all filters.
INLINE void multiply_all_windows(
    const convo_block *block, const float *inputs, const float *filters, float *sums, const float *start) {
  int64_t blocks = block->channels / 16, group = convo_filter_group(block);
  for (int64_t first = 0; first < block->filters; first += group) {
    const float *panel = filters + first * block->channels;
    const float *begin = start ? start + first : start;
#if LANES == 16
    if (group == 64) {
      for (int t = 0; t < convo_windows; t += 6)
        multiply_windows(inputs + t * 16, panel, sums + t * block->filters + first, blocks, group, block->filters, begin, 6, 4);
    } else if (group == 32) {
      for (int t = 0; t < convo_windows; t += 12)
        multiply_windows(
            inputs + t * 16, panel, sums + t * block->filters + first, blocks, group, block->filters, begin, 12, 2);
    } else {
      for (int t = 0; t < convo_windows; t += 12)
        multiply_windows(
            inputs + t * 16, panel, sums + t * block->filters + first, blocks, group, block->filters, begin, 12, 1);
    }
#else
    for (int64_t o = 0; o < group; o += 2 * LANES)
      for (int t = 0; t < convo_windows; t += NARROW_WINDOWS)
        multiply_windows(
            inputs + t * 16, panel + o, sums + t * block->filters + first + o, blocks, group, block->filters,
            begin ? begin + o : begin, NARROW_WINDOWS, 2);
#endif
  }
}

// Bᵀ x B of one window and LANES channels; each of the 16 elements goes to a plane of its own.
INLINE void transform_window(const float *window, int64_t row, int64_t channels, float *to, int64_t plane) {
  vector rows[4][4];
  UNROLL for (int j = 0; j < 4; j++) {
    const float *column = window + j * channels;
    vector a = load(column), b = load(column + row), c = load(column + 2 * row), d = load(column + 3 * row);
    rows[0][j] = a - c;
    rows[1][j] = b + c;
    rows[2][j] = c - b;
    rows[3][j] = b - d;
  }
  UNROLL for (int i = 0; i < 4; i++) {
    store(to + (4 * i + 0) * plane, rows[i][0] - rows[i][2]);
    store(to + (4 * i + 1) * plane, rows[i][1] + rows[i][2]);
    store(to + (4 * i + 2) * plane, rows[i][2] - rows[i][1]);
    store(to + (4 * i + 3) * plane, rows[i][1] - rows[i][3]);
  }
}

// The four sums of one window and LANES filters, from the planes of its 16 products.
INLINE void restore_window(const float *products, int64_t plane, vector sums[4]) {
  vector above[4], below[4];
  UNROLL for (int j = 0; j < 4; j++) {
    vector a = load(products + j * plane), b = load(products + (4 + j) * plane),
           c = load(products + (8 + j) * plane), d = load(products + (12 + j) * plane);
    above[j] = a + (b + c);
    below[j] = (b - c) - d;
  }
  sums[0] = above[0] + (above[1] + above[2]);
  sums[1] = (above[1] - above[2]) - above[3];
  sums[2] = below[0] + (below[1] + below[2]);
  sums[3] = (below[1] - below[2]) - below[3];
}

static void forward_many_channels(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners, void *scratch) {
  int64_t channels = block->channels, filters = block->filters, row = block->input_width * channels;
  int64_t count = block->pooled_height * block->pooled_width;
  int64_t plane = convo_windows * channels, sum_plane = convo_windows * filters;
  float *transforms = scratch, *products = transforms + 16 * plane;
  const float *direct = packed + 16 * channels * filters;
  for (int64_t first = 0; first < count; first += convo_windows) {
    int windows = count - first < convo_windows ? (int)(count - first) : convo_windows;
    int64_t y = first / block->pooled_width, x = first % block->pooled_width;
    const float *corners[convo_windows];
    for (int t = 0; t < windows; t++) {
      corners[t] = input + 2 * y * row + 2 * x * channels;
      if (++x == block->pooled_width) {
        x = 0;
        y++;
      }
      for (int64_t c = 0; c < channels; c += LANES)
        transform_window(
            corners[t] + c, row, channels, transforms + (c / 16 * convo_windows + t) * 16 + c % 16, plane);
    }
    for (int element = 0; element < 16; element++)
      // A constant added to the element in the middle comes out at all four sums.
      multiply_all_windows(
          block, transforms + element * plane, packed + element * channels * filters, products + element * sum_plane,
          element == 5 ? bias : 0);
    for (int t = 0; t < windows; t++) {
      float *to = output + (first + t) * filters;
      uint8_t *won = winners ? winners + (first + t) * filters : 0;
      watch watch = watch_begin();
      for (int64_t f = 0; f < filters; f += LANES) {
        vector sums[4];
        restore_window(products + t * filters + f, sum_plane, sums);
        pool(sums[0], sums[1], sums[2], sums[3], to + f, won ? won + f : 0);
        watch_add(&watch, sums[0], sums[1], sums[2], sums[3]);
      }
      if (watch_found(watch))
        for (int64_t f = 0; f < filters; f += LANES)
          convolve_carefully(
              corners[t], row, channels, direct + f / 16 * 9 * channels * 16 + f % 16, bias + f, to + f,
              won ? won + f : 0);
    }
  }
}
