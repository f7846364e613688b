// Forward through a block whose input has a multiple of 16 channels: Winograd's F(4x4, 3x3), whose output tile is 2x2
// pooling windows.
//
//     225 s = Aᵀ [ Σ (G w Gᵀ) ⊙ (Bᵀ x B) ] A          Σ over channels       (Lavin and Gray, 2016)
//
//           1  -3/2   -2   3/2    1   0          15   0   0
//           0   -1   1/2   5/2    1   0           5   5   5              1   1   1   1    1   0
//     Bᵀ =  0    1  -5/2   1/2    1   0     G =  -5   5  -5      Aᵀ =    0   1  -1   ½   -2   0
//           0   -2   -1     2     1   0         -16  -8  -4              0   1   1   ¼    4   0
//           0   1/2  -1   -1/2    1   0           1  -2   4              0   1  -1   ⅛   -8   1
//           0    1  -3/2   -2    3/2  1           0   0  15
//
// x is the 6x6 window of the input under 2x2 pooled values, s its 16 sums: 36 products in place of 144. The points of the
// interpolation are 0, 1, -1, ½, -2 and infinity: of those that keep what is constant (or alternates) in a window so
// exactly, and with it ties, they have the smallest errors, some units in the last place; and with G taken times 15, all
// three matrices are exact in binary, so that whole numbers stay whole. What is larger by 15² is divided once, after the
// maximum.
//
// For some tiles at a time, all of one picture, three steps: the tiles' transforms; for each of the 36 elements a matrix
// product over the channels; back, and pooling. What lies between stays in the cache. Where the pooled height or width is
// odd, the last tile begins earlier and repeats what its neighbour did; where it is 1, each sum is computed by itself.
//
// Registers of the product, for 6 tiles and 2 vectors of filters: 12 sums of a block of channels, 2 filters, and with
// AVX-512, which has 32 registers, 12 sums over the blocks, which otherwise wait in the cache. Inputs are broadcast from
// memory.
#pragma once

#include "pooling.h"
#include "sizes.h"

// sums[tiles][wide] over `blocks` · 16 channels. Those of a block are added up by themselves first: of the transform's
// rounding errors, which are larger than those of a plain sum, that leaves half.
//
// - inputs: [blocks][convo_tiles][16].
// - filters: [blocks · 16][group].
INLINE void multiply_tiles(
    const float *inputs, const float *filters, float *sums, int64_t blocks, int64_t group, int64_t row,
    const int tiles, const int wide) {
  vector sum[12][2];
  for (int64_t block = 0; block < blocks; block++) {
    vector part[12][2];
    UNROLL for (int t = 0; t < tiles; t++)
      UNROLL for (int o = 0; o < wide; o++) part[t][o] = same(0);
#pragma clang loop unroll_count(2)
    for (int c = 0; c < 16; c++) {
      vector filter[2];
      UNROLL for (int o = 0; o < wide; o++) filter[o] = load(filters + o * LANES);
      filters += group;
      UNROLL for (int t = 0; t < tiles; t++) {
        vector input = same(inputs[t * 16 + c]);
        UNROLL for (int o = 0; o < wide; o++) part[t][o] += input * filter[o];
      }
    }
    inputs += convo_tiles * 16;
    UNROLL for (int t = 0; t < tiles; t++)
      UNROLL for (int o = 0; o < wide; o++) sum[t][o] = block == 0 ? part[t][o] : sum[t][o] + part[t][o];
  }
  UNROLL for (int t = 0; t < tiles; t++)
    UNROLL for (int o = 0; o < wide; o++) store(sums + t * row + o * LANES, sum[t][o]);
}

// The products of one element of the transform, for the tiles up to `count` and the filters; what the registers take
// beyond that is there, and is not used.
INLINE void multiply_all_tiles(
    const convo_block *block, const float *inputs, const float *filters, float *sums, int count) {
  int64_t blocks = block->channels / 16, group = convo_filter_group(block), row = block->filters;
  for (int64_t first = 0; first < row; first += group) {
    const float *panel = filters + first * block->channels;
    float *to = sums + first;
    if (group >= 2 * LANES)
      for (int64_t o = 0; o < group; o += 2 * LANES)
        for (int t = 0; t < count; t += TILES_OF_TWO)
          multiply_tiles(inputs + t * 16, panel + o, to + t * row + o, blocks, group, row, TILES_OF_TWO, 2);
    else
      for (int t = 0; t < count; t += 12) multiply_tiles(inputs + t * 16, panel, to + t * row, blocks, group, row, 12, 1);
  }
}

// Bᵀ x, in differences, which are exactly zero where the numbers are the same.
INLINE void transform_line(const vector x[6], vector to[6]) {
  vector even = x[4] - x[2], odd = x[3] - x[1];
  to[0] = (even + 1.5f * odd) - (x[2] - x[0]);
  to[1] = (even + 1.5f * x[2]) + (2.5f * x[3] - x[1]);
  to[2] = (even + .5f * (x[3] - x[2])) - (x[2] - x[1]);
  to[3] = even + 2 * odd;
  to[4] = even - .5f * odd;
  to[5] = (1.5f * even + (x[5] - x[3])) - odd;
}

// Bᵀ x B of one tile and LANES channels; each of the 36 elements goes to a plane of its own.
INLINE void transform_tile(const float *window, int64_t row, int64_t channels, float *to, int64_t plane) {
  vector lines[6][6];
  UNROLL for (int j = 0; j < 6; j++) {
    vector column[6];
    UNROLL for (int i = 0; i < 6; i++) column[i] = load(window + i * row + j * channels);
    transform_line(column, lines[j]);
  }
  UNROLL for (int i = 0; i < 6; i++) {
    vector line[6], elements[6];
    UNROLL for (int j = 0; j < 6; j++) line[j] = lines[j][i];
    transform_line(line, elements);
    UNROLL for (int j = 0; j < 6; j++) store(to + (6 * i + j) * plane, elements[j]);
  }
}

