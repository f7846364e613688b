// Reads a JPEG's segments up to its scan (T.81, annex B). Whatever is unusual or not in order is refused: another decoder
// says then what is wrong. So is what libjpeg would only warn of.
#include "jpeg.h"

#include <stdlib.h>
#include <string.h>

// The codes of a length are numbered on from the last of the length before, doubled (T.81, C.2). As in libjpeg, none may be
// all ones.
static bool make_codes(
  codes *table, const uint8_t *counts, const uint8_t *symbols, size_t symbol_count, bool differences) {
  memset(table, 0, sizeof *table);
  uint32_t code = 0;
  size_t rank = 0;
  for (unsigned length = 1; length <= longest_code; length++, code <<= 1) {
    table->ranks[length] = (int32_t)rank - (int32_t)code;
    for (size_t i = 0; i < counts[length - 1]; i++, rank++, code++) {
      if (rank == symbol_count || code + 1 >= 1u << length) return false;
      unsigned value = differences ? symbols[rank] : symbols[rank] & 15, zeros = differences ? 0 : symbols[rank] >> 4;
      if (value > (differences ? largest_difference : largest_value)) return false;
      // Without a value, a run is the block's end or 16 zeros.
      if (value == 0 && zeros != 0 && zeros != longest_run - 1) return false;
      unsigned total = length + value;
      table->by_rank[rank] = MEANING(total, value, zeros + 1);
      if (length > looked_bits) continue;
      bool short_value = value > 0 && value <= largest_short_value && total <= looked_bits;
      for (uint32_t first = code << (looked_bits - length), i = 0; i < 1u << (looked_bits - length); i++)
        table->entries[first + i] = short_value
          ? SHORT_ENTRY(total, zeros + 1, extended(i >> (looked_bits - total), value))
          : LONG_ENTRY(table->by_rank[rank]);
    }
    table->ends[length] = code << (longest_code - length);
  }
  table->is_there = true;
  return rank == symbol_count;
}

static bool read_codes(convo_jpeg *jpeg, const uint8_t *at, size_t size) {
  while (size > 0) {
    if (size < 1 + longest_code || (at[0] & 0xEE) != 0) return false;
    size_t symbols = 0;
    for (size_t i = 1; i <= longest_code; i++) symbols += at[i];
    if (symbols > 256 || symbols > size - (1 + longest_code)) return false;
    const uint8_t *counts = at + 1;
    size_t kind = at[0] >> 4;
    if (!make_codes(&jpeg->codes[kind][at[0] & 1], counts, counts + longest_code, symbols, kind == 0)) return false;
    at += 1 + longest_code + symbols;
    size -= 1 + longest_code + symbols;
  }
  return true;
}

static bool read_factors(convo_jpeg *jpeg, const uint8_t *at, size_t size) {
  static const uint8_t zigzag[area] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};
  for (; size > 0; at += 1 + area, size -= 1 + area) {
    if (size < 1 + area || at[0] > 3) return false;
    for (size_t i = 0; i < area; i++) {
      if (at[1 + i] == 0) return false;
      jpeg->coefficients[at[0]][i] = (coefficient){at[1 + i], zigzag[i] / side * side, zigzag[i] % side * side};
    }
    jpeg->has_coefficients[at[0]] = true;
  }
  return true;
}

INLINE size_t number(const uint8_t *at) { return (size_t)at[0] << 8 | at[1]; }

static bool read_frame(convo_jpeg *jpeg, const uint8_t *at, size_t size) {
  if (jpeg->frame.height != 0 || size != 6 + 3 * channels || at[0] != 8 || at[5] != channels) return false;
  convo_jpeg_frame frame = {.height = number(at + 1), .width = number(at + 3), .wide = at[7] >> 4, .tall = at[7] & 15};
  if (frame.height == 0 || frame.width == 0) return false;
  if (frame.tall == 0 || frame.wide < frame.tall || frame.wide > 2) return false;
  for (size_t i = 0; i < channels; i++) {
    const uint8_t *from = at + 6 + 3 * i;
    if ((i > 0 && from[1] != 0x11) || from[2] > 3) return false;
    for (size_t j = 0; j < i; j++)
      if (from[0] == jpeg->channels[j].id) return false;
    jpeg->channels[i] = (channel){.id = from[0], .factors = from[2]};
  }
  frame.units_down = (frame.height + side * frame.tall - 1) / (side * frame.tall);
  frame.units_across = (frame.width + side * frame.wide - 1) / (side * frame.wide);
  jpeg->frame = frame;
  return true;
}

