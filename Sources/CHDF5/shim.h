#ifndef CONVO_CHDF5_H
#define CONVO_CHDF5_H

// What convo does with HDF5: files in memory alone, whose objects are named by paths. Constants of HDF5 are macros, which
// Swift does not see. The library is to be called by one thread at a time.

#include <errno.h>
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

// MARK: - Reading
//
// The library ends a process that has it read some damaged files. So a child process reads all that there is into memory
// that it shares with its parent, in a form that is simple enough to be looked at number by number; where it dies of the
// file, that is what is wrong with the file.
//
// Records follow each other, each a byte for its kind and the path:
//
//     group       'g' path
//     floats      'f' path, sides, each side, numbers         32 bits each
//     integers    'i' path, sides, each side, numbers         64 bits each
//     texts       't' path, name, count, each text
//
// A path, a name and a text are a length and bytes. Lengths, counts and sides have 64 bits.

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  convo_h5_read = 0,
  /// It is no file of HDF5, or what is in it can't be read.
  convo_h5_damaged = 1,
  /// It holds more than there is room for.
  convo_h5_too_much = 2,
  /// The system starts no process, or has no memory.
  convo_h5_no_process = 3
};

typedef struct {
  unsigned char *to;
  size_t used, room;
  int status, depth, objects;
} convo_h5_records;

static inline void convo_h5_put(convo_h5_records *records, const void *bytes, size_t size) {
  if (size > records->room - records->used) {
    records->status = convo_h5_too_much;
    return;
  }
  memcpy(records->to + records->used, bytes, size);
  records->used += size;
}

static inline void convo_h5_put_number(convo_h5_records *records, uint64_t number) {
  convo_h5_put(records, &number, sizeof number);
}

static inline void convo_h5_put_text(convo_h5_records *records, const char *text, size_t length) {
  convo_h5_put_number(records, length);
  convo_h5_put(records, text, length);
}

static inline void convo_h5_put_head(convo_h5_records *records, char kind, const char *path) {
  convo_h5_put(records, &kind, 1);
  convo_h5_put_text(records, path, strlen(path));
}

// Whether numbers lie in the file itself, and are compressed by nothing but what every HDF5 has.
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

// Numbers of kinds that convo does not know are passed over; whoever wants them will miss them.
static inline void convo_h5_put_dataset(convo_h5_records *records, hid_t dataset, const char *path) {
  hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
  if (type < 0 || space < 0 || !convo_h5_is_plain(dataset)) return;
  H5T_class_t class = H5Tget_class(type);
  hsize_t sides[H5S_MAX_RANK];
  int count = H5Sget_simple_extent_type(space) == H5S_NULL ? -1 : H5Sget_simple_extent_ndims(space);
  if ((class != H5T_FLOAT && class != H5T_INTEGER) || count < 0 || count > convo_h5_most_sides) return;
  if (count && H5Sget_simple_extent_dims(space, sides, NULL) < 0) return;
  size_t width = class == H5T_FLOAT ? sizeof(float) : sizeof(int64_t), numbers = 1;
  for (int i = 0; i < count; i++) {
    if (sides[i] && numbers > SIZE_MAX / sizeof(int64_t) / sides[i]) {
      records->status = convo_h5_too_much;
      return;
    }
    numbers *= sides[i];
  }
  convo_h5_put_head(records, class == H5T_FLOAT ? 'f' : 'i', path);
  convo_h5_put_number(records, (uint64_t)count);
  for (int i = 0; i < count; i++) convo_h5_put_number(records, sides[i]);
  if (records->status) return;
  if (numbers * width > records->room - records->used) {
    records->status = convo_h5_too_much;
    return;
  }
  hid_t wanted = class == H5T_FLOAT ? H5T_NATIVE_FLOAT : H5T_NATIVE_INT64;
  if (numbers && H5Dread(dataset, wanted, H5S_ALL, H5S_ALL, H5P_DEFAULT, records->to + records->used) < 0)
    records->status = convo_h5_damaged;
  records->used += numbers * width;
}

