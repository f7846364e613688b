#ifndef CONVO_CTIFF_H
#define CONVO_CTIFF_H

#include <tiffio.h>

// TIFFGetField and TIFFSetField are variadic, which Swift can't call. Each returns 0 where the file has no such field.

static inline int convo_tiff_get_u16(TIFF *file, uint32_t tag, uint16_t *value) {
  return TIFFGetField(file, tag, value);
}

static inline int convo_tiff_get_u32(TIFF *file, uint32_t tag, uint32_t *value) {
  return TIFFGetField(file, tag, value);
}

static inline int convo_tiff_get_extra_samples(TIFF *file, uint16_t *count, const uint16_t **kinds) {
  return TIFFGetField(file, TIFFTAG_EXTRASAMPLES, count, kinds);
}

static inline int convo_tiff_get_color_map(
    TIFF *file, const uint16_t **red, const uint16_t **green, const uint16_t **blue) {
  return TIFFGetField(file, TIFFTAG_COLORMAP, red, green, blue);
}

// Pixels that a JPEG inside the file stores as YCbCr come as RGB.
static inline int convo_tiff_set_jpeg_to_rgb(TIFF *file) {
  return TIFFSetField(file, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
}

#endif
