// Affine transforms with linear interpolation. Most pixels of a row come from inside the picture, where nothing has to
// be asked: the stretch of them is found by bisection, and the few others go through the rules of the edge one by one.
//
// A pixel of colour is a vector of four floats: four loads, three interpolations, about 3 ns.
#include "convo_augment.h"

#include <math.h>
#include <string.h>

// Fused products would round a position differently from scipy.
#pragma STDC FP_CONTRACT OFF

typedef float floats4 __attribute__((ext_vector_type(4)));
typedef uint8_t bytes4 __attribute__((ext_vector_type(4)));

typedef struct {
  double start, step;
} line;

static inline double at(line position, ptrdiff_t j) { return position.start + (double)j * position.step; }

/// The first column whose position is at least `bound` on a rising line, or no longer at least `bound` on a falling one.
static ptrdiff_t crossing(line position, double bound, ptrdiff_t width) {
  ptrdiff_t low = 0, high = width;
  while (low < high) {
    ptrdiff_t middle = low + (high - low) / 2;
    bool reached = at(position, middle) >= bound;
    if (position.step < 0) reached = !reached;
    if (reached) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/// Narrows the columns [*first, *last) to those whose position lies in 0 ≤ position < bound.
static void narrow(line position, double bound, ptrdiff_t width, ptrdiff_t *first, ptrdiff_t *last) {
  ptrdiff_t zero = crossing(position, 0, width), end = crossing(position, bound, width);
  ptrdiff_t from = position.step < 0 ? end : zero, to = position.step < 0 ? zero : end;
  if (from > *first) *first = from;
  if (to < *last) *last = to;
}

/// Two neighbours on one axis and how far the position lies from the first to the second; false outside the picture
/// where that has a colour of its own.
typedef struct {
  ptrdiff_t first, second;
  float weight;
} neighbours;

static inline ptrdiff_t clamped(ptrdiff_t index, ptrdiff_t count) {
  return index < 0 ? 0 : index >= count ? count - 1 : index;
}

static bool find(double position, ptrdiff_t count, convo_fill fill, neighbours *found) {
  double last = (double)(count - 1);
  if (!(position >= 0 && position <= last)) {
    switch (fill) {
    case convo_constant: return false;
    case convo_nearest: position = position > last ? last : 0; break;
    case convo_reflect: {
      // The picture and its mirror image repeat every 2 · count; both edge pixels stand twice, from -0.5 to 0.5.
      double period = 2 * (double)count;
      position -= period * floor(position / period);
      if (position > period - 0.5) position -= period;
      if (position > (double)count - 0.5) position = period - 1 - position;
      break;
    }
    case convo_wrap:
      // The last pixel counts as the first again.
      if (last == 0) {
        position = 0;
      } else if (position < 0) {
        position += last * (floor(-position / last) + 1);
      } else {
        position -= last * floor(position / last);
      }
      break;
    }
  }
  double whole = floor(position);
  found->weight = (float)(position - whole);
  found->first = clamped((ptrdiff_t)whole, count);
  found->second = clamped((ptrdiff_t)whole + 1, count);
  return true;
}

static inline float mixed(float first, float second, float weight) { return first + (second - first) * weight; }

static void edge_pixel(
  convo_picture picture, double row, double column, convo_fill fill, float constant, float *output) {
  neighbours rows, columns;
  if (!find(row, picture.height, fill, &rows) || !find(column, picture.width, fill, &columns)) {
    for (ptrdiff_t c = 0; c < picture.channels; c++) output[c] = constant;
    return;
  }
  const uint8_t *upper = picture.bytes + rows.first * picture.width * picture.channels;
  const uint8_t *lower = picture.bytes + rows.second * picture.width * picture.channels;
  ptrdiff_t left = columns.first * picture.channels, right = columns.second * picture.channels;
  for (ptrdiff_t c = 0; c < picture.channels; c++) {
    float on_left = mixed(upper[left + c], lower[left + c], rows.weight);
    float on_right = mixed(upper[right + c], lower[right + c], rows.weight);
    output[c] = mixed(on_left, on_right, columns.weight);
  }
}

static inline floats4 loaded(const uint8_t *bytes) {
  bytes4 pixel;
  memcpy(&pixel, bytes, 4);
  return __builtin_convertvector(pixel, floats4);
}

/// Columns [first, last) of a row, all of them inside the picture with their neighbours to the right and below.
static inline void inner_pixels(
  convo_picture picture, line row, line column, ptrdiff_t first, ptrdiff_t last, ptrdiff_t step, float *output,
  const ptrdiff_t channels) {
  ptrdiff_t row_bytes = picture.width * channels;
  for (ptrdiff_t j = first; j < last; j++) {
    double y = at(row, j), x = at(column, j);
    // Positions are not negative and below 2³¹: cutting is the floor.
    int32_t whole_y = (int32_t)y, whole_x = (int32_t)x;
    float down = (float)(y - whole_y), along = (float)(x - whole_x);
    const uint8_t *upper = picture.bytes + whole_y * row_bytes + whole_x * channels, *lower = upper + row_bytes;
    if (channels == 1) {
      output[j * step] = mixed(mixed(upper[0], lower[0], down), mixed(upper[1], lower[1], down), along);
    } else {
      floats4 upper_left = loaded(upper), upper_right = loaded(upper + channels);
      floats4 left = upper_left + (loaded(lower) - upper_left) * down;
      floats4 right = upper_right + (loaded(lower + channels) - upper_right) * down;
      floats4 pixel = left + (right - left) * along;
      memcpy(output + j * step, &pixel, (size_t)channels * sizeof(float));
    }
  }
}

void convo_transform(
  convo_picture picture, const convo_map *map, convo_fill fill, float constant, convo_flip flip, float *output) {
  ptrdiff_t height = picture.height, width = picture.width, channels = picture.channels;
  ptrdiff_t step = flip.left_right ? -channels : channels;
  // Pixels of three bytes are read four at a time: the last one of a row is left to the edge.
  double inner_width = (double)(width - (channels == 3 ? 2 : 1));
  for (ptrdiff_t i = 0; i < height; i++) {
    line row = {map->row + (double)i * map->row_i, map->row_j};
    line column = {map->column + (double)i * map->column_i, map->column_j};
    float *target = output + (flip.up_down ? height - 1 - i : i) * width * channels;
    if (flip.left_right) target += (width - 1) * channels;

    ptrdiff_t first = 0, last = width;
    narrow(row, (double)(height - 1), width, &first, &last);
    narrow(column, inner_width, width, &first, &last);
    if (last < first) last = first;
    for (ptrdiff_t j = 0; j < first; j++) {
      edge_pixel(picture, at(row, j), at(column, j), fill, constant, target + j * step);
    }
    switch (channels) {
    case 1: inner_pixels(picture, row, column, first, last, step, target, 1); break;
    case 3: inner_pixels(picture, row, column, first, last, step, target, 3); break;
    default: inner_pixels(picture, row, column, first, last, step, target, 4); break;
    }
    for (ptrdiff_t j = last; j < width; j++) {
      edge_pixel(picture, at(row, j), at(column, j), fill, constant, target + j * step);
    }
  }
}

void convo_flipped(convo_picture picture, convo_flip flip, float *output) {
  ptrdiff_t row_bytes = picture.width * picture.channels;
  for (ptrdiff_t i = 0; i < picture.height; i++) {
    const uint8_t *source = picture.bytes + i * row_bytes;
    float *target = output + (flip.up_down ? picture.height - 1 - i : i) * row_bytes;
    if (!flip.left_right) {
      for (ptrdiff_t j = 0; j < row_bytes; j++) target[j] = source[j];
      continue;
    }
    for (ptrdiff_t j = 0; j < picture.width; j++) {
      float *pixel = target + (picture.width - 1 - j) * picture.channels;
      for (ptrdiff_t c = 0; c < picture.channels; c++) pixel[c] = source[j * picture.channels + c];
    }
  }
}
