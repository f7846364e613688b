// How the products of dense layers are cut.
#pragma once

#include "convo_dense.h"

enum {
  /// The columns of the widest tile.
  DENSE_TILE = 64,
  /// How many steps of a strip are packed at a time: 64 KB, which stay in the second cache.
  DENSE_DEPTH = 256,
  /// How many rows of an incomplete tile are computed aside at a time.
  DENSE_ROWS = 128,
};
