#ifndef CONVO_CHDF5_H
#define CONVO_CHDF5_H

// What convo does with HDF5: files in memory alone, whose objects are named by paths. Constants of HDF5 are macros, which
// Swift does not see. The library is to be called by one thread at a time.
//
// What comes from outside is looked at before it is followed: links are hard ones, numbers lie in the file itself, and
// are compressed by nothing but what every HDF5 has.

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

enum { convo_h5_most_sides = 8 };

/// Errors are returned, and nothing is printed.
static inline void convo_h5_begin(void) {
  H5open();
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static inline hid_t convo_h5_memory(const void *bytes, size_t size) {
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access < 0) return -1;
  int is_ready = H5Pset_fapl_core(access, 1 << 20, 0) >= 0;
  if (is_ready && size) is_ready = H5Pset_file_image(access, (void *)bytes, size) >= 0;
  if (!is_ready) {
    H5Pclose(access);
    return -1;
  }
  return access;
}

/// Opens a file that lies in memory, of which a copy is made; below 0 where it is none.
static inline hid_t convo_h5_open(const void *bytes, size_t size) {
  hid_t access = convo_h5_memory(bytes, size);
  if (access < 0) return -1;
  hid_t file = H5Fopen("convo", H5F_ACC_RDONLY, access);
  H5Pclose(access);
  return file;
}

/// Begins a file in memory.
static inline hid_t convo_h5_create(void) {
  hid_t access = convo_h5_memory(NULL, 0);
  if (access < 0) return -1;
  hid_t file = H5Fcreate("convo", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
  return file;
}

static inline void convo_h5_close(hid_t file) { H5Fclose(file); }

/// The bytes of a file in memory; copies them where `bytes` is not NULL. Below 0 where that fails.
static inline ssize_t convo_h5_image(hid_t file, void *bytes, size_t size) {
  if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0) return -1;
  return H5Fget_file_image(file, bytes, size);
}

/// Whether all of a path is there, by hard links alone.
static inline int convo_h5_has(hid_t file, const char *path) {
  size_t length = strlen(path);
  if (!length) return 0;
  if (!strcmp(path, "/")) return 1;
  char *part = malloc(length + 1);
  if (!part) return 0;
  int found = 1;
  for (size_t end = 1; found && end <= length; end++) {
    if (path[end] != '/' && path[end] != 0) continue;
    memcpy(part, path, end);
    part[end] = 0;
    H5L_info_t link;
    found = H5Lexists(file, part, H5P_DEFAULT) > 0 && H5Lget_info(file, part, &link, H5P_DEFAULT) >= 0
            && link.type == H5L_TYPE_HARD;
  }
  free(part);
  return found;
}

static inline int convo_h5_is_plain(hid_t dataset) {
  hid_t creation = H5Dget_create_plist(dataset);
  if (creation < 0) return 0;
  int is_plain = H5Pget_layout(creation) != H5D_VIRTUAL && H5Pget_external_count(creation) == 0;
  int filters = H5Pget_nfilters(creation);
  for (int i = 0; is_plain && i < filters; i++) {
    unsigned flags;
    size_t values = 0;
    H5Z_filter_t filter = H5Pget_filter2(creation, (unsigned)i, &flags, &values, NULL, 0, NULL, NULL);
    is_plain = filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32;
  }
  H5Pclose(creation);
  return is_plain && filters >= 0;
}

/// The shape of a dataset of numbers: how many sides, at most `convo_h5_most_sides`, or below 0 where there is no such
/// dataset, or nothing that convo reads.
static inline int convo_h5_shape(hid_t file, const char *path, uint64_t *sides) {
  if (!convo_h5_has(file, path)) return -1;
  hid_t dataset = H5Dopen2(file, path, H5P_DEFAULT);
  if (dataset < 0) return -1;
  int count = -1;
  hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
  if (type >= 0 && space >= 0 && convo_h5_is_plain(dataset)) {
    H5T_class_t class = H5Tget_class(type);
    size_t size = H5Tget_size(type);
    if ((class == H5T_FLOAT || class == H5T_INTEGER) && size >= 1 && size <= 8
        && H5Sget_simple_extent_type(space) != H5S_NULL) {
      hsize_t found[H5S_MAX_RANK];
      count = H5Sget_simple_extent_ndims(space);
      if (count > convo_h5_most_sides || (count > 0 && H5Sget_simple_extent_dims(space, found, NULL) < 0)) count = -1;
      for (int i = 0; i < count; i++) sides[i] = found[i];
    }
  }
  if (type >= 0) H5Tclose(type);
  if (space >= 0) H5Sclose(space);
  H5Dclose(dataset);
  return count;
}

static inline int convo_h5_read(hid_t file, const char *path, hid_t type, void *to) {
  hid_t dataset = H5Dopen2(file, path, H5P_DEFAULT);
  if (dataset < 0) return 0;
  int is_read = H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, to) >= 0;
  H5Dclose(dataset);
  return is_read;
}

/// Reads a whole dataset, whose shape `convo_h5_shape` gave.
static inline int convo_h5_read_floats(hid_t file, const char *path, float *to) {
  return convo_h5_read(file, path, H5T_NATIVE_FLOAT, to);
}
static inline int convo_h5_read_integers(hid_t file, const char *path, int64_t *to) {
  return convo_h5_read(file, path, H5T_NATIVE_INT64, to);
}

