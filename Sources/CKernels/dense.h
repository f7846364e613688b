// Matrix products of a dense layer, made of one small product that stays in registers:
//
//     C[r, c] (+)= Σ A[r, d] · B[d, c]      over d, for up to 6 rows r and 1, 2 or 4 vectors of columns c
//
// With 6 rows and 4 vectors of 16, 24 registers hold C; each step over d loads 4 vectors of B and 6 single numbers of A
// for 24 multiplications. Processors with 16 registers take at most 2 vectors of columns.
//
// B is packed before, so that its steps lie one after the other: for Y a strip of W, for dW a strip of dY, both
// TILE columns wide. For dX it is a strip of dYᵀ, which makes a strip of dXᵀ: transposing the short dY and the result
// is less work than transposing the long W.
#pragma once

#include <string.h>

#include "convo_dense.h"
#include "dense_sizes.h"
#include "vectors.h"

// The vectors of a full tile.
#define TILE_VECTORS (LANES == 16 ? 4 : 2)
#define TILE (TILE_VECTORS * LANES)

INLINE void multiply(
    int rows, int vectors, int64_t depth, const float *a, int64_t a_row, int64_t a_step, const float *b,
    int64_t b_step, int adds, float *c, int64_t c_row) {
  vector sum[6][4];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = adds ? load(c + r * c_row + v * LANES) : same(0);
  for (int64_t d = 0; d < depth; d++, a += a_step, b += b_step) {
    vector columns[4];
    UNROLL for (int v = 0; v < vectors; v++) columns[v] = load(b + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) {
      vector factor = same(a[r * a_row]);
      UNROLL for (int v = 0; v < vectors; v++) sum[r][v] += factor * columns[v];
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++) store(c + r * c_row + v * LANES, sum[r][v]);
}

#define MULTIPLY(ROWS, VECTORS)                                                                             \
  static __attribute__((noinline)) void multiply_##ROWS##_##VECTORS(                                        \
      int64_t depth, const float *a, int64_t a_row, int64_t a_step, const float *b, int64_t b_step, int adds, \
      float *c, int64_t c_row) {                                                                            \
    multiply(ROWS, VECTORS, depth, a, a_row, a_step, b, b_step, adds, c, c_row);                            \
  }
#define MULTIPLY_ROWS(VECTORS) MULTIPLY(1, VECTORS) MULTIPLY(2, VECTORS) MULTIPLY(4, VECTORS) MULTIPLY(6, VECTORS)
MULTIPLY_ROWS(1)
MULTIPLY_ROWS(2)
#if LANES == 16
MULTIPLY_ROWS(4)
#else
#define multiply_1_4 multiply_1_2
#define multiply_2_4 multiply_2_2
#define multiply_4_4 multiply_4_2
#define multiply_6_4 multiply_6_2
#endif

typedef void (*multiply_function)(
    int64_t, const float *, int64_t, int64_t, const float *, int64_t, int, float *, int64_t);

// The products for 1, 2, 4 and 6 rows, and so many vectors of columns.
static const multiply_function *multiply_functions(int vectors) {
  static const multiply_function one[] = {multiply_1_1, multiply_2_1, multiply_4_1, multiply_6_1};
  static const multiply_function two[] = {multiply_1_2, multiply_2_2, multiply_4_2, multiply_6_2};
  static const multiply_function four[] = {multiply_1_4, multiply_2_4, multiply_4_4, multiply_6_4};
  return vectors == 1 ? one : vectors == 2 ? two : four;
}

// The vectors of a tile that `width` columns take.
INLINE int tile_vectors(int64_t width) { return width <= LANES ? 1 : width <= 2 * LANES ? 2 : TILE_VECTORS; }

// C (+)= A · B over any number of rows. `step` is the distance between the rows of A, and `c_row` that of C.
static void multiply_rows(
    int64_t rows, int vectors, int64_t depth, const float *a, int64_t a_row, int64_t a_step, const float *b,
    int64_t b_step, int adds, float *c, int64_t c_row) {
  const multiply_function *functions = multiply_functions(vectors);
  while (rows > 0) {
    int index = rows >= 6 ? 3 : rows >= 4 ? 2 : rows >= 2 ? 1 : 0;
    int taken = index ? 2 * index : 1;
    functions[index](depth, a, a_row, a_step, b, b_step, adds, c, c_row);
    rows -= taken;
    a += taken * a_row;
    c += taken * c_row;
  }
}

// packed[d, c] = from[d, c] for `width` columns, and zeros up to `padded`.
INLINE void pack_rows(int64_t depth, int64_t width, int64_t padded, const float *from, int64_t from_row, float *packed) {
  for (int64_t d = 0; d < depth; d++, from += from_row, packed += padded) {
    if (width == padded) {
      for (int64_t c = 0; c < padded; c += LANES) store(packed + c, load(from + c));
    } else {
      memcpy(packed, from, (size_t)width * sizeof(float));
      memset(packed + width, 0, (size_t)(padded - width) * sizeof(float));
    }
  }
}

// packed[d, c] = from[c, d] for `width` rows c of `from`, and zeros up to `padded`.
INLINE void pack_columns(
    int64_t depth, int64_t width, int64_t padded, const float *from, int64_t from_row, float *packed) {
  for (int64_t start = 0; start < padded; start += 16) {
    int64_t end = start + 16 < padded ? start + 16 : padded;
    int64_t full = end < width ? end : width;
    for (int64_t d = 0; d < depth; d++) {
      int64_t c = start;
      for (; c < full; c++) packed[d * padded + c] = from[c * from_row + d];
      for (; c < end; c++) packed[d * padded + c] = 0;
    }
  }
}

