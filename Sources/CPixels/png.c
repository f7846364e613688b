// Undoing a row's filter is a chain: each pixel needs the one before it. What there is to gain is therefore the length
// of a link. All channels of a pixel go through it together, in 16 bits, and without a branch: which neighbour predicts
// a byte best changes from pixel to pixel in a photograph, so that a branch would be guessed wrongly half the time.
#include "convo_png.h"

#include <string.h>

typedef uint8_t bytes4 __attribute__((vector_size(4)));
typedef int16_t words4 __attribute__((vector_size(8)));

enum filter { none, sub, up, average, paeth };

static inline __attribute__((always_inline)) words4 load(const uint8_t *from, size_t pixel_bytes) {
  bytes4 pixel = {0};
  memcpy(&pixel, from, pixel_bytes);
  return __builtin_convertvector(pixel, words4);
}

// Keeps the low bytes: sums are modulo 256.
static inline __attribute__((always_inline)) words4 store(words4 sum, uint8_t *to, size_t pixel_bytes) {
  bytes4 pixel = __builtin_convertvector(sum & 255, bytes4);
  memcpy(to, &pixel, pixel_bytes);
  return __builtin_convertvector(pixel, words4);
}

static inline __attribute__((always_inline)) words4 magnitude(words4 value) {
  return __builtin_elementwise_abs(value);
}

// Of left, above and the corner, the one nearest to left + above - corner; of equals the first.
static inline __attribute__((always_inline)) words4 nearest(words4 left, words4 above, words4 corner) {
  words4 to_left = magnitude(above - corner), to_above = magnitude(left - corner);
  words4 to_corner = magnitude((above - corner) + (left - corner));
  words4 least = __builtin_elementwise_min(__builtin_elementwise_min(to_left, to_above), to_corner);
  words4 is_left = to_left == least, is_above = to_above == least;
  return (left & is_left) | (~is_left & ((above & is_above) | (corner & ~is_above)));
}

static inline __attribute__((always_inline)) void undo_sub(
  const uint8_t *row, uint8_t *to, size_t row_bytes, size_t pixel_bytes) {
  words4 left = {0};
  for (size_t at = 0; at < row_bytes; at += pixel_bytes)
    left = store(load(row + at, pixel_bytes) + left, to + at, pixel_bytes);
}

static inline __attribute__((always_inline)) void undo_average(
  const uint8_t *row, const uint8_t *above, uint8_t *to, size_t row_bytes, size_t pixel_bytes) {
  words4 left = {0};
  for (size_t at = 0; at < row_bytes; at += pixel_bytes) {
    words4 mean = (left + load(above + at, pixel_bytes)) >> 1;
    left = store(load(row + at, pixel_bytes) + mean, to + at, pixel_bytes);
  }
}

static inline __attribute__((always_inline)) void undo_paeth(
  const uint8_t *row, const uint8_t *above, uint8_t *to, size_t row_bytes, size_t pixel_bytes) {
  words4 left = {0}, corner = {0};
  for (size_t at = 0; at < row_bytes; at += pixel_bytes) {
    words4 over = load(above + at, pixel_bytes);
    left = store(load(row + at, pixel_bytes) + nearest(left, over, corner), to + at, pixel_bytes);
    corner = over;
  }
}

static void undo_up(const uint8_t *row, const uint8_t *above, uint8_t *to, size_t row_bytes) {
  for (size_t at = 0; at < row_bytes; at++) to[at] = (uint8_t)(row[at] + above[at]);
}

// The first row has zeros above it: up is none, Paeth is sub, and half of the left pixel is its average.
static inline __attribute__((always_inline)) void undo_first_average(
  const uint8_t *row, uint8_t *to, size_t row_bytes, size_t pixel_bytes) {
  words4 left = {0};
  for (size_t at = 0; at < row_bytes; at += pixel_bytes)
    left = store(load(row + at, pixel_bytes) + (left >> 1), to + at, pixel_bytes);
}

// Compiled for each number of channels, so that loads and stores of pixels are single instructions.
static inline __attribute__((always_inline)) bool unfilter(
  const uint8_t *filtered, uint8_t *pixels, size_t height, size_t row_bytes, size_t pixel_bytes) {
  for (size_t y = 0; y < height; y++) {
    const uint8_t *row = filtered + y * (row_bytes + 1) + 1;
    uint8_t *to = pixels + y * row_bytes;
    const uint8_t *above = y == 0 ? NULL : to - row_bytes;
    switch (row[-1]) {
      case none: memcpy(to, row, row_bytes); break;
      case sub: undo_sub(row, to, row_bytes, pixel_bytes); break;
      case up:
        if (above) undo_up(row, above, to, row_bytes);
        else memcpy(to, row, row_bytes);
        break;
      case average:
        if (above) undo_average(row, above, to, row_bytes, pixel_bytes);
        else undo_first_average(row, to, row_bytes, pixel_bytes);
        break;
      case paeth:
        if (above) undo_paeth(row, above, to, row_bytes, pixel_bytes);
        else undo_sub(row, to, row_bytes, pixel_bytes);
        break;
      default: return false;
    }
  }
  return true;
}

bool convo_png_unfilter(
  const uint8_t *filtered, uint8_t *pixels, size_t height, size_t row_bytes, size_t pixel_bytes) {
  switch (pixel_bytes) {
    case 1: return unfilter(filtered, pixels, height, row_bytes, 1);
    case 2: return unfilter(filtered, pixels, height, row_bytes, 2);
    case 3: return unfilter(filtered, pixels, height, row_bytes, 3);
    case 4: return unfilter(filtered, pixels, height, row_bytes, 4);
    default: return false;
  }
}
