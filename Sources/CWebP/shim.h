#ifndef CONVO_CWEBP_H
#define CONVO_CWEBP_H

#include <webp/decode.h>
#include <webp/demux.h>

#endif
