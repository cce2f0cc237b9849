#pragma once
#include <stddef.h>
#include <stdint.h>

// Loops over pairs of clusters, each a centroid in double and a few numbers.

#pragma clang assume_nonnull begin

/// out[i] = the distance of `row` to row i of x.
void ck_distances(const double *x, size_t rows, size_t width, const double *row, double *out);

/// The squared distance of two rows.
double ck_square(const double *a, const double *b, size_t width);

/// Clusters by slot. The distance of i and j, squared, is
/// factor * |mean i - mean j|^2 + spreads[i] + spreads[j], where factor is 1, or with `weighted`
/// 2 / (1 / masses[i] + 1 / masses[j]).
typedef struct {
  size_t width;
  size_t weighted;
  const double *means;
  const double *masses;       ///< 0 where the slot is empty
  const double *spreads;
  const double *limits;       ///< a pair counts where it lies before (limit, limit node) of either side
  const int32_t *limitNodes;
  const int32_t *nodes;
  const int32_t *ranks;       ///< the place among the rows asked for; -1 where not asked for
  // The same in single precision, for a screen that lets pass too much, never too little: the pair (i, j) is
  // looked at where norms[i] + norms[j] - 2 * product <= slopes[i] * loads[j] + bases[i], or with i and j
  // exchanged.
  const float *norms;
  const float *loads;
  const float *slopes;
  const float *bases;
} ck_clusters;

typedef struct {
  int32_t row;
  int32_t column;
  double square;
} ck_pair;

/// Pairs of rows[i] and slots first..<first + count that count by the limit of either; of two slots that are both
/// among the rows only once. `products` (rowCount x count) holds the products of their means in single
/// precision, scaled. Returns how many pairs it wrote, at most rowCount * count.
size_t ck_close_pairs(const ck_clusters *clusters, const float *products, const int32_t *rows,
                      size_t rowCount, size_t first, size_t count, ck_pair *out);

#pragma clang assume_nonnull end
