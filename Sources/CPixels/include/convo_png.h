// The filters of PNG rows, undone (ISO/IEC 15948, clause 9).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Undoes the filters of a picture with whole bytes a pixel.
//
//   filtered  [height][1 + row_bytes]: each row behind the number of its filter
//   pixels    [height][row_bytes]
//   pixel_bytes  1, 2, 3 or 4; row_bytes is a multiple of it
//
// Returns false where a row has no filter of that number; the rows before it are done.
bool convo_png_unfilter(
  const uint8_t *filtered, uint8_t *pixels, size_t height, size_t row_bytes, size_t pixel_bytes);
