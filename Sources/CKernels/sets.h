// The sets of kernels, one file each.
#pragma once

#include "convo_kernels.h"

#if defined(__x86_64__)
extern const convo_kernels convo_avx512, convo_avx2;
#endif
extern const convo_kernels convo_baseline;
