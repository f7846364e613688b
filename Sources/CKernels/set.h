// One set of kernels. A file that includes this one defines LANES, and by
// the number of registers TILES_OF_TWO and FIRST_POSITIONS.
#pragma once

#include "backward_filters.h"
#include "backward_input.h"
#include "dense.h"
#include "first.h"
#include "forward.h"
#include "normalize.h"

static void block_forward(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners, void *scratch) {
  switch (block->channels) {
    case 1: forward_1(block, input, packed, bias, output, winners); break;
    case 3: forward_3(block, input, packed, bias, output, winners); break;
    case 4: forward_4(block, input, packed, bias, output, winners); break;
    default: forward_many_channels(block, input, packed, bias, output, winners, scratch);
  }
}

static void block_backward_filters(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient, void *scratch) {
  switch (block->channels) {
    case 1: backward_1(block, input, output_gradient, winners, filter_gradient, bias_gradient); break;
    case 3: backward_3(block, input, output_gradient, winners, filter_gradient, bias_gradient); break;
    case 4: backward_4(block, input, output_gradient, winners, filter_gradient, bias_gradient); break;
    default:
      backward_filters_many_channels(
          block, input, output_gradient, winners, filter_gradient, bias_gradient, scratch);
  }
}

#define CONVO_KERNELS(NAME)                                                                    \
  {                                                                                            \
    NAME, {block_forward, block_backward_filters, backward_input},                             \
        {dense_forward, dense_backward_kernel, dense_backward_input, dense_backward_bias},      \
        {sum_columns, sum_slopes, normalize, normalize_back},                                  \
  }
