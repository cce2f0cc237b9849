#pragma once
#include <stddef.h>
#include <stdint.h>

// Loops of a logistic regression and of its minimiser. Matrices are row-major. No function allocates or keeps a pointer.

#pragma clang assume_nonnull begin

/// A point of the line z + step * dz, rows x width, for the labels of its rows: adds the weighted loss and its
/// derivative by the step, and leaves weight * (chance - truth) in `residuals`.
///
/// A width above 1 is a softmax over the columns; 1 is the log odds of label 1 against label 0.
void ck_softmax_line(const double *z, const float *dz, double step, size_t rows, size_t width, const int32_t *labels,
                     const float *weights, float *residuals, double *loss, double *slope);

/// The chances of rows x width scores, in place; of a width of 1 the chance of label 1.
void ck_softmax(float *scores, size_t rows, size_t width);

/// Moves theta by step * direction and takes the gradient there, scale * raw + ridge * theta, row by row of `width`:
/// moved and turned are the changes of theta and gradient. Returns the largest |gradient| / scale.
double ck_take_step(const float *raw, const float *scales, const double *ridges, double step, size_t rows, size_t width,
                    const double *direction, double *theta, double *gradient, float *moved, float *turned);

/// out[0..2] += v * a, v * b, v * g.
void ck_three_products(const float *v, const float *a, const float *b, const double *g, size_t count, double *out);

/// direction += weight * v.
void ck_add_floats(double *direction, double weight, const float *v, size_t count);

/// direction = weight * gradient.
void ck_scaled(double *direction, double weight, const double *gradient, size_t count);

/// Of a finished direction: scaled[i] = scale * direction in single precision, and adds to out[0..2] the sums of
/// gradient * direction, ridge * theta * direction and ridge * direction^2.
void ck_finish_direction(const double *direction, const double *gradient, const double *theta, const float *scales,
                         const double *ridges, size_t rows, size_t width, float *scaled, double *out);

/// What the dual of a softmax regression knows of a row.
typedef struct {
  float cost;
  /// Its squared length.
  float square;
  /// Where its last solution lay; not a number: nowhere yet.
  float shift;
  /// Its part of the duality gap when it was last seen, about.
  float gap;
  int32_t label;
} ck_dual_row;

/// The dual of a softmax regression, min 1/2 |W|^2 + sum of cost * loss: W is the sum over rows x of cost * x (truth -
/// chances). The stride is the classes rounded up to 8; what lies beyond the classes is zeros.
typedef struct {
  /// The rows, compressed.
  const intptr_t *offsets;
  const uint32_t *indices;
  const float *values;
  ck_dual_row *rows;
  size_t classes;
  size_t stride;
  /// Columns x stride.
  float *weights;
  /// Rows x stride.
  float *chances;
  /// 3 x stride.
  float *scratch;
} ck_dual;

/// For each row of `order` the chances that are best while all others stay, and the weights that go with them. Returns
/// the loss of these rows, each as it was found.
double ck_dual_sweep(const ck_dual *dual, const uint32_t *order, size_t count);

#pragma clang assume_nonnull end
