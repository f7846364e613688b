// A first layer, whose input has few channels (1, 3 or 4), which there is no sense in padding. There is no way back to the
// input.
//
// With vectors of 16 floats a window's 4x4 pixels of one channel are one register:
//
//     forward    Winograd's F(2x2, 3x3) as in `forward.h`, 16 products a channel in place of 36. For each of three windows
//                there are 4 products and 4 sums in registers, beside one register of filters.
//     backward   each filter has one winner under a pooled value, so that each of its 9 taps a channel needs one pixel:
//                permutations fetch it for 16 filters at a time, 9 products a channel in place of 36. Registers: the
//                gradients of all taps (27 for 3 channels; those of 4 channels do not fit and are kept in the cache).
//
// With fewer lanes both go over the window's pixels one by one and broadcast each to all filters of a vector. Registers
// forward: 8 sums, 2 filters of 16. Backward: the taps of one row of the filter (9 or 12; for 1 channel all 9), and the
// pooled gradient at each of the four places.
#pragma once

#if LANES == 16
#include "first_wide.h"
#else
#include "first_narrow.h"
#endif

static void forward_1(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners) {
  forward_few(block, input, packed, bias, output, winners, 1);
}
static void forward_3(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners) {
  forward_few(block, input, packed, bias, output, winners, 3);
}
static void forward_4(
    const convo_block *block, const float *input, const float *packed, const float *bias, float *output,
    uint8_t *winners) {
  forward_few(block, input, packed, bias, output, winners, 4);
}

static void backward_1(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient) {
  backward_few(block, input, output_gradient, winners, filter_gradient, bias_gradient, 1);
}
static void backward_3(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient) {
  backward_few(block, input, output_gradient, winners, filter_gradient, bias_gradient, 3);
}
static void backward_4(
    const convo_block *block, const float *input, const float *output_gradient, const uint8_t *winners,
    float *filter_gradient, float *bias_gradient) {
  backward_few(block, input, output_gradient, winners, filter_gradient, bias_gradient, 4);
}
