// Batch normalisation of columns: sums down them, and what is computed from the sums.
//
//     y = (x - center) · scale + shift        dx = (dy - dy_center) · scale - (x - center) · x_factor
//
// Sums are made of runs of rows in single precision, which are added up in double precision.
#pragma once

#include "convo_normalization.h"

enum { SUMMED_ROWS = 32 };

static void sum_columns(
    int64_t rows, int64_t width, int64_t row, const float *restrict x, const float *restrict center,
    double *restrict sums, float *restrict run) {
  for (int64_t start = 0; start < rows; start += SUMMED_ROWS) {
    int64_t end = start + SUMMED_ROWS < rows ? start + SUMMED_ROWS : rows;
    for (int64_t c = 0; c < width; c++) run[c] = 0;
    for (int64_t r = start; r < end; r++) {
      const float *values = x + r * row;
      if (center)
        for (int64_t c = 0; c < width; c++) run[c] += (values[c] - center[c]) * (values[c] - center[c]);
      else
        for (int64_t c = 0; c < width; c++) run[c] += values[c];
    }
    for (int64_t c = 0; c < width; c++) sums[c] += run[c];
  }
}

static void sum_slopes(
    int64_t rows, int64_t width, int64_t row, const float *restrict x, const float *restrict dy,
    const float *restrict center, double *restrict sums, double *restrict products, float *restrict run) {
  float *restrict run_of_products = run + width;
  for (int64_t start = 0; start < rows; start += SUMMED_ROWS) {
    int64_t end = start + SUMMED_ROWS < rows ? start + SUMMED_ROWS : rows;
    for (int64_t c = 0; c < 2 * width; c++) run[c] = 0;
    for (int64_t r = start; r < end; r++) {
      const float *values = x + r * row, *slopes = dy + r * row;
      for (int64_t c = 0; c < width; c++) {
        run[c] += slopes[c];
        run_of_products[c] += slopes[c] * (values[c] - center[c]);
      }
    }
    for (int64_t c = 0; c < width; c++) {
      sums[c] += run[c];
      products[c] += run_of_products[c];
    }
  }
}

static void normalize(
    int64_t rows, int64_t width, int64_t row, const float *x, const float *restrict center,
    const float *restrict scale, const float *restrict shift, float *y) {
  for (int64_t r = 0; r < rows; r++)
    for (int64_t c = 0; c < width; c++) y[r * row + c] = (x[r * row + c] - center[c]) * scale[c] + shift[c];
}

static void normalize_back(
    int64_t rows, int64_t width, int64_t row, const float *x, const float *dy, const float *restrict center,
    const float *restrict scale, const float *restrict dy_center, const float *restrict x_factor, float *dx) {
  for (int64_t r = 0; r < rows; r++)
    for (int64_t c = 0; c < width; c++)
      dx[r * row + c] =
          (dy[r * row + c] - dy_center[c]) * scale[c] - (x[r * row + c] - center[c]) * x_factor[c];
}
