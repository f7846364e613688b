#ifndef CONVO_CSPNG_H
#define CONVO_CSPNG_H

#include <spng.h>

#endif