static inline herr_t convo_h5_put_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context) {
  (void)info;
  convo_h5_records *records = ((void **)context)[0];
  const char *path = ((void **)context)[1];
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
  if (attribute < 0 || type < 0 || space < 0) return 0;
  hssize_t count = H5Sget_simple_extent_type(space) == H5S_NULL ? -1 : H5Sget_simple_extent_npoints(space);
  if (H5Tget_class(type) != H5T_STRING || count < 0 || count > 100000) return 0;
  int is_variable = H5Tis_variable_str(type) > 0;
  size_t size = is_variable ? sizeof(char *) : H5Tget_size(type);
  if (!size || size > (1 << 28) / ((size_t)count + 1)) return 0;
  char *read = calloc((size_t)count + 1, size);
  if (!read || (count && H5Aread(attribute, type, read) < 0)) return 0;
  convo_h5_put_head(records, 't', path);
  convo_h5_put_text(records, name, strlen(name));
  convo_h5_put_number(records, (uint64_t)count);
  for (hssize_t i = 0; i < count && !records->status; i++) {
    const char *text = is_variable ? ((char **)read)[i] : read + (size_t)i * size;
    convo_h5_put_text(records, text ? text : "", !text ? 0 : is_variable ? strlen(text) : strnlen(text, size));
  }
  return records->status;
}

static inline void convo_h5_put_object(convo_h5_records *records, hid_t object, const char *path);

static inline herr_t convo_h5_put_link(hid_t group, const char *name, const H5L_info_t *link, void *context) {
  convo_h5_records *records = ((void **)context)[0];
  const char *path = ((void **)context)[1];
  // Links to other places, or to other files, are not followed.
  if (link->type != H5L_TYPE_HARD) return 0;
  size_t length = strlen(path) + strlen(name) + 2;
  char *own = length < 4096 ? malloc(length) : NULL;
  hid_t object = H5Oopen(group, name, H5P_DEFAULT);
  if (!own || object < 0) return 0;
  strcpy(own, path);
  if (*own) strcat(own, "/");
  strcat(own, name);
  convo_h5_put_object(records, object, own);
  H5Oclose(object);
  free(own);
  return records->status;
}

static inline void convo_h5_put_object(convo_h5_records *records, hid_t object, const char *path) {
  // More is a circle, or was made to take long.
  if (records->depth > 12 || ++records->objects > 100000) {
    records->status = convo_h5_damaged;
    return;
  }
  void *context[2] = {records, (void *)path};
  if (H5Iget_type(object) == H5I_DATASET) {
    convo_h5_put_dataset(records, object, path);
  } else if (H5Iget_type(object) == H5I_GROUP) {
    convo_h5_put_head(records, 'g', path);
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, convo_h5_put_attribute, context);
    records->depth++;
    if (H5Literate(object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, convo_h5_put_link, context) < 0 && !records->status)
      records->status = convo_h5_damaged;
    records->depth--;
  }
}

/// Reads all of a file that lies in memory, in a process of its own.
///
/// - bytes: memory of this process alone, or shared.
/// - room: how many bytes of records there may be.
/// - records: where they are; to be given back with `munmap` and `room` where the result is `convo_h5_read`.
static inline int convo_h5_read_all(const void *bytes, size_t size, size_t room, unsigned char **records, size_t *used) {
  size_t head = 64, whole = room + head;
  unsigned char *shared = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON | MAP_NORESERVE, -1, 0);
  if (shared == MAP_FAILED) return convo_h5_no_process;
  pid_t child = fork();
  if (child == 0) {
    const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGTERM};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) signal(deadly[i], SIG_DFL);
    signal(SIGINT, SIG_IGN);
    struct rlimit none = {0, 0}, seconds = {120, 120};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_CPU, &seconds);
    convo_h5_records all = {shared + head, 0, room, convo_h5_read, 0, 0};
    hid_t file = convo_h5_open(bytes, size), root = file < 0 ? -1 : H5Oopen(file, "/", H5P_DEFAULT);
    if (root < 0) _exit(convo_h5_damaged);
    convo_h5_put_object(&all, root, "");
    memcpy(shared, &all.used, sizeof all.used);
    _exit(all.status);
  }
  int status = 0, is_over = 0;
  if (child > 0)
    do is_over = waitpid(child, &status, 0) == child;
    while (!is_over && errno == EINTR);
  int result = child < 0 ? convo_h5_no_process
                         : !is_over || !WIFEXITED(status) ? convo_h5_damaged : WEXITSTATUS(status);
  memcpy(used, shared, sizeof *used);
  if (result != convo_h5_read || *used > room) {
    munmap(shared, whole);
    return result == convo_h5_read ? convo_h5_damaged : result;
  }
  *records = shared + head;
  return convo_h5_read;
}

/// Gives back what `convo_h5_read_all` made.
static inline void convo_h5_free_records(unsigned char *records, size_t room) { munmap(records - 64, room + 64); }

#endif
