#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CClusters.h"

// Inner loops that the compiler vectorises for the machine at hand. Swift is built for the baseline
// instruction set; here each function exists once per instruction set and the loader picks one.
// Matrices are row-major; `width` is the number of columns. No function allocates or keeps a pointer.

#pragma clang assume_nonnull begin

/// y[i] = sum of values[p] * x[indices[p]] over the stored entries p of row i, for rows first..<last.
/// y points at row 0 of the result.
void ck_sparse_rows(size_t first, size_t last, const intptr_t *offsets, const uint32_t *indices,
                    const float *values, const float *x, size_t width, float *y);

/// For each row of `products` (rows x count): the least of norms[j] - 2 * products[j] and its lowest j.
/// Scores below best[i] replace it, so that columns may come in several tiles: label = base + j.
void ck_nearest(const float *products, size_t rows, size_t count, const float *norms, int32_t base,
                float *best, int32_t *labels);

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
