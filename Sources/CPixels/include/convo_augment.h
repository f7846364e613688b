// What augmentation does to a picture, pixel by pixel: bytes go in, floats in 0…255 come out.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What lies beyond a picture's edge, by one row of pixels abcd.
typedef enum {
  convo_constant,  // k k k k a b c d k k k k
  convo_nearest,   // a a a a a b c d d d d d
  convo_reflect,   // d c b a a b c d d c b a
  convo_wrap,      // b c d b a b c d b c d b: d stands for the next a, as scipy's "wrap" has it
} convo_fill;

/// Where the pixels of the result come from: row `(row + i · row_i) + j · row_j`, and the same for the column, for the
/// pixel in row i and column j. They are added in this order, unfused, as scipy adds them: whether a position is still
/// inside the picture then comes out the same.
typedef struct {
  double row, row_i, row_j;
  double column, column_i, column_j;
} convo_map;

/// A picture: [height, width, channels] bytes, with 1, 3 or 4 channels.
typedef struct {
  const uint8_t *bytes;
  ptrdiff_t height, width, channels;
} convo_picture;

/// Which sides the result is exchanged by, after all else.
typedef struct {
  bool left_right, up_down;
} convo_flip;

/// The picture seen through a map, interpolated linearly, then flipped.
///
/// - constant: what `convo_constant` fills with.
/// - output: [height, width, channels].
void convo_transform(
  convo_picture picture, const convo_map *map, convo_fill fill, float constant, convo_flip flip, float *output);

/// The picture's bytes as floats, flipped.
void convo_flipped(convo_picture picture, convo_flip flip, float *output);

/// The smallest and the largest of at least one value.
void convo_range(const float *values, size_t count, float *smallest, float *largest);

/// Adds to every value, and keeps it within smallest…largest.
void convo_shift(float *values, size_t count, float by, float smallest, float largest);

/// Cuts every value to a byte, multiplies it, and cuts the product to a byte, as Pillow's brightness does. With four
/// channels, the fourth is cut to a byte and left.
void convo_brighten(float *values, size_t count, ptrdiff_t channels, float factor);
