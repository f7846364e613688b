// Most of a large photograph is thrown away when it becomes a small picture of its nearest pixels. Its entropy-coded data
// can only be read from first to last, but the inverse cosine transform is done for the wanted rows and columns alone:
//
//   file ─unstuff→ bytes ─read_block→ sums: a block's columns at the wanted rows ─transform_rows→ the wanted samples
//
// The transform is libjpeg's "islow": columns, then rows, in 13-bit fixed point, rounded in between. Its shortcuts are exact,
// so that a sample of a column is a sum of products of all its coefficients. Each one is added when it is read: zeros,
// which most are, cost nothing.
//
// libjpeg-turbo computes parts of it in 16 bits, and not in the same way on every processor. A file with values so large
// that this would matter is refused, as is one that is not in order.
#include "jpeg_bits.h"

#include <stdlib.h>

typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef int16_t shorts4 __attribute__((vector_size(8)));
typedef int16_t shorts8 __attribute__((vector_size(16)));
typedef int32_t words4 __attribute__((vector_size(16)));

// MARK: The transform

// What coefficient `[column]` adds to sample `[row]`, times 2¹³·√8: what the transform of Loeffler, Ligtenberg and
// Moschytz (1989) comes to with libjpeg's rounded constants.
static const int16_t waves[side][side] = {
  {8192, 11363, 10703, 9633, 8192, 6437, 4433, 2260},
  {8192, 9633, 4433, -2259, -8192, -11362, -10704, -6436},
  {8192, 6437, -4433, -11362, -8192, 2261, 10704, 9633},
  {8192, 2260, -10703, -6436, 8192, 9633, -4433, -11363},
  {8192, -2260, -10703, 6436, 8192, -9633, -4433, 11363},
  {8192, -6437, -4433, 11362, -8192, -2261, 10704, -9633},
  {8192, -9633, 4433, 2259, -8192, 11362, -10704, 6436},
  {8192, -11363, 10703, -9633, 8192, -6437, 4433, -2260},
};

enum {
  lanes = 4,
  between_bits = 11,  // that are rounded away between the transform of columns and that of rows
  last_bits = 18,     // and after it
  gray = 128,
  value_limit = 1 << 14,  // -limit ..< limit is where all versions of libjpeg-turbo agree
  sample_limit = 1 << 9,
};

// Bits that are set if a value plus the limit, or any of several such sums, is not in range.
#define BEYOND(sums, limit) ((unsigned)(sums) & ~(2u * (limit) - 1))

// The wanted rows in a row of blocks: up to four, or up to eight in two halves.
typedef struct {
  size_t count, first;
  words4 waves[side][2];  // what each coefficient of a column adds to them
} block_rows;

// The wanted columns in a column of blocks.
typedef struct {
  size_t first;
  shorts8 waves[2][side / 2];  // what each pair of coefficients of a row adds to them
} block_columns;

INLINE words4 all(int32_t value) { return (words4){value, value, value, value}; }

// Values of 16 bits, two of them in each lane.
INLINE shorts8 pairs(words4 even, words4 odd) { return (shorts8)((even & 0xFFFF) | odd << 16); }

// In each lane the sum of two products.
INLINE words4 pair_products(shorts8 a, shorts8 b) {
#if defined(__SSE2__)
  return (words4)__builtin_ia32_pmaddwd128(a, b);
#else
#define EVERY_OTHER(values, i) \
  __builtin_convertvector(__builtin_shufflevector(values, values, i, i + 2, i + 4, i + 6), words4)
  return EVERY_OTHER(a, 0) * EVERY_OTHER(b, 0) + EVERY_OTHER(a, 1) * EVERY_OTHER(b, 1);
#endif
}

// Products of values of 16 bits.
INLINE words4 products(words4 values, int32_t factor) {
#if defined(__SSE2__)
  return pair_products((shorts8)values, (shorts8)all((uint16_t)factor));
#else
  return values * all((int16_t)factor);
#endif
}

// Adds a coefficient to its column's samples.
INLINE void add(
  words4 sums[side][2], const block_rows *rows, size_t halves, const coefficient *coefficient, int32_t value) {
  for (size_t half = 0; half < halves; half++) {
    words4 wave, *sum = (words4 *)((int32_t *)sums + coefficient->column + half * lanes);
    memcpy(&wave, (const int32_t *)rows->waves + coefficient->row + half * lanes, sizeof wave);
    *sum += products(wave, value);
  }
}

