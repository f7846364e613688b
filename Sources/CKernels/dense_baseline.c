// Dense products with vectors of 4 floats, 16 registers or more: every processor.
#include "dense_sizes.h"

#define LANES 4
#include "dense.h"

const convo_dense_kernels convo_dense_baseline = CONVO_DENSE_KERNELS("baseline");
