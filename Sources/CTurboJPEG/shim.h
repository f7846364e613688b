#ifndef CONVO_CTURBOJPEG_H
#define CONVO_CTURBOJPEG_H

#include <turbojpeg.h>

#endif
