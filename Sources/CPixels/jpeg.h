// What the headers of a plain JPEG say (jpeg_headers.c), for the reader of its scan (jpeg_scan.c).
#pragma once

#include "convo_jpeg.h"

#define INLINE static inline __attribute__((always_inline))

enum {
  side = 8,  // of a block
  area = side * side,
  channels = 3,
  looked_bits = 11,  // how many bits are looked up at once
  longest_code = 16,
  longest_run = 16,  // from one coefficient to the next
  largest_difference = 11,  // in bits
  largest_value = 10,
  largest_short_value = 6,
};

// What a code says: how many bits it has, those of the value behind it included; how many of them are the value's; and how
// many coefficients on its place is. 0 is no code.
typedef uint16_t meaning;
#define MEANING(total, value, run) ((meaning)((total) | (value) << 6 | (run) << 10))
INLINE unsigned total_bits(meaning code) { return code & 63; }
INLINE unsigned value_bits(meaning code) { return code >> 6 & 15; }
INLINE unsigned run_of(meaning code) { return code >> 10; }

// What the next bits say: of a code and a short value that fit in them together, the number of bits, the run, and the value
// itself; of another code that fits, its meaning.
typedef uint32_t entry;
#define SHORT_ENTRY(total, run, value) ((entry)(value) << 16 | (run) << 8 | (total))
#define LONG_ENTRY(meaning) ((entry)(meaning) << 16)
INLINE bool is_short(entry entry) { return (entry & 255) != 0; }
INLINE unsigned short_run(entry entry) { return entry >> 8 & 255; }
INLINE int32_t short_value(entry entry) { return (int32_t)entry >> 16; }
INLINE meaning long_meaning(entry entry) { return (meaning)(entry >> 16); }

typedef struct {
  bool is_there;
  entry entries[1 << looked_bits];
  meaning by_rank[256];
  uint32_t ends[longest_code + 1];  // the first string of 16 bits that is beyond the codes of a length
  int32_t ranks[longest_code + 1];  // what is added to a code for its rank
} codes;

// The value of a number behind a code: those that begin with 0 are negative (T.81, F.2.2.1).
INLINE int32_t extended(uint32_t number, unsigned bits) {
  uint32_t above = 1u << bits;
  return (int32_t)(number - (number & above >> 1 ? 0 : above - 1));
}

// What a coefficient is multiplied by, and 8 times its row and its column.
typedef struct {
  uint16_t factor;
  uint8_t row, column;
} coefficient;

// Coefficients in the order in which they are stored, from smooth to fine; then some that a run beyond the last one hits.
typedef coefficient coefficients[area + longest_run];

typedef struct {
  uint8_t id, factors;
  const coefficient *coefficients;
  const codes *differences, *others;
  uint32_t last;  // the first coefficient of the block before, not multiplied
} channel;

struct convo_jpeg {
  convo_jpeg_frame frame;
  const uint8_t *next, *end;  // the bytes that are not read
  unsigned restart_interval;  // in units; 0 for none
  bool has_coefficients[4];
  coefficients coefficients[4];
  codes codes[2][2];  // for differences, for others
  channel channels[channels];
};
