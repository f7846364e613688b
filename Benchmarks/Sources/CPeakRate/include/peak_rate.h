#pragma once

#include <stdint.h>

// The widest vectors that the loop runs on here: "AVX-512", "AVX2", or "128-bit".
const char *convo_peak_vectors(void);

// Runs `rounds` rounds of multiply-adds on the calling thread: nothing is read from memory, and there are enough sums
// that no multiply-add waits for another. Returns how many were done. `result` receives what came out, so that the work
// can't be left out.
int64_t convo_peak_run(int64_t rounds, float *result);
