// Changes of grey levels, a vector of them at a time.
#include "convo_augment.h"

#include <string.h>

enum { lanes = 4 };
typedef float floats4 __attribute__((ext_vector_type(lanes)));

static inline floats4 loaded(const float *values) {
  floats4 vector;
  memcpy(&vector, values, sizeof vector);
  return vector;
}

void convo_range(const float *values, size_t count, float *smallest, float *largest) {
  floats4 low = values[0], high = values[0];
  size_t index = 0;
  for (; index + lanes <= count; index += lanes) {
    floats4 next = loaded(values + index);
    low = __builtin_elementwise_min(low, next);
    high = __builtin_elementwise_max(high, next);
  }
  float least = low[0], most = high[0];
  for (size_t lane = 1; lane < lanes; lane++) {
    least = low[lane] < least ? low[lane] : least;
    most = high[lane] > most ? high[lane] : most;
  }
  for (; index < count; index++) {
    least = values[index] < least ? values[index] : least;
    most = values[index] > most ? values[index] : most;
  }
  *smallest = least;
  *largest = most;
}

void convo_shift(float *values, size_t count, float by, float smallest, float largest) {
  for (size_t index = 0; index < count; index++) {
    float value = values[index] + by;
    value = value < smallest ? smallest : value;
    values[index] = value > largest ? largest : value;
  }
}

static inline float brightened(float value, float factor) {
  float product = (float)(int32_t)value * factor;
  product = product < 0 ? 0 : product;
  return (float)(int32_t)(product > 255 ? 255 : product);
}

void convo_brighten(float *values, size_t count, ptrdiff_t channels, float factor) {
  if (channels != 4) {
    for (size_t index = 0; index < count; index++) values[index] = brightened(values[index], factor);
    return;
  }
  for (size_t index = 0; index < count; index += 4) {
    for (size_t channel = 0; channel < 3; channel++) {
      values[index + channel] = brightened(values[index + channel], factor);
    }
    values[index + 3] = (float)(int32_t)values[index + 3];
  }
}
