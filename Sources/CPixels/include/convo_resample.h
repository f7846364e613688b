// Resizing in two passes: each new row or column is a weighted sum of old ones, in fixed point.
#pragma once

#include <stddef.h>
#include <stdint.h>

// How many bits of a weight are behind the point.
enum { convo_weight_bits = 22 };

// Where new positions come from. Position p is made of the old ones from first[p] on, by weights[p * taps + 0 … taps - 1];
// the last of them may be zero, and then reach beyond the picture.
typedef struct {
  size_t positions;
  size_t taps;
  const int32_t *first;
  const int32_t *weights;
} convo_resampling;

// How many ways this processor has to compute. All give the same integers; 0 is the fastest.
int convo_resample_sets(void);

// New columns: [height][width][channels] becomes [height][positions][channels]. taps is a multiple of 16.
//
//   channels  1, 3 or 4
//   row       room for (width + taps) * channels + 16 bytes: a row is read from there, where nothing lies behind it that
//             must not be read
void convo_resample_width(
  const uint8_t *pixels, uint8_t *resampled, size_t height, size_t width, size_t channels,
  const convo_resampling *table, uint8_t *row, int set);

// New rows: [height][row_bytes] becomes [positions][row_bytes].
void convo_resample_height(
  const uint8_t *pixels, uint8_t *resampled, size_t height, size_t row_bytes, const convo_resampling *table, int set);
