// Sizes on which kernels, packing and scratch memory agree.
#pragma once

#include "convo_block.h"

// Tiles of 2x2 pooled values whose transforms are worked on at a time: a multiple of what every kernel has in registers,
// and few enough for the cache. A tile's transform has 36 elements.
enum { convo_tiles = 12, convo_elements = 36 };

// The first layer's kernels take the channels of a picture as they are.
static inline int convo_has_few_channels(int64_t channels) { return channels < 16; }

// Elements of the transform of a filter.
static inline int convo_transformed(const convo_block *block) {
  return convo_has_few_channels(block->channels) ? 16 : convo_elements;
}

// Filters that lie side by side in the transformed filters.
static inline int64_t convo_filter_group(const convo_block *block) {
  if (convo_has_few_channels(block->channels)) return 16;
  return block->filters % 32 == 0 ? 32 : 16;
}

// Floats of one block of 16 channels (or filters) of one filter (or channel): the nine taps.
enum { convo_taps = 9 * 16 };

static inline int64_t convo_smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t convo_larger(int64_t a, int64_t b) { return a > b ? a : b; }

// The pooled positions whose gradients are sorted by filter before they are multiplied, `rows` x `columns`: many, since
// for each batch of lists all sums are loaded and stored once, and few enough that the input under them (of which 32
// channels are in use at a time) is still in a near cache for the last filter.
typedef struct {
  int64_t rows, columns;
} convo_patch;

static inline convo_patch convo_list_patch(const convo_block *block) {
  const int64_t cached = 16 << 10; // floats
  int64_t channels = convo_smaller(block->channels, 32), rows = 1, columns = block->pooled_width;
  while (columns > 16 && 4 * (2 * columns + 2) * channels > cached) columns = (columns + 1) / 2;
  while (rows < block->pooled_height && (2 * rows + 4) * (2 * columns + 2) * channels <= cached) rows++;
  return (convo_patch){rows, columns};
}

// Room for a list of a patch's positions, and for a vector that reaches beyond its end.
static inline int64_t convo_list_capacity(const convo_block *block) {
  convo_patch patch = convo_list_patch(block);
  return (patch.rows * patch.columns + 16 + 15) / 16 * 16;
}
