// Filters in the orders in which kernels read them. Channels and filters that are missing up to a multiple of 16 are
// zeros: they add nothing, and ReLU lets no gradient through to them.
#include "sizes.h"

#include <string.h>

static float *packed_direct(float *packed, int64_t channels, int64_t filter, int64_t tap, int64_t channel) {
  return packed + filter / 16 * 9 * channels * 16 + (tap * channels + channel) * 16 + filter % 16;
}

// [filters / 16][9 · channels][16]: the taps as they are.
static void pack_direct(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed) {
  memset(packed, 0, sizeof(float) * (size_t)(9 * block->channels * block->filters));
  for (int64_t tap = 0; tap < 9; tap++)
    for (int64_t c = 0; c < channels; c++)
      for (int64_t f = 0; f < filters; f++)
        *packed_direct(packed, block->channels, f, tap, c) = weights[(tap * channels + c) * filters + f];
}

// G w of three taps, of `first.h` with four elements and of `forward.h` with six.
static void transform(const double w[3], double *to, int elements) {
  if (elements == 4) {
    to[0] = w[0];
    to[1] = 0.5 * (w[0] + w[1] + w[2]);
    to[2] = 0.5 * (w[0] - w[1] + w[2]);
    to[3] = w[2];
  } else {
    to[0] = 15 * w[0];
    to[1] = 5 * (w[0] + w[1] + w[2]);
    to[2] = -5 * (w[0] - w[1] + w[2]);
    to[3] = -4 * (4 * w[0] + 2 * w[1] + w[2]);
    to[4] = w[0] - 2 * w[1] + 4 * w[2];
    to[5] = 15 * w[2];
  }
}

// [elements][filters / group][channels][group]: G w Gᵀ, rounded once.
static void pack_transformed(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed) {
  int64_t group = convo_filter_group(block), plane = block->channels * block->filters;
  int side = convo_has_few_channels(block->channels) ? 4 : 6;
  memset(packed, 0, sizeof(float) * (size_t)(side * side * plane));
  for (int64_t c = 0; c < channels; c++)
    for (int64_t f = 0; f < filters; f++) {
      double columns[3][6];
      for (int l = 0; l < 3; l++) {
        double taps[3];
        for (int k = 0; k < 3; k++) taps[k] = weights[((k * 3 + l) * channels + c) * filters + f];
        transform(taps, columns[l], side);
      }
      float *to = packed + f / group * block->channels * group + c * group + f % group;
      for (int i = 0; i < side; i++) {
        double row[3] = {columns[0][i], columns[1][i], columns[2][i]}, elements[6];
        transform(row, elements, side);
        for (int j = 0; j < side; j++) to[(side * i + j) * plane] = (float)elements[j];
      }
    }
}

int64_t convo_block_packed_floats(const convo_block *block) {
  return (convo_transformed(block) + 9) * block->channels * block->filters;
}

void convo_block_pack(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed) {
  pack_transformed(block, weights, channels, filters, packed);
  pack_direct(block, weights, channels, filters, packed + convo_transformed(block) * block->channels * block->filters);
}

int64_t convo_block_gradient_floats(const convo_block *block) { return 9 * block->channels * block->filters; }

// [channels / 16][filters][9][16].
static int64_t transposed_place(const convo_block *block, int64_t filter, int64_t tap, int64_t channel) {
  return (channel / 16 * block->filters + filter) * convo_taps + tap * 16 + channel % 16;
}

void convo_block_pack_transposed(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed) {
  memset(packed, 0, sizeof(float) * (size_t)convo_block_gradient_floats(block));
  for (int64_t tap = 0; tap < 9; tap++)
    for (int64_t c = 0; c < channels; c++)
      for (int64_t f = 0; f < filters; f++)
        packed[transposed_place(block, f, tap, c)] = weights[(tap * channels + c) * filters + f];
}

void convo_block_unpack_gradient(
    const convo_block *block, const float *gradient, int64_t channels, int64_t filters, float *weights) {
  int is_direct = convo_has_few_channels(block->channels);
  for (int64_t tap = 0; tap < 9; tap++)
    for (int64_t c = 0; c < channels; c++)
      for (int64_t f = 0; f < filters; f++)
        weights[(tap * channels + c) * filters + f] =
            is_direct ? *packed_direct((float *)gradient, block->channels, f, tap, c)
                      : gradient[transposed_place(block, f, tap, c)];
}

int64_t convo_block_scratch_bytes(const convo_block *block) {
  if (convo_has_few_channels(block->channels)) return 0;
  int64_t forward = convo_elements * convo_tiles * (block->channels + block->filters) * (int64_t)sizeof(float);
  int64_t lists = block->filters * (convo_list_capacity(block) * 8 + (int64_t)sizeof(int64_t));
  int64_t places = (block->pooled_width * block->filters + 16) * 8 + 4 * block->pooled_width * 4;
  return convo_larger(forward, convo_larger(lists, places));
}
