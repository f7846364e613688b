// How much working memory the products of dense layers need.
#include "dense_sizes.h"

int64_t convo_dense_scratch_floats(int64_t count) {
  int64_t columns = count > DENSE_ROWS ? count : DENSE_ROWS;
  return (DENSE_DEPTH + columns) * DENSE_TILE;
}
