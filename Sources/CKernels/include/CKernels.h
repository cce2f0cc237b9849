#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CClusters.h"
#include "CCopies.h"
#include "CRegression.h"
#include "CTerms.h"
#include "CTriggers.h"

// Inner loops that the compiler vectorises for the machine at hand. Swift is built for the baseline
// instruction set; here each function exists once per instruction set and the loader picks one.
// Matrices are row-major; `width` is the number of columns. No function allocates or keeps a pointer.

#pragma clang assume_nonnull begin

/// y[i] = sum of values[p] * x[indices[p]] over the stored entries p of row i, for rows first..<last.
/// y points at row 0 of the result.
void ck_sparse_rows(size_t first, size_t last, const intptr_t *offsets, const uint32_t *indices,
                    const float *values, const float *x, size_t width, float *y);

/// x and sum lie in `rows` rows of 2 * lanes floats, a row of x before that of the sum; lanes is 8 or 24. For each row of a sparse
/// matrix B (count x rows): t = sum of values[p] * x[indices[p]] over its entries, then sum[indices[p]] += values[p] * t, so that
/// BtBx is added to the sum and Bx is nowhere.
void ck_sparse_gram(size_t count, const intptr_t *offsets, const uint32_t *indices, const float *values, size_t lanes,
                    float *x_and_sum);

/// For each row of `products` (rows x count): the least of norms[j] - 2 * products[j] and its lowest j.
/// Scores below best[i] replace it, so that columns may come in several tiles: label = base + j.
void ck_nearest(const float *products, size_t rows, size_t count, const float *norms, int32_t base,
                float *best, int32_t *labels);

/// Rows in a block at most, groups of centroids at most, and what a list of rows must have to spare.
#define CK_BLOCK 2048
#define CK_GROUPS 512
#define CK_SPARE 8

/// Centroids in panels of 16, `panelsPerGroup` panels to a group; ids rise inside a group. What is left of the
/// last group is zeros with the norm +infinity.
typedef struct {
  size_t count, width, groups, panelsPerGroup;
  /// Panel p holds column k of its centroids at (p * width + k) * 16.
  const float *panels;
  /// By place: the squared length of each centroid, or one value to rank by the product alone; its number.
  const float *norms;
  const int32_t *ids;
  /// By number: the group of each centroid. By group: no less than its centroids moved since the last call.
  const int32_t *groupOf;
  const float *drifts;
  /// No less than any squared length; and the greatest length at the fresh call.
  float largestNorm, reach;
  /// Of those that ck_instruction_sets() has, the one to use.
  int instructions;
} ck_centroids;

/// By place in a list of rows: the least score, the next to least, and the lowest number with the least.
typedef struct {
  float *best, *second;
  int32_t *labels;
} ck_nearest_rows;

/// 3 for AVX-512, 2 for AVX2, 1 for any; a machine has all up to its own.
int ck_instruction_sets(void);

/// The nearest centroid of the listed rows of x in panels panel..<end, by the score norm - 2 * product; 0 where
/// no score is finite. `rows` and `out` have room for CK_SPARE more.
void ck_scan(const ck_centroids *c, size_t panel, size_t end, const float *x, uint32_t *rows, size_t count,
             ck_nearest_rows out);

/// The nearest centroid of each row, where all centroids are in one group.
void ck_assign(const ck_centroids *c, const float *x, size_t count, float *best, int32_t *labels);

/// The same best and labels, passing over groups that a lower bound on the distance rules out.
///
/// bounds is groups x count, in units of each row's own. Unless `fresh` it and the labels are what the last call left for the same groups.
/// Returns how many scores were computed.
size_t ck_assign_bounded(const ck_centroids *c, const float *x, const float *norms, size_t count, int fresh,
                         uint16_t *bounds, float *best, int32_t *labels);

/// Moves rows whose label changed from the sum of held[i] (nowhere where negative) to that of labels[i]. Sums
/// are integers, of weight * value * scale rounded, so that the order of rows does not matter. held = labels.
void ck_move_rows(const float *x, size_t count, size_t width, const float *_Nullable weights,
                  const double *scales, const int32_t *labels, int32_t *held, uint64_t *sums);

/// sum[j] += |weight * row[j]|, and most[j] is no less.
void ck_magnitudes(const float *row, double weight, size_t width, double *sum, double *most);

/// For each row of `products` (rows x count) replaces product j by min(closest[i], distance to j), where
/// distance = max(0, rowNorms[i] + norms[j] - 2 * product), and adds it times weights[i] to potentials[j].
void ck_relax(float *products, size_t rows, size_t count, const float *rowNorms, const float *norms,
              const float *closest, const float *weights, double *potentials);

/// sum += weight * row, in double.
void ck_add_row(double *sum, const float *row, double weight, size_t width);

/// The squared length of each row.
void ck_row_norms(const float *x, size_t rows, size_t width, float *norms);

/// out[i] = in[i], widened.
void ck_widen(const float *in, double *out, size_t count);

#pragma clang assume_nonnull end
