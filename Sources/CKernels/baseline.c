// Vectors of 4 floats, 16 registers or more: every processor.
#include "sets.h"

#define LANES 4
#define TILES_OF_TWO 4
#define FIRST_POSITIONS 2
#include "set.h"

const convo_kernels convo_baseline = CONVO_KERNELS("baseline");
