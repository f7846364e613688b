// The first layer's kernels for vectors of fewer than 16 floats: what `first.h` says of them.
#pragma once

#include "pooling.h"
#include "sizes.h"

// `positions` pooled columns and LANES filters. Each row of the input feeds two rows of sums.
INLINE void forward_columns(
    const float *input, int64_t row, const float *filters, const float *bias, float *output, uint8_t *winners,
    int64_t stride, const int channels, const int positions) {
  vector sum[2][12];
  UNROLL for (int r = 0; r < 2; r++) UNROLL for (int i = 0; i < 2 * positions; i++) sum[r][i] = load(bias);
  UNROLL for (int y = 0; y < 4; y++) {
    const float *pixels = input + y * row;
    const float *above = filters + y * 3 * channels * 16, *below = above - 3 * channels * 16;
#pragma clang loop unroll(disable)
    for (int j = 0; j < 3 * channels; j++) {
      vector first = y < 3 ? load(above + j * 16) : same(0), second = y > 0 ? load(below + j * 16) : same(0);
      UNROLL for (int i = 0; i < 2 * positions; i++) {
        vector pixel = same(pixels[i * channels + j]);
        if (y < 3) sum[0][i] += pixel * first;
        if (y > 0) sum[1][i] += pixel * second;
      }
    }
  }
  UNROLL for (int p = 0; p < positions; p++)
    pool(
        sum[0][2 * p], sum[0][2 * p + 1], sum[1][2 * p], sum[1][2 * p + 1], output + p * stride,
        winners ? winners + p * stride : 0);
}

INLINE void forward_few(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners, const int channels) {
  int64_t row = block->input_width * channels, filters = block->filters, columns = block->pooled_width;
  for (int64_t y = 0; y < block->pooled_height; y++)
    for (int64_t f = 0; f < filters; f += LANES) {
      const float *taps = packed + 16 * channels * filters + f / 16 * 9 * channels * 16 + f % 16;
      for (int64_t x = 0; x < columns;) {
        int positions = columns < FIRST_POSITIONS ? 1 : FIRST_POSITIONS;
        // The last tile begins earlier instead of being narrower.
        if (columns - x < positions) x = columns - positions;
        const float *corner = input + 2 * y * row + 2 * x * channels;
        int64_t at = (y * columns + x) * filters + f;
        uint8_t *won = winners ? winners + at : 0;
        if (positions == 1)
          forward_columns(corner, row, taps, bias + f, output + at, won, filters, channels, 1);
        else
          forward_columns(corner, row, taps, bias + f, output + at, won, filters, channels, FIRST_POSITIONS);
        x += positions;
      }
    }
}

// One row of pooled positions and LANES filters: adds to the gradients of the filter's rows from `begin` on.
INLINE void backward_row(
    const float *input, int64_t row, const float *gradient, const uint8_t *winners, int64_t columns, int64_t stride,
    float *filter_gradient, const int channels, const int begin, const int rows) {
  vector sum[36];
  UNROLL for (int t = 0; t < rows * 3 * channels; t++)
    sum[t] = load(filter_gradient + (begin * 3 * channels + t) * 16);
  for (int64_t x = 0; x < columns; x++) {
    const float *pixels = input + begin * row + 2 * x * channels;
    ints winner = load_bytes(winners + x * stride);
    vector whole = load(gradient + x * stride), at[4];
    UNROLL for (int place = 0; place < 4; place++) at[place] = winner == (ints)place ? whole : same(0);
    UNROLL for (int y = 0; y <= rows; y++)
      UNROLL for (int j = 0; j < 4 * channels; j++) {
        vector pixel = same(pixels[y * row + j]);
        UNROLL for (int place = 0; place < 4; place++) {
          const int k = y - (place >> 1), tap = j - channels * (place & 1);
          if (k >= 0 && k < rows && tap >= 0 && tap < 3 * channels) sum[k * 3 * channels + tap] += pixel * at[place];
        }
      }
  }
  UNROLL for (int t = 0; t < rows * 3 * channels; t++)
    store(filter_gradient + (begin * 3 * channels + t) * 16, sum[t]);
}

INLINE void backward_few(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient, const int channels) {
  const int rows = channels == 1 ? 3 : 1;
  int64_t row = block->input_width * channels, filters = block->filters, columns = block->pooled_width;
  for (int64_t y = 0; y < block->pooled_height; y++)
    for (int64_t f = 0; f < filters; f += LANES) {
      const float *gradient = output_gradient + y * columns * filters + f;
      const uint8_t *won = winners + y * columns * filters + f;
      float *taps = filter_gradient + f / 16 * 9 * channels * 16 + f % 16;
      UNROLL for (int begin = 0; begin < 3; begin += rows)
        backward_row(input + 2 * y * row, row, gradient, won, columns, filters, taps, channels, begin, rows);
      vector sum = load(bias_gradient + f);
      for (int64_t x = 0; x < columns; x++)
        sum += load_bytes(won + x * filters) < (ints)convo_dead ? load(gradient + x * filters) : same(0);
      store(bias_gradient + f, sum);
    }
}
