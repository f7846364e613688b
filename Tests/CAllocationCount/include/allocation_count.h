#pragma once

#include <stdbool.h>

// Counts the allocations of chosen threads, whoever makes them: Swift, oneDNN or C. The functions of the C library are
// replaced in the program of the tests, and hand on to the C library's own.

// Whether allocations can be counted here: with glibc, and no sanitizer, which replaces the same functions.
bool convo_allocations_can_be_counted(void);

// From here on, or no more, the allocations of the calling thread count.
void convo_count_allocations(bool counts);

// The allocations so far of all threads that count.
long convo_allocations(void);
