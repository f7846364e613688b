#pragma once

// The products of a dense layer, cut into parts that can be computed by themselves.
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

/// What there is of them for each kind of processor.
typedef struct {
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
} convo_dense_kernels;

/// The floats of working memory that one thread needs for parts of at most `count` columns of dX.
int64_t convo_dense_scratch_floats(int64_t count);
