#pragma once

// Work on matrices. The products of a dense layer are cut into parts that can be computed by themselves.
//
//     Y = X · W + b        dW (+)= Xᵀ · dY        db (+)= 1ᵀ · dY        dX = dY · Wᵀ
//
//     X, dX   [rows, inputs]      Y, dY   [rows, units]      W, dW   [inputs, units]      b, db   [units]
//
// All matrices are plain, row after row, of any size from 1 on, and need not be aligned. Nothing here allocates, and a
// part's result depends on nothing but the part.

#include <stdint.h>

typedef struct {
  int64_t rows, inputs, units;
} convo_dense;

/// One set of kernels, for one kind of processor.
typedef struct {
  /// "avx512", "avx2", "baseline".
  const char *name;

  /// Columns `first ..< first + count` of Y. `bias` may be NULL. Ends with max(Y, 0) where `relu`.
  void (*forward)(
      const convo_dense *size, int64_t first, int64_t count, const float *x, const float *w, const float *bias,
      int relu, float *y, float *scratch);

  /// Rows `first ..< first + count` of dW, added to what is there where `adds`.
  void (*backward_kernel)(
      const convo_dense *size, int64_t first, int64_t count, const float *x, const float *dy, int adds, float *dw,
      float *scratch);

  /// Columns `first ..< first + count` of dX.
  void (*backward_input)(
      const convo_dense *size, int64_t first, int64_t count, const float *dy, const float *w, float *dx,
      float *scratch);

  /// All of db, added to what is there where `adds`.
  void (*backward_bias)(const convo_dense *size, const float *dy, int adds, float *db);

  // Of matrices of `rows` rows and `width` columns, with `row` floats from row to row.

  /// Adds the sums of x down the columns, or with `center` those of (x - center)². `run`: [width].
  void (*sum_columns)(
      int64_t rows, int64_t width, int64_t row, const float *x, const float *center, double *sums, float *run);

  /// Adds the sums of dy and of dy · (x - center). `run`: [2 · width].
  void (*sum_slopes)(
      int64_t rows, int64_t width, int64_t row, const float *x, const float *dy, const float *center, double *sums,
      double *products, float *run);

  /// y = (x - center) · scale + shift. y may be x.
  void (*normalize)(
      int64_t rows, int64_t width, int64_t row, const float *x, const float *center, const float *scale,
      const float *shift, float *y);

  /// dx = (dy - dy_center) · scale - (x - center) · x_factor. dx may be dy.
  void (*normalize_back)(
      int64_t rows, int64_t width, int64_t row, const float *x, const float *dy, const float *center,
      const float *scale, const float *dy_center, const float *x_factor, float *dx);
} convo_dense_kernels;

/// The floats of working memory that one thread needs for parts of at most `count` columns of dX.
int64_t convo_dense_scratch_floats(int64_t count);

/// The sets that this processor can run, the fastest first. The last one runs everywhere.
int convo_dense_kernels_count(void);

/// One of them; NULL where `index` is out of range.
const convo_dense_kernels *convo_dense_kernels_at(int index);
