#pragma once

// The kernels of a fused block: a 3x3 convolution with stride 1 and no padding, ReLU, and 2x2 max pooling, as one
// calculation forward and back.
//
//     p[i, j, f] = max(0, max b[f] + Σ x[2i+u+k, 2j+v+l, c] · w[k, l, c, f])      over u, v in {0, 1}
//
// Beside p, forward leaves one byte for each value: which of the window's four positions won (2u + v, the first of
// equals), or 4 where ReLU gave zero. They say where each gradient goes, and that most go nowhere, so that both ways
// back touch a quarter of the products or less, and the unpooled picture is never stored.
//
// Pictures are [height, width, channels]. Channels are a multiple of 16, padded with zeros; those of a first layer may
// also be 1, 3 or 4 as they are. Memory that is read or written by kernels begins at a multiple of 64 bytes, but for the pictures of a first
// layer. Nothing here allocates, and each call works alone on one picture, so that results never depend on threads.

#include <stdint.h>

/// Where the pictures of a block lie. All numbers are at least 1.
typedef struct {
  /// Pixels in a row of the input, at least 2 · pooled_width + 2; the same for the height.
  int64_t input_height, input_width;
  /// Floats in a pixel of the input: a multiple of 16, or 1, 3 or 4.
  int64_t channels;
  /// Floats in a pixel of the output: a multiple of 16.
  int64_t filters;
  int64_t pooled_height, pooled_width;
} convo_block;

/// The byte for a pooled value that ReLU made zero: its gradient goes nowhere.
enum { convo_dead = 4 };

/// What there is of a block for each kind of processor.
typedef struct {
  /// One picture forward.
  ///
  /// - packed: from `convo_block_pack`.
  /// - bias: [filters].
  /// - output: [pooled_height, pooled_width, filters].
  /// - winners: the same shape; NULL where nothing goes back.
  /// - scratch: `convo_block_scratch_bytes`.
  void (*forward)(
      const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
      uint8_t *winners, void *scratch);

  /// Adds one picture's share of the gradients of filters and bias.
  ///
  /// - filter_gradient: as `convo_block_unpack_gradient` reads it.
  /// - bias_gradient: [filters].
  void (*backward_filters)(
      const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
      float *filter_gradient, float *bias_gradient, void *scratch);

  /// The gradient of one picture's input, every float of it. Channels are a multiple of 16.
  ///
  /// - packed: from `convo_block_pack_transposed`.
  void (*backward_input)(
      const convo_block *block, const float *output_gradient, const uint8_t *winners, const float *packed,
      float *input_gradient, void *scratch);
} convo_block_kernels;

/// The bytes of working memory that one thread needs for a block.
int64_t convo_block_scratch_bytes(const convo_block *block);

/// The floats of the filters as `forward` reads them.
int64_t convo_block_packed_floats(const convo_block *block);

/// Packs filters for `forward`: Keras's [3, 3, channels, filters], without the padding.
void convo_block_pack(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed);

/// The floats of the filters as `backward_input` reads them, and of their gradient.
int64_t convo_block_gradient_floats(const convo_block *block);

/// Packs filters for `backward_input`.
void convo_block_pack_transposed(
    const convo_block *block, const float *weights, int64_t channels, int64_t filters, float *packed);

/// Turns what `backward_filters` adds up into Keras's [3, 3, channels, filters].
void convo_block_unpack_gradient(
    const convo_block *block, const float *gradient, int64_t channels, int64_t filters, float *weights);