// Reads a block.
//
//   halves  of the rows that are wanted: 0, 1 or 2
//   sums    room for its columns' samples at these rows
INLINE bool read_block(
  cursor *from, channel *channel, const block_rows *rows, size_t halves, words4 sums[side][2], unsigned *beyond) {
  const coefficient *coefficients = channel->coefficients;
  const codes *others = channel->others;
  int32_t value;
  if (take(from, channel->differences, &value) == 0) return false;
  channel->last += (uint32_t)value;
  value = (int32_t)(channel->last * coefficients[0].factor);
  *beyond |= BEYOND((unsigned)value + value_limit, value_limit);
  for (size_t i = 0; i < side; i++)
    for (size_t half = 0; half < halves; half++) sums[i][half] = all(1 << (between_bits - 1));
  add(sums, rows, halves, &coefficients[0], value);
  for (size_t place = 0;;) {
    refill(from);
    entry found = 0;
#pragma clang loop unroll(full)
    for (int i = 0; i < shorts_at_once; i++) {
      found = look(from, others);
      if (!is_short(found)) break;
      drop(from, found);
      place += short_run(found);
      // No short value is beyond the limit, whatever its factor.
      add(sums, rows, halves, &coefficients[place], short_value(found) * coefficients[place].factor);
      if (place >= area - 1) return place == area - 1;
    }
    if (is_short(found)) continue;
    meaning code = take(from, others, &value);
    if (code == 0) return false;
    if (value_bits(code) == 0 && run_of(code) == 1) return true;
    place += run_of(code);
    if (place >= area) return false;
    if (value_bits(code) > 0) {
      value *= coefficients[place].factor;
      *beyond |= BEYOND(value + value_limit, value_limit);
      add(sums, rows, halves, &coefficients[place], value);
    }
    if (place == area - 1) return true;
  }
}

INLINE shorts4 samples(const shorts8 row[side / 2], const shorts8 waves[side / 2]) {
  words4 sum = all((1 << (last_bits - 1)) + (gray << last_bits));
  for (size_t i = 0; i < side / 2; i++) sum += pair_products(row[i], waves[i]);
  return __builtin_convertvector(sum >> last_bits, shorts4);
}

// Writes 4 · halves samples for each row; those that are too many are written over later.
INLINE void transform_rows(
  words4 sums[side][2], const block_rows *rows, size_t halves, const block_columns *columns, uint8_t *to,
  size_t to_next_row, unsigned *beyond) {
  words4 value_sums = {0};
  shorts8 sample_sums = {0};
  for (size_t half = 0; half < halves; half++) {
    words4 row_pairs[side / 2];
    for (size_t i = 0; i < side; i += 2) {
      words4 even = sums[i][half] >> between_bits, odd = sums[i + 1][half] >> between_bits;
      value_sums |= (even + value_limit) | (odd + value_limit);
      row_pairs[i / 2] = (words4)pairs(even, odd);
    }
#define LANE(values, i) (shorts8)__builtin_shufflevector(values, values, i, i, i, i)
#define ROW(i)                                                                                                     \
  if (half * lanes + i < rows->count) {                                                                            \
    shorts8 row[] = {LANE(row_pairs[0], i), LANE(row_pairs[1], i), LANE(row_pairs[2], i), LANE(row_pairs[3], i)};  \
    shorts4 first = samples(row, columns->waves[0]), second = halves == 2 ? samples(row, columns->waves[1]) : first; \
    shorts8 both = __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7);                                 \
    sample_sums |= both + (sample_limit - gray);                                                                   \
    both = __builtin_elementwise_min(__builtin_elementwise_max(both, (shorts8){0}), (shorts8){0} + 255);           \
    bytes8 bytes = __builtin_convertvector(both, bytes8);                                                          \
    memcpy(to, &bytes, halves * lanes);                                                                            \
    to += to_next_row;                                                                                             \
  }
    ROW(0) ROW(1) ROW(2) ROW(3)
  }
  *beyond |= BEYOND(__builtin_reduce_or(value_sums), value_limit);
  *beyond |= BEYOND(__builtin_reduce_or(sample_sums), sample_limit);
}

// MARK: The scan

// A channel's wanted samples.
typedef struct {
  convo_jpeg_lines rows;
  block_columns *columns;
  bool has_many;  // more than four columns in some block
  size_t tall, wide;  // blocks in a unit
  size_t to_next_row;
  uint8_t *samples;
} target;

static block_rows rows_of(convo_jpeg_lines rows, size_t block) {
  size_t first = rows.starts[block];
  block_rows wanted = {.count = rows.starts[block + 1] - first, .first = first};
  for (size_t i = 0; i < wanted.count; i++)
    for (size_t j = 0; j < side; j++)
      wanted.waves[j][i / lanes][i % lanes] = waves[rows.places[first + i] % side][j];
  return wanted;
}

