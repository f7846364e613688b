// Weighted sums of bytes in 16 lanes of 32 bits. The functions that do the work are compiled for several processors; the
// compiler makes of 16 lanes what each has. All compute the same integers.
#include "convo_resample.h"

#include <string.h>

typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint8_t unaligned16 __attribute__((vector_size(16), aligned(1)));
typedef int32_t words4 __attribute__((vector_size(16)));
typedef int32_t words16 __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

enum { half = 1 << (convo_weight_bits - 1), lanes = 16 };

// A macro, as a function that returns a vector would differ between the processors.
#define LOAD(from) __builtin_convertvector(*(const unaligned16 *)(from), words16)

INLINE uint8_t byte(int32_t sum) {
  int32_t value = sum >> convo_weight_bits;
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

// Gray: sixteen taps at once.
INLINE void one_channel(const uint8_t *from, const int32_t *weights, size_t taps, uint8_t *to) {
  words16 sums = {0};
  for (size_t tap = 0; tap < taps; tap += lanes) {
    words16 weight;
    memcpy(&weight, weights + tap, sizeof weight);
    sums += LOAD(from + tap) * weight;
  }
  to[0] = byte(half + __builtin_reduce_add(sums));
}

// Colours: four taps at once, with four lanes for each pixel. Of three channels, the fourth lane is not used.
INLINE void colors(const uint8_t *from, const int32_t *weights, size_t taps, size_t channels, uint8_t *to) {
  words16 sums = {0};
  for (size_t tap = 0; tap < taps; tap += 4) {
    bytes16 pixels;
    memcpy(&pixels, from + tap * channels, sizeof pixels);
    if (channels == 3)
      pixels = __builtin_shufflevector(pixels, pixels, 0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11);
    words4 four;
    memcpy(&four, weights + tap, sizeof four);
    words16 weight = __builtin_shufflevector(four, four, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    sums += __builtin_convertvector(pixels, words16) * weight;
  }
  for (size_t channel = 0; channel < channels; channel++)
    to[channel] = byte(half + sums[channel] + sums[channel + 4] + sums[channel + 8] + sums[channel + 12]);
}

INLINE void all_columns(
  const uint8_t *row, uint8_t *to, size_t channels, const convo_resampling *table) {
  for (size_t position = 0; position < table->positions; position++) {
    const uint8_t *from = row + (size_t)table->first[position] * channels;
    const int32_t *weights = table->weights + position * table->taps;
    if (channels == 1) one_channel(from, weights, table->taps, to + position);
    else colors(from, weights, table->taps, channels, to + position * channels);
  }
}

INLINE void width_pass(
  const uint8_t *pixels, uint8_t *resampled, size_t height, size_t width, size_t channels,
  const convo_resampling *table, uint8_t *row) {
  memset(row + width * channels, 0, table->taps * channels + lanes);
  for (size_t y = 0; y < height; y++) {
    memcpy(row, pixels + y * width * channels, width * channels);
    uint8_t *to = resampled + y * table->positions * channels;
    switch (channels) {
      case 1: all_columns(row, to, 1, table); break;
      case 3: all_columns(row, to, 3, table); break;
      case 4: all_columns(row, to, 4, table); break;
    }
  }
}

// Sums of four times sixteen columns stay in registers while the rows go by.
INLINE void height_pass(
  const uint8_t *pixels, uint8_t *resampled, size_t height, size_t row_bytes, const convo_resampling *table) {
  enum { together = 4 };
  for (size_t position = 0; position < table->positions; position++) {
    size_t first = (size_t)table->first[position];
    size_t rows = height - first < table->taps ? height - first : table->taps;
    const uint8_t *from = pixels + first * row_bytes;
    const int32_t *weights = table->weights + position * table->taps;
    while (rows > 0 && weights[rows - 1] == 0) rows--;
    uint8_t *to = resampled + position * row_bytes;
    size_t column = 0;
    for (; column + together * lanes <= row_bytes; column += together * lanes) {
      words16 sums[together] = {{0}};
      for (size_t row = 0; row < rows; row++)
        for (size_t part = 0; part < together; part++)
          sums[part] += LOAD(from + row * row_bytes + column + part * lanes) * weights[row];
      for (size_t part = 0; part < together; part++) {
        words16 values = (sums[part] + half) >> convo_weight_bits;
        values = __builtin_elementwise_min(__builtin_elementwise_max(values, (words16){0}), (words16){0} + 255);
        bytes16 bytes = __builtin_convertvector(values, bytes16);
        memcpy(to + column + part * lanes, &bytes, sizeof bytes);
      }
    }
    for (; column < row_bytes; column++) {
      int32_t sum = half;
      for (size_t row = 0; row < rows; row++) sum += from[row * row_bytes + column] * weights[row];
      to[column] = byte(sum);
    }
  }
}

typedef void width_function(
  const uint8_t *, uint8_t *, size_t, size_t, size_t, const convo_resampling *, uint8_t *);
typedef void height_function(const uint8_t *, uint8_t *, size_t, size_t, const convo_resampling *);

typedef struct {
  width_function *width;
  height_function *height;
} passes;

#define COMPILED(set, attributes)                                                                        \
  attributes static void width_##set(                                                                    \
    const uint8_t *pixels, uint8_t *resampled, size_t height, size_t width, size_t channels,             \
    const convo_resampling *table, uint8_t *row) {                                                       \
    width_pass(pixels, resampled, height, width, channels, table, row);                                  \
  }                                                                                                      \
  attributes static void height_##set(                                                                   \
    const uint8_t *pixels, uint8_t *resampled, size_t height, size_t row_bytes, const convo_resampling *table) { \
    height_pass(pixels, resampled, height, row_bytes, table);                                            \
  }                                                                                                      \
  static const passes set = {width_##set, height_##set};

COMPILED(baseline, )
#if defined(__x86_64__)
COMPILED(avx2, __attribute__((target("avx2"))))
COMPILED(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))))
#endif

// Fills `found`, the fastest first, and counts.
static int find(const passes *found[3]) {
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl"))
    found[count++] = &avx512;
  if (__builtin_cpu_supports("avx2")) found[count++] = &avx2;
#endif
  found[count++] = &baseline;
  return count;
}

static const passes *at(int set) {
  const passes *found[3];
  int count = find(found);
  return found[set >= 0 && set < count ? set : 0];
}

int convo_resample_sets(void) {
  const passes *found[3];
  return find(found);
}

void convo_resample_width(
  const uint8_t *pixels, uint8_t *resampled, size_t height, size_t width, size_t channels,
  const convo_resampling *table, uint8_t *row, int set) {
  at(set)->width(pixels, resampled, height, width, channels, table, row);
}

void convo_resample_height(
  const uint8_t *pixels, uint8_t *resampled, size_t height, size_t row_bytes, const convo_resampling *table, int set) {
  at(set)->height(pixels, resampled, height, row_bytes, table);
}