static inline int convo_h5_write(
    hid_t file, const char *path, hid_t stored, hid_t type, int sides, const uint64_t *shape, const void *from) {
  hsize_t sizes[convo_h5_most_sides];
  for (int i = 0; i < sides; i++) sizes[i] = shape[i];
  hid_t links = H5Pcreate(H5P_LINK_CREATE);
  hid_t space = sides ? H5Screate_simple(sides, sizes, NULL) : H5Screate(H5S_SCALAR);
  int is_written = 0;
  if (links >= 0 && space >= 0 && H5Pset_create_intermediate_group(links, 1) >= 0) {
    hid_t dataset = H5Dcreate2(file, path, stored, space, links, H5P_DEFAULT, H5P_DEFAULT);
    if (dataset >= 0) {
      is_written = H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, from) >= 0;
      H5Dclose(dataset);
    }
  }
  if (space >= 0) H5Sclose(space);
  if (links >= 0) H5Pclose(links);
  return is_written;
}

/// Makes a dataset, and the groups above it.
static inline int convo_h5_write_floats(
    hid_t file, const char *path, int sides, const uint64_t *shape, const float *from) {
  return convo_h5_write(file, path, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, sides, shape, from);
}
static inline int convo_h5_write_integer(hid_t file, const char *path, int64_t value) {
  return convo_h5_write(file, path, H5T_STD_I64LE, H5T_NATIVE_INT64, 0, NULL, &value);
}

/// Makes a group, and those above it, unless it is there.
static inline int convo_h5_make_group(hid_t file, const char *path) {
  if (convo_h5_has(file, path)) return 1;
  hid_t links = H5Pcreate(H5P_LINK_CREATE);
  if (links < 0) return 0;
  hid_t group = -1;
  if (H5Pset_create_intermediate_group(links, 1) >= 0) group = H5Gcreate2(file, path, links, H5P_DEFAULT, H5P_DEFAULT);
  H5Pclose(links);
  if (group < 0) return 0;
  H5Gclose(group);
  return 1;
}

static inline hid_t convo_h5_text_type(void) {
  hid_t type = H5Tcopy(H5T_C_S1);
  if (type >= 0 && (H5Tset_size(type, H5T_VARIABLE) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)) {
    H5Tclose(type);
    return -1;
  }
  return type;
}

/// Sets an attribute of a group: one text where `count` is below 0, else a list.
static inline int convo_h5_set_texts(hid_t file, const char *path, const char *name, int count, const char *const *texts) {
  hsize_t size = count < 0 ? 1 : (hsize_t)count;
  hid_t object = H5Oopen(file, path, H5P_DEFAULT), type = convo_h5_text_type();
  hid_t space = count < 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, NULL);
  int is_set = 0;
  if (object >= 0 && type >= 0 && space >= 0) {
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) {
      is_set = count == 0 || H5Awrite(attribute, type, texts) >= 0;
      H5Aclose(attribute);
    }
  }
  if (space >= 0) H5Sclose(space);
  if (type >= 0) H5Tclose(type);
  if (object >= 0) H5Oclose(object);
  return is_set;
}

/// The texts of an attribute: of fixed length or not, one or a list of at most `most`; NULL where there is none. The list
/// and each text are the caller's to free.
static inline char **convo_h5_get_texts(hid_t file, const char *path, const char *name, int most, int *count) {
  if (!convo_h5_has(file, path)) return NULL;
  hid_t object = H5Oopen(file, path, H5P_DEFAULT);
  if (object < 0) return NULL;
  hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
  char **texts = NULL;
  if (attribute >= 0) {
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    hssize_t found = space < 0 || H5Sget_simple_extent_type(space) == H5S_NULL ? -1 : H5Sget_simple_extent_npoints(space);
    if (type >= 0 && H5Tget_class(type) == H5T_STRING && found >= 0 && found <= most
        && (texts = calloc((size_t)found + 1, sizeof(char *)))) {
      int is_read = 1;
      if (H5Tis_variable_str(type) > 0) {
        char **read = calloc((size_t)found + 1, sizeof(char *));
        is_read = read && (found == 0 || H5Aread(attribute, type, read) >= 0);
        for (hssize_t i = 0; is_read && i < found; i++) texts[i] = strdup(read[i] ? read[i] : "");
        if (is_read && found) H5Dvlen_reclaim(type, space, H5P_DEFAULT, read);
        free(read);
      } else {
        size_t size = H5Tget_size(type);
        char *read = size && size <= (1 << 26) / ((size_t)found + 1) ? calloc((size_t)found + 1, size) : NULL;
        is_read = read && (found == 0 || H5Aread(attribute, type, read) >= 0);
        for (hssize_t i = 0; is_read && i < found; i++) texts[i] = strndup(read + (size_t)i * size, size);
        free(read);
      }
      for (hssize_t i = 0; is_read && i < found; i++) is_read = texts[i] != NULL;
      if (!is_read) {
        for (hssize_t i = 0; i < found; i++) free(texts[i]);
        free(texts);
        texts = NULL;
      }
      *count = (int)found;
    }
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    H5Aclose(attribute);
  }
  H5Oclose(object);
  return texts;
}

#endif
