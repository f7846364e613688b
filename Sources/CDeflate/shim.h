#ifndef CONVO_CDEFLATE_H
#define CONVO_CDEFLATE_H

#include <libdeflate.h>

#endif
