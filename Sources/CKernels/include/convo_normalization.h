#pragma once

// Batch normalisation: sums down the columns of matrices, and what is computed from the sums. Matrices have `rows` rows
// and `width` columns, with `row` floats from row to row, and need not be aligned.

#include <stdint.h>

/// What there is of it for each kind of processor.
typedef struct {
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
} convo_normalization_kernels;
