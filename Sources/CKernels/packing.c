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

// G w of a column of three taps.
static void transform(const float w[3], float to[4]) {
  to[0] = w[0];
  to[1] = .5f * (w[0] + w[1] + w[2]);
  to[2] = .5f * (w[0] - w[1] + w[2]);
  to[3] = w[2];
}

// [16][filters / group][channels][group]: G w Gᵀ.
static void pack_transformed(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed) {
  int64_t group = convo_filter_group(block), plane = block->channels * block->filters;
  memset(packed, 0, sizeof(float) * (size_t)(16 * plane));
  for (int64_t c = 0; c < channels; c++)
    for (int64_t f = 0; f < filters; f++) {
      float columns[3][4];
      for (int l = 0; l < 3; l++) {
        float taps[3];
        for (int k = 0; k < 3; k++) taps[k] = weights[((k * 3 + l) * channels + c) * filters + f];
        transform(taps, columns[l]);
      }
      float *to = packed + f / group * block->channels * group + c * group + f % group;
      for (int i = 0; i < 4; i++) {
        float row[3] = {columns[0][i], columns[1][i], columns[2][i]}, elements[4];
        transform(row, elements);
        for (int j = 0; j < 4; j++) to[(4 * i + j) * plane] = elements[j];
      }
    }
}

int64_t convo_block_packed_floats(const convo_block *block) {
  return (16 + 9) * block->channels * block->filters;
}

void convo_block_pack(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed) {
  pack_transformed(block, weights, channels, filters, packed);
  pack_direct(block, weights, channels, filters, packed + 16 * block->channels * block->filters);
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
  int64_t forward = 16 * convo_windows * (block->channels + block->filters) * (int64_t)sizeof(float);
  int64_t lists = block->filters * (convo_list_capacity(block) * 8 + (int64_t)sizeof(int64_t));
  int64_t places = (block->pooled_width * block->filters + 16) * 8 + 4 * block->pooled_width * 4;
  return convo_larger(forward, convo_larger(lists, places));
}
