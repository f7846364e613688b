#pragma once

// One vocabulary over oneDNN 2 and 3, so that Swift need not know which of the two is installed.
//
// oneDNN 2 describes a primitive by a struct that is then made into a primitive descriptor; oneDNN 3 does both in one
// call, and hides the memory descriptor behind a pointer. Here a layout is always a pointer that its owner destroys, and
// a primitive descriptor is always made in one call.

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#if __has_include(<oneapi/dnnl/dnnl.h>)
#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_version.h>
#else
#include <dnnl.h>
#include <dnnl_version.h>
#endif

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

// A memory descriptor.
typedef struct convo_layout_opaque *convo_layout;

// The window of a convolution or of a pooling: height first. `gaps` lie between the cells of a convolution's window.
typedef struct {
  int64_t kernel[2], stride[2], gaps[2], before[2], after[2];
} convo_window;

// How the sides of a layout are ordered, where it is not given by strides.
typedef enum { convo_order_any, convo_order_channel_blocks_16, convo_order_channel_blocks_8 } convo_order;

// An element-wise function whose slope can be had from its value.
typedef enum { convo_logistic, convo_tanh } convo_function;

// What a pooling keeps of a window.
typedef enum { convo_largest, convo_mean } convo_pooling;

#if DNNL_VERSION_MAJOR >= 3
#include "onednn3.h"
#else
#include "onednn2.h"
#endif

// The numbers under which a primitive's arguments are handed to it.
static const int convo_source = DNNL_ARG_SRC;
static const int convo_destination = DNNL_ARG_DST;
static const int convo_weights = DNNL_ARG_WEIGHTS;
static const int convo_bias = DNNL_ARG_BIAS;
static const int convo_workspace = DNNL_ARG_WORKSPACE;
static const int convo_scratchpad = DNNL_ARG_SCRATCHPAD;
static const int convo_source_gradient = DNNL_ARG_DIFF_SRC;
static const int convo_destination_gradient = DNNL_ARG_DIFF_DST;
static const int convo_weights_gradient = DNNL_ARG_DIFF_WEIGHTS;
static const int convo_bias_gradient = DNNL_ARG_DIFF_BIAS;

static inline dnnl_status_t convo_engine_create(dnnl_engine_t *engine) {
  return dnnl_engine_create(engine, dnnl_cpu, 0);
}

static inline dnnl_status_t convo_stream_create(dnnl_stream_t *stream, dnnl_engine_t engine) {
  return dnnl_stream_create(stream, engine, dnnl_stream_default_flags);
}

// What oneDNN calls the code that it chose: "jit:avx512_core", "ref:any". The text lives as long as `description`.
static inline const char *convo_implementation(const_dnnl_primitive_desc_t description) {
  const char *name = NULL;
  dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name);
  return name;
}

// Makes the primitives of the calling thread run on it alone.
//
// Which OpenMP oneDNN was built with differs between systems, so its call is looked up rather than linked.
static inline void convo_compute_alone(void) {
  void *program = dlopen(NULL, RTLD_LAZY);
  if (program) {
    void (*set_threads)(int) = (void (*)(int))dlsym(program, "omp_set_num_threads");
    if (set_threads) set_threads(1);
    dlclose(program);
  }
}

// Makes numbers too small for a normal float zero on the calling thread, which is what TensorFlow does and keeps the
// arithmetic at full speed when gradients vanish.
static inline void convo_flush_denormals(void) {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#elif defined(__aarch64__)
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | (1 << 24)));
#endif
}