static bool make_target(target *target, convo_jpeg_grid grid, size_t tall, size_t wide, size_t units_across) {
  size_t blocks = units_across * wide;
  target->columns = calloc(blocks, sizeof *target->columns);
  if (!target->columns) return false;
  target->rows = grid.rows;
  target->tall = tall;
  target->wide = wide;
  target->to_next_row = grid.columns.starts[blocks] + convo_jpeg_padding;
  for (size_t i = 0; i < blocks; i++) {
    size_t first = grid.columns.starts[i], count = grid.columns.starts[i + 1] - first;
    target->columns[i].first = first;
    if (count > lanes) target->has_many = true;
    for (size_t j = 0; j < count; j++)
      for (size_t k = 0; k < side; k += 2) {
        const int16_t *wave = waves[grid.columns.places[first + j] % side];
        words4 pair = (words4)pairs(all(wave[k]), all(wave[k + 1]));
        memcpy((int32_t *)&target->columns[i].waves[j / lanes][k / 2] + j % lanes, &pair, sizeof(int32_t));
      }
  }
  return true;
}

INLINE bool read_wanted(
  cursor *from, channel *channel, const block_rows *rows, size_t halves, const target *target, size_t across,
  unsigned *beyond) {
  words4 sums[side][2];
  if (!read_block(from, channel, rows, halves, sums, beyond)) return false;
  if (halves == 0) return true;
  const block_columns *columns = &target->columns[across];
  uint8_t *to = target->samples + rows->first * target->to_next_row + columns->first;
  transform_rows(sums, rows, halves, columns, to, target->to_next_row, beyond);
  return true;
}

// A unit: some blocks of each channel (T.81, A.2.3). Compiled for each number of halves.
INLINE bool read_unit(
  cursor *from, channel all[channels], block_rows rows[channels][2], const target targets[channels], size_t across,
  unsigned *beyond) {
  for (size_t i = 0; i < channels; i++)
    for (size_t y = 0; y < targets[i].tall; y++)
      for (size_t x = across * targets[i].wide; x < (across + 1) * targets[i].wide; x++) {
        const block_rows *wanted = &rows[i][y];
        bool is_read = wanted->count == 0 ? read_wanted(from, &all[i], wanted, 0, &targets[i], x, beyond)
          : wanted->count > lanes || targets[i].has_many
          ? read_wanted(from, &all[i], wanted, 2, &targets[i], x, beyond)
          : read_wanted(from, &all[i], wanted, 1, &targets[i], x, beyond);
        if (!is_read) return false;
      }
  return true;
}

static bool read_scan(convo_jpeg *jpeg, reader *from, const target targets[channels]) {
  unsigned beyond = 0;
  uint8_t restarts = 0;
  size_t until_restart = jpeg->restart_interval;
  start_segment(from);
  for (size_t down = 0; down < jpeg->frame.units_down; down++) {
    block_rows rows[channels][2];
    for (size_t i = 0; i < channels; i++)
      for (size_t y = 0; y < targets[i].tall; y++) rows[i][y] = rows_of(targets[i].rows, down * targets[i].tall + y);
    for (size_t across = 0; across < jpeg->frame.units_across; across++, until_restart--) {
      if (jpeg->restart_interval > 0 && until_restart == 0) {
        if (!end_segment(from, 0xD0 + restarts++ % 8)) return false;
        start_segment(from);
        for (size_t i = 0; i < channels; i++) jpeg->channels[i].last = 0;
        until_restart = jpeg->restart_interval;
      }
      unstuff(from);
      cursor cursor = from->cursor;
      if (!read_unit(&cursor, jpeg->channels, rows, targets, across, &beyond)) return false;
      from->cursor = cursor;
    }
  }
  return end_segment(from, 0xD9) && beyond == 0;
}

bool convo_jpeg_read(convo_jpeg *jpeg, convo_jpeg_grid brightness, convo_jpeg_grid colors, uint8_t *const planes[3]) {
  const convo_jpeg_frame *frame = &jpeg->frame;
  target targets[channels] = {{.tall = 0}};
  reader *from = malloc(sizeof *from);
  bool is_read = from && make_target(&targets[0], brightness, frame->tall, frame->wide, frame->units_across)
    && make_target(&targets[1], colors, 1, 1, frame->units_across);
  if (is_read) {
    targets[2] = targets[1];
    for (size_t i = 0; i < channels; i++) targets[i].samples = planes[i];
    from->file = jpeg->next;
    from->file_end = jpeg->end;
    is_read = read_scan(jpeg, from, targets);
  }
  free(targets[0].columns);
  free(targets[1].columns);
  free(from);
  return is_read;
}
