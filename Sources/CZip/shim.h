#ifndef CONVO_CZIP_H
#define CONVO_CZIP_H

#include <zip.h>

#endif