// Aᵀ m.
INLINE void restore_line(const vector m[6], vector to[4]) {
  vector plus = m[1] + m[2], minus = m[1] - m[2];
  to[0] = (m[0] + plus) + (m[3] + m[4]);
  to[1] = (minus + .5f * m[3]) - 2 * m[4];
  to[2] = (plus + .25f * m[3]) + 4 * m[4];
  to[3] = ((minus + .125f * m[3]) - 8 * m[4]) + m[5];
}

// The 16 sums of one tile and LANES filters, times 225, from the planes of its 36 products.
INLINE void restore_tile(const float *products, int64_t plane, vector sums[4][4]) {
  vector lines[4][6];
  UNROLL for (int j = 0; j < 6; j++) {
    vector column[6], line[4];
    UNROLL for (int i = 0; i < 6; i++) column[i] = load(products + (6 * i + j) * plane);
    restore_line(column, line);
    UNROLL for (int i = 0; i < 4; i++) lines[i][j] = line[i];
  }
  UNROLL for (int i = 0; i < 4; i++) restore_line(lines[i], sums[i]);
}

// The largest of four sums, each times 225, with the bias and ReLU. Sums of equal windows differ by the tile's rounding
// errors, unless the whole tile is flat: what is not larger by more than that lets the first win.
INLINE void pool_scaled(vector a, vector b, vector c, vector d, vector bias, float *output, uint8_t *winners) {
  const vector sums[4] = {a, b, c, d};
  vector largest = a, won = a;
  ints winner = (ints)0;
  UNROLL for (int place = 1; place < 4; place++) {
    largest = __builtin_elementwise_max(largest, sums[place]);
    ints is_larger = sums[place] > won + 0x1p-19f * __builtin_elementwise_abs(won);
    won = is_larger ? sums[place] : won;
    winner = is_larger ? (ints)place : winner;
  }
  vector value = largest / 225 + bias;
  ints is_alive = value > same(0);
  store(output, is_alive ? value : same(0));
  if (winners) store_bytes(winners, is_alive ? winner : (ints)convo_dead);
}

// All filters of the pooled value at (y, x), each sum by itself.
static void forward_carefully(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners, int64_t y, int64_t x) {
  int64_t channels = block->channels, row = block->input_width * channels;
  int64_t at = (y * block->pooled_width + x) * block->filters;
  const float *direct = packed + convo_elements * channels * block->filters;
  for (int64_t f = 0; f < block->filters; f += LANES)
    convolve_carefully(
        input + 2 * y * row + 2 * x * channels, row, channels, direct + f / 16 * 9 * channels * 16 + f % 16, bias + f,
        output + at + f, winners ? winners + at + f : 0);
}

static void forward_many_channels(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners, void *scratch) {
  int64_t channels = block->channels, filters = block->filters, row = block->input_width * channels;
  int64_t height = block->pooled_height, width = block->pooled_width;
  if (height < 2 || width < 2) {
    for (int64_t y = 0; y < height; y++)
      for (int64_t x = 0; x < width; x++) forward_carefully(block, input, packed, bias, output, winners, y, x);
    return;
  }
  int64_t across = (width + 1) / 2, all = (height + 1) / 2 * across;
  int64_t plane = convo_tiles * channels, sum_plane = convo_tiles * filters;
  float *transforms = scratch, *products = transforms + convo_elements * plane;
  for (int64_t first = 0; first < all; first += convo_tiles) {
    int count = (int)convo_smaller(all - first, convo_tiles);
    int64_t top[convo_tiles], left[convo_tiles];
    for (int t = 0; t < count; t++) {
      top[t] = convo_smaller((first + t) / across * 2, height - 2);
      left[t] = convo_smaller((first + t) % across * 2, width - 2);
      const float *corner = input + 2 * top[t] * row + 2 * left[t] * channels;
      for (int64_t c = 0; c < channels; c += LANES)
        transform_tile(corner + c, row, channels, transforms + (c / 16 * convo_tiles + t) * 16 + c % 16, plane);
    }
    for (int element = 0; element < convo_elements; element++)
      multiply_all_tiles(
          block, transforms + element * plane, packed + element * channels * filters, products + element * sum_plane,
          count);
    for (int t = 0; t < count; t++) {
      int64_t corner = (top[t] * width + left[t]) * filters;
      watch watch = watch_begin();
      for (int64_t f = 0; f < filters; f += LANES) {
        vector sums[4][4], start = load(bias + f);
        restore_tile(products + t * filters + f, sum_plane, sums);
        UNROLL for (int i = 0; i < 2; i++)
          UNROLL for (int j = 0; j < 2; j++) {
            const vector *above = sums[2 * i] + 2 * j, *below = sums[2 * i + 1] + 2 * j;
            int64_t at = corner + (i * width + j) * filters + f;
            pool_scaled(above[0], above[1], below[0], below[1], start, output + at, winners ? winners + at : 0);
            watch_add(&watch, above[0], above[1], below[0], below[1]);
          }
      }
      if (watch_found(watch))
        for (int i = 0; i < 4; i++)
          forward_carefully(block, input, packed, bias, output, winners, top[t] + i / 2, left[t] + i % 2);
    }
  }
}
