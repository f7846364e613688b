#ifndef CONVO_CGIF_H
#define CONVO_CGIF_H

#include <gif_lib.h>

#endif
