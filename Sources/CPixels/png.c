// Undoing a row's filter is a chain: each pixel needs the one before it. What there is to gain is therefore the length of
// a link, and doing something else meanwhile. All channels of a pixel go through it together, in 16 bits, and without a
// branch: which neighbour predicts a byte best changes from pixel to pixel in a photograph, so that a branch would be
// guessed wrongly half the time. And two rows go along together, the lower one a pixel behind: all that it needs of the
// upper one is there by then.
#include "convo_png.h"

#include <string.h>

typedef uint8_t bytes4 __attribute__((vector_size(4)));
typedef int16_t words4 __attribute__((vector_size(8)));

enum filter { none, sub, up, average, paeth };

#define INLINE static inline __attribute__((always_inline))

// Of three bytes, four are moved where the row goes on: that is one instruction, and the next pixel mends the fourth.
INLINE size_t moved(size_t pixel_bytes, bool is_last) { return pixel_bytes == 3 && !is_last ? 4 : pixel_bytes; }

INLINE words4 load(const uint8_t *from, size_t bytes) {
  bytes4 pixel = {0};
  memcpy(&pixel, from, bytes);
  return __builtin_convertvector(pixel, words4);
}

INLINE void store(words4 pixel, uint8_t *to, size_t bytes) {
  bytes4 values = __builtin_convertvector(pixel, bytes4);
  memcpy(to, &values, bytes);
}

// Of left, above and the corner, the one nearest to left + above - corner; of equals the first.
INLINE words4 nearest(words4 left, words4 above, words4 corner) {
  words4 to_left = __builtin_elementwise_abs(above - corner), to_above = __builtin_elementwise_abs(left - corner);
  words4 to_corner = __builtin_elementwise_abs((above - corner) + (left - corner));
  words4 least = __builtin_elementwise_min(__builtin_elementwise_min(to_left, to_above), to_corner);
  words4 is_left = to_left == least, is_above = to_above == least;
  return (left & is_left) | (~is_left & ((above & is_above) | (corner & ~is_above)));
}

// The pixels that the next one of a row depends on, but for the one above it. Left of a row are zeros.
typedef struct {
  words4 left, corner;
} chain;

// The next pixel. Sums are modulo 256.
INLINE words4 next(chain *row, enum filter filter, words4 filtered, words4 above) {
  words4 predicted = filter == sub ? row->left
    : filter == average            ? (row->left + above) >> 1
                                   : nearest(row->left, above, row->corner);
  row->left = (filtered + predicted) & 255;
  row->corner = above;
  return row->left;
}

// `above` is NULL for the first row, which has zeros above it.
INLINE void undo_pixel(
  chain *row, enum filter filter, const uint8_t *filtered, const uint8_t *above, uint8_t *to, size_t bytes) {
  store(next(row, filter, load(filtered, bytes), above ? load(above, bytes) : (words4){0}), to, bytes);
}

INLINE void undo_row(
  enum filter filter, const uint8_t *filtered, const uint8_t *above, uint8_t *to, size_t row_bytes,
  size_t pixel_bytes) {
  chain row = {0};
  size_t last = row_bytes - pixel_bytes;
  for (size_t at = 0; at < last; at += pixel_bytes)
    undo_pixel(&row, filter, filtered + at, above ? above + at : NULL, to + at, moved(pixel_bytes, false));
  undo_pixel(&row, filter, filtered + last, above ? above + last : NULL, to + last, moved(pixel_bytes, true));
}

// A row and the one below it, a pixel behind.
INLINE void undo_two_rows(
  enum filter upper_filter, enum filter lower_filter, const uint8_t *filtered, const uint8_t *above, uint8_t *to,
  size_t row_bytes, size_t pixel_bytes) {
  const uint8_t *filtered_below = filtered + row_bytes + 1;
  uint8_t *to_below = to + row_bytes;
  chain upper = {0}, lower = {0};
  size_t last = row_bytes - pixel_bytes, wide = moved(pixel_bytes, false), narrow = moved(pixel_bytes, true);
  undo_pixel(&upper, upper_filter, filtered, above, to, last == 0 ? narrow : wide);
  for (size_t at = pixel_bytes; at < last; at += pixel_bytes) {
    words4 over = upper.left;
    undo_pixel(&upper, upper_filter, filtered + at, above + at, to + at, wide);
    store(
      next(&lower, lower_filter, load(filtered_below + at - pixel_bytes, wide), over), to_below + at - pixel_bytes,
      wide);
  }
  if (last > 0) {
    words4 over = upper.left;
    undo_pixel(&upper, upper_filter, filtered + last, above + last, to + last, narrow);
    store(
      next(&lower, lower_filter, load(filtered_below + last - pixel_bytes, wide), over),
      to_below + last - pixel_bytes, wide);
  }
  store(next(&lower, lower_filter, load(filtered_below + last, narrow), upper.left), to_below + last, narrow);
}

// Whether a row is a chain; the other filters look at no neighbour, or only at the one above.
INLINE bool is_chain(uint8_t filter) { return filter == sub || filter == average || filter == paeth; }

// Compiled for each number of channels and each pair of filters, so that neither is asked for at every pixel.
INLINE void undo_chains(
  uint8_t upper, uint8_t lower, const uint8_t *filtered, const uint8_t *above, uint8_t *to, size_t row_bytes,
  size_t pixel_bytes) {
  switch (upper * 8 + lower) {
#define PAIR(first, second)                                                                    \
  case first * 8 + second:                                                                     \
    undo_two_rows(first, second, filtered, above, to, row_bytes, pixel_bytes);                 \
    break;
    PAIR(sub, sub) PAIR(sub, average) PAIR(sub, paeth)
    PAIR(average, sub) PAIR(average, average) PAIR(average, paeth)
    PAIR(paeth, sub) PAIR(paeth, average) PAIR(paeth, paeth)
#undef PAIR
  }
}

INLINE bool unfilter(
  const uint8_t *filtered, uint8_t *pixels, size_t height, size_t row_bytes, size_t pixel_bytes) {
  for (size_t y = 0; y < height; y++) {
    const uint8_t *row = filtered + y * (row_bytes + 1) + 1;
    uint8_t *to = pixels + y * row_bytes;
    const uint8_t *above = y == 0 ? NULL : to - row_bytes;
    uint8_t filter = row[-1];
    if (above && y + 1 < height && is_chain(filter) && is_chain(row[row_bytes])) {
      undo_chains(filter, row[row_bytes], row, above, to, row_bytes, pixel_bytes);
      y++;
      continue;
    }
    switch (filter) {
      case none: memcpy(to, row, row_bytes); break;
      case sub: undo_row(sub, row, above, to, row_bytes, pixel_bytes); break;
      case up:
        for (size_t at = 0; at < row_bytes; at++) to[at] = (uint8_t)(row[at] + (above ? above[at] : 0));
        break;
      case average: undo_row(average, row, above, to, row_bytes, pixel_bytes); break;
      case paeth: undo_row(paeth, row, above, to, row_bytes, pixel_bytes); break;
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
