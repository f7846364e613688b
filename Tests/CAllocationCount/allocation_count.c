#include "allocation_count.h"

#include <stdatomic.h>
#include <stdlib.h>

static _Thread_local bool is_counting;
static atomic_long allocations;

void convo_count_allocations(bool counts) { is_counting = counts; }

long convo_allocations(void) { return atomic_load(&allocations); }

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CONVO_SANITIZED
#endif
#endif

#if defined(__GLIBC__) && !defined(CONVO_SANITIZED)

#include <errno.h>

bool convo_allocations_can_be_counted(void) { return true; }

// The names under which glibc keeps its own functions reachable.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void count(void) {
  if (is_counting) atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count();
  return __libc_calloc(number, size);
}

void *realloc(void *place, size_t size) {
  count();
  return __libc_realloc(place, size);
}

void *memalign(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
  count();
  *place = __libc_memalign(alignment, size);
  return *place ? 0 : ENOMEM;
}

#else

bool convo_allocations_can_be_counted(void) { return false; }

#endif