static void dense_forward(
    const convo_dense *size, int64_t first, int64_t count, const float *x, const float *w, const float *bias,
    int relu, float *y, float *scratch) {
  int64_t rows = size->rows, inputs = size->inputs, units = size->units;
  float *packed = scratch, *edge = scratch + DENSE_DEPTH * DENSE_TILE;
  for (int64_t column = first; column < first + count; column += TILE) {
    int64_t width = first + count - column < TILE ? first + count - column : TILE;
    int vectors = tile_vectors(width);
    int64_t padded = vectors * LANES;
    // Columns beyond the part's own are computed aside. With few rows W is read once or twice, as it lies.
    int is_whole = width == padded, is_packed = !is_whole || rows > 12;
    for (int64_t block = 0; block < rows; block += DENSE_ROWS) {
      int64_t part = rows - block < DENSE_ROWS ? rows - block : DENSE_ROWS;
      float *c = is_whole ? y + block * units + column : edge;
      int64_t c_row = is_whole ? units : padded;
      for (int64_t r = 0; r < part; r++)
        for (int64_t i = 0; i < width; i++) c[r * c_row + i] = bias ? bias[column + i] : 0;
      for (int64_t d = 0; d < inputs; d += DENSE_DEPTH) {
        int64_t depth = inputs - d < DENSE_DEPTH ? inputs - d : DENSE_DEPTH;
        const float *b = w + d * units + column;
        if (is_packed) pack_rows(depth, width, padded, b, units, packed);
        multiply_rows(
            part, vectors, depth, x + block * inputs + d, inputs, 1, is_packed ? packed : b,
            is_packed ? padded : units, 1, c, c_row);
      }
      for (int64_t r = 0; r < part; r++) {
        float *to = y + (block + r) * units + column;
        // NaN becomes 0, as it does where TensorFlow computes product, bias and ReLU together.
        for (int64_t i = 0; i < width; i++) {
          float value = c[r * c_row + i];
          to[i] = relu && !(value > 0) ? 0 : value;
        }
      }
    }
  }
}

static void dense_backward_kernel(
    const convo_dense *size, int64_t first, int64_t count, const float *x, const float *dy, int adds, float *dw,
    float *scratch) {
  int64_t rows = size->rows, inputs = size->inputs, units = size->units;
  float *packed = scratch, *edge = scratch + DENSE_DEPTH * DENSE_TILE;
  for (int64_t column = 0; column < units; column += TILE) {
    int64_t width = units - column < TILE ? units - column : TILE;
    int vectors = tile_vectors(width);
    int64_t padded = vectors * LANES;
    for (int64_t d = 0; d < rows; d += DENSE_DEPTH) {
      int64_t depth = rows - d < DENSE_DEPTH ? rows - d : DENSE_DEPTH;
      int adds_here = adds || d > 0;
      pack_rows(depth, width, padded, dy + d * units + column, units, packed);
      if (width == padded) {
        multiply_rows(
            count, vectors, depth, x + d * inputs + first, 1, inputs, packed, padded, adds_here,
            dw + first * units + column, units);
        continue;
      }
      for (int64_t row = first; row < first + count; row += DENSE_ROWS) {
        int64_t part = first + count - row < DENSE_ROWS ? first + count - row : DENSE_ROWS;
        multiply_rows(part, vectors, depth, x + d * inputs + row, 1, inputs, packed, padded, 0, edge, padded);
        for (int64_t r = 0; r < part; r++) {
          float *to = dw + (row + r) * units + column;
          for (int64_t i = 0; i < width; i++) to[i] = edge[r * padded + i] + (adds_here ? to[i] : 0);
        }
      }
    }
  }
}

static void dense_backward_input(
    const convo_dense *size, int64_t first, int64_t count, const float *dy, const float *w, float *dx,
    float *scratch) {
  int64_t rows = size->rows, inputs = size->inputs, units = size->units;
  float *packed = scratch, *columns = scratch + DENSE_DEPTH * DENSE_TILE;
  for (int64_t row = 0; row < rows; row += TILE) {
    int64_t width = rows - row < TILE ? rows - row : TILE;
    int vectors = tile_vectors(width);
    int64_t padded = vectors * LANES;
    for (int64_t d = 0; d < units; d += DENSE_DEPTH) {
      int64_t depth = units - d < DENSE_DEPTH ? units - d : DENSE_DEPTH;
      pack_columns(depth, width, padded, dy + row * units + d, units, packed);
      multiply_rows(count, vectors, depth, w + first * units + d, units, 1, packed, padded, d > 0, columns, padded);
    }
    for (int64_t r = 0; r < width; r++) {
      float *to = dx + (row + r) * inputs + first;
      for (int64_t i = 0; i < count; i++) to[i] = columns[i * padded + r];
    }
  }
}

static void dense_backward_bias(const convo_dense *size, const float *dy, int adds, float *db) {
  if (!adds) memset(db, 0, (size_t)size->units * sizeof(float));
  for (int64_t r = 0; r < size->rows; r++)
    for (int64_t c = 0; c < size->units; c++) db[c] += dy[r * size->units + c];
}
