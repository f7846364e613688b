#pragma once

// Debian and Homebrew put cairo.h in a folder that pkg-config names.
#include <cairo.h>
