// Bits and codes of a JPEG's entropy-coded data.
//
// Unstuffing takes out the zero behind every 0xFF (T.81, F.1.2.3), some kilobytes ahead, so that bits are then taken eight
// bytes at a time without a question: before each unit there are more bytes than the longest unit has, or there is the
// data's end with zeros behind it. Whether bits were taken that are not there is asked at the end.
//
// The next code can only be looked up when the length of the one before is known, its value included (T.81, F.2.2). That
// chain is what all else waits for. Nearly always one look tells the length, the value and its place; four such steps go
// without a look at how many bits are left.
#pragma once

#include "jpeg.h"

#include <string.h>

enum {
  longest_unit = 6 * area * (longest_code + largest_difference) / 8,  // in bytes
  margin = longest_unit + 2 * sizeof(uint64_t),
  held = 1 << 14,  // bytes unstuffed ahead
  shorts_at_once = 4,  // of at most 11 bits: fewer than the 56 that a refill gives
};

// Where bits are taken from.
typedef struct {
  const uint8_t *at;
  uint64_t bits;   // the next ones, from the highest on
  unsigned count;  // how many of them, modulo 64; those below are the byte's at `at`
} cursor;

typedef struct {
  const uint8_t *file, *file_end;  // what is not unstuffed
  cursor cursor;
  size_t filled;
  bool is_all;  // whether a marker follows, or the file's end
  uint8_t bytes[held + margin];
} reader;

// Sees to it that there is enough for a unit.
static void unstuff(reader *from) {
  size_t used = (size_t)(from->cursor.at - from->bytes);
  if (from->is_all || used + margin <= from->filled) return;
  from->filled -= used;
  memmove(from->bytes, from->cursor.at, from->filled);
  from->cursor.at = from->bytes;
  while (from->filled < held && !from->is_all) {
    size_t left = (size_t)(from->file_end - from->file), room = held - from->filled;
    size_t length = left < room ? left : room;
    const uint8_t *stop = length > 0 ? memchr(from->file, 0xFF, length) : NULL;
    if (stop) length = (size_t)(stop - from->file);
    memcpy(from->bytes + from->filled, from->file, length);
    from->filled += length;
    from->file += length;
    if (stop && left - length >= 2 && stop[1] == 0) {
      from->bytes[from->filled++] = 0xFF;
      from->file += 2;
    } else {
      from->is_all = stop || length == left;
    }
  }
  memset(from->bytes + from->filled, 0, margin);
}

static void start_segment(reader *from) {
  from->cursor = (cursor){.at = from->bytes};
  from->filled = 0;
  from->is_all = false;
}

// Whether all bytes up to a marker have been used and no more, and this is the marker; takes it.
static bool end_segment(reader *from, uint8_t marker) {
  unstuff(from);
  size_t used = 8 * (size_t)(from->cursor.at - from->bytes) - (from->cursor.count & 63), there = 8 * from->filled;
  if (!from->is_all || used > there || there - used >= 8 || from->file_end - from->file < 2) return false;
  if (from->file[0] != 0xFF || from->file[1] != marker) return false;
  from->file += 2;
  return true;
}

// At least 56 bits.
INLINE void refill(cursor *from) {
  uint64_t word;
  memcpy(&word, from->at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  from->bits |= word >> (from->count & 63);
  from->at += ~from->count >> 3 & 7;
  from->count |= 56;
}

INLINE entry look(const cursor *from, const codes *table) { return table->entries[from->bits >> (64 - looked_bits)]; }

// `count` modulo 64.
INLINE void drop(cursor *from, unsigned count) {
  from->bits <<= count & 63;
  from->count -= count;
}

static meaning long_code(uint64_t bits, const codes *table) {
  uint32_t string = (uint32_t)(bits >> (64 - longest_code));
  for (int length = looked_bits + 1; length <= longest_code; length++)
    if (string < table->ends[length])
      return table->by_rank[table->ranks[length] + (int32_t)(string >> (longest_code - length))];
  return 0;
}

// The next code, whatever its length, and its value.
INLINE meaning take(cursor *from, const codes *table, int32_t *value) {
  refill(from);
  entry found = look(from, table);
  if (is_short(found)) {
    drop(from, found);
    *value = short_value(found);
    return MEANING(0, 1, short_run(found));
  }
  meaning code = found ? long_meaning(found) : long_code(from->bits, table);
  if (code == 0) return 0;
  uint32_t number = (uint32_t)(from->bits >> (64 - total_bits(code)));
  *value = extended(number & ((1u << value_bits(code)) - 1), value_bits(code));
  drop(from, total_bits(code));
  return code;
}