static bool read_scan_header(convo_jpeg *jpeg, const uint8_t *at, size_t size) {
  static const uint8_t all_coefficients[] = {0, area - 1, 0};
  if (jpeg->frame.height == 0 || size != 4 + 2 * channels || at[0] != channels) return false;
  if (memcmp(at + 1 + 2 * channels, all_coefficients, sizeof all_coefficients) != 0) return false;
  for (size_t i = 0; i < channels; i++) {
    const uint8_t *from = at + 1 + 2 * i;
    channel *to = &jpeg->channels[i];
    if (from[0] != to->id || (from[1] & 0xEE) != 0 || !jpeg->has_coefficients[to->factors]) return false;
    to->coefficients = jpeg->coefficients[to->factors];
    to->differences = &jpeg->codes[0][from[1] >> 4];
    to->others = &jpeg->codes[1][from[1] & 15];
    if (!to->differences->is_there || !to->others->is_there) return false;
  }
  return true;
}

// The colours are YCbCr if the file says so, or is silent and numbers its channels as JFIF does.
static bool read_headers(convo_jpeg *jpeg) {
  bool says_colors = false;
  if (jpeg->end - jpeg->next < 2 || number(jpeg->next) != 0xFFD8) return false;
  jpeg->next += 2;
  while (jpeg->end - jpeg->next >= 4 && jpeg->next[0] == 0xFF) {
    uint8_t marker = jpeg->next[1];
    size_t size = number(jpeg->next + 2);
    if (size < 2 || size > (size_t)(jpeg->end - jpeg->next) - 2) return false;
    const uint8_t *at = jpeg->next + 4;
    jpeg->next += 2 + size;
    size -= 2;
    switch (marker) {
      case 0xC0:
      case 0xC1:
        if (!read_frame(jpeg, at, size)) return false;
        break;
      case 0xC4:
        if (!read_codes(jpeg, at, size)) return false;
        break;
      case 0xDA: {
        const channel *all = jpeg->channels;
        return read_scan_header(jpeg, at, size)
          && (says_colors || (all[0].id == 1 && all[1].id == 2 && all[2].id == 3));
      }
      case 0xDB:
        if (!read_factors(jpeg, at, size)) return false;
        break;
      case 0xDD:
        if (size != 2) return false;
        jpeg->restart_interval = (unsigned)number(at);
        break;
      case 0xE0:  // JFIF, of which libjpeg knows version 1
        if (size < 14 || memcmp(at, "JFIF", 5) != 0) break;
        if (at[5] != 1) return false;
        says_colors = true;
        break;
      case 0xEE:  // Adobe's; 1 stands for YCbCr
        if (size < 12 || memcmp(at, "Adobe", 5) != 0) break;
        if (at[11] != 1) return false;
        says_colors = true;
        break;
      default:  // other notes and comments
        if ((marker & 0xF0) != 0xE0 && marker != 0xFE) return false;
    }
  }
  return false;
}

convo_jpeg *convo_jpeg_open(const uint8_t *data, size_t size, convo_jpeg_frame *frame) {
  convo_jpeg *jpeg = calloc(1, sizeof *jpeg);
  if (!jpeg) return NULL;
  jpeg->next = data;
  jpeg->end = data + size;
  if (!read_headers(jpeg)) {
    free(jpeg);
    return NULL;
  }
  *frame = jpeg->frame;
  return jpeg;
}

void convo_jpeg_close(convo_jpeg *jpeg) { free(jpeg); }
