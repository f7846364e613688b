#pragma once

// Convo's own kernels. One source is compiled for vectors of 16, 8 and 4 floats; which of them runs is chosen at run
// time.

#include "convo_block.h"
#include "convo_dense.h"
#include "convo_normalization.h"

/// One set of kernels, for one kind of processor.
typedef struct {
  /// "avx512", "avx2", "baseline".
  const char *name;
  convo_block_kernels block;
  convo_dense_kernels dense;
  convo_normalization_kernels normalization;
} convo_kernels;

/// The sets that this processor can run, the fastest first. The last one runs everywhere.
int convo_kernels_count(void);

/// One of them; NULL where `index` is out of range.
const convo_kernels *convo_kernels_at(int index);
