// The samples of a plain JPEG (ITU-T T.81) at some of its rows and columns, and of no others.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A file whose tables have been read, and whose scan has not. It refers to the file's bytes.
typedef struct convo_jpeg convo_jpeg;

// What a file holds. Brightness is stored for every pixel, the two channels of colour for every `tall` rows and every
// `wide` columns.
typedef struct {
  size_t height, width;
  size_t tall, wide;    // 1 1, 1 2 or 2 2
  size_t units_down, units_across;  // in units of 8 · tall rows and 8 · wide columns (T.81, A.2.4), rounded up
} convo_jpeg_frame;

// Rows or columns of a channel, in ascending order and without repetition. Those in block i, 8 i … 8 i + 7, are
// places[starts[i]] … places[starts[i + 1] - 1]. There is a start for every block of every unit, and one more.
typedef struct {
  const uint32_t *places, *starts;
} convo_jpeg_lines;

typedef struct {
  convo_jpeg_lines rows, columns;
} convo_jpeg_grid;

// Reads all that comes before the scan. NULL for a file that is not plain: in one scan, sequential, Huffman-coded, with 8
// bits for each of three channels that are YCbCr; for one that is not in order; and where there is no memory.
convo_jpeg *convo_jpeg_open(const uint8_t *data, size_t size, convo_jpeg_frame *frame);

// How many bytes are behind each row of samples, of no meaning.
enum { convo_jpeg_padding = 8 };

// Reads the scan, once.
//
//   brightness, colors  the samples that are wanted of the first channel, and of each of the other two
//   planes              room for those of each channel, [rows][columns + convo_jpeg_padding]
//
// They are the ones that libjpeg-turbo has with its exact ("islow") transform. Returns false for a file that is not in
// order to the last bit, or out of the range in which all versions of libjpeg-turbo agree.
bool convo_jpeg_read(convo_jpeg *jpeg, convo_jpeg_grid brightness, convo_jpeg_grid colors, uint8_t *const planes[3]);

void convo_jpeg_close(convo_jpeg *jpeg);
