#include "CRegression.h"

#include <math.h>

#include "Clones.h"

typedef double d8 __attribute__((vector_size(64), aligned(8)));
typedef float f8 __attribute__((vector_size(32), aligned(4)));

// e^x for -708 <= x <= 0, to 1e-14 of itself: a power of two times a polynomial, in a form that vectorises.
static inline __attribute__((always_inline)) double decay(double x) {
  x = x > -708 ? x : -708;
  const double shift = 0x1.8p52;
  const double shifted = x * 1.4426950408889634 + shift;
  const double n = shifted - shift;
  // ln 2 in two parts, the first with zeros at its end.
  const double r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
  double p = 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1;
  p = p * r + 1;
  union {
    double value;
    uint64_t bits;
  } power, number = {.value = shifted};
  power.bits = (number.bits + 1023) << 52;
  return p * power.value;
}

static inline __attribute__((always_inline)) void binary_line(
    const double *z, const float *dz, double step, size_t rows, const int32_t *labels, const float *weights,
    float *residuals, double *loss, double *slope) {
  double total = 0, rise = 0;
  for (size_t i = 0; i < rows; i++) {
    const double s = z[i] + step * (double)dz[i];
    const double e = decay(-fabs(s));
    const double chance = s >= 0 ? 1 / (1 + e) : e / (1 + e);
    const double r = (double)weights[i] * (chance - labels[i]);
    residuals[i] = (float)r;
    total += (double)weights[i] * (log1p(e) + (s > 0 ? s : 0) - (labels[i] ? s : 0));
    rise += r * (double)dz[i];
  }
  *loss += total;
  *slope += rise;
}

CK_CLONES
void ck_softmax_line(const double *z, const float *dz, double step, size_t rows, size_t width, const int32_t *labels,
                     const float *weights, float *residuals, double *loss, double *slope) {
  if (width == 1) {
    binary_line(z, dz, step, rows, labels, weights, residuals, loss, slope);
    return;
  }
  for (size_t i = 0; i < rows; i++) {
    const double *start = z + i * width;
    const float *along = dz + i * width;
    float *out = residuals + i * width;
    double most = -INFINITY;
    for (size_t k = 0; k < width; k++) {
      const double s = start[k] + step * (double)along[k];
      most = s > most ? s : most;
    }
    double sums[8] = {0}, rises[8] = {0};
    size_t k = 0;
    for (; k + 8 <= width; k += 8) {
      for (size_t l = 0; l < 8; l++) {
        const double e = decay(start[k + l] + step * (double)along[k + l] - most);
        out[k + l] = (float)e;
        sums[l] += e;
        rises[l] += e * (double)along[k + l];
      }
    }
    for (; k < width; k++) {
      const double e = decay(start[k] + step * (double)along[k] - most);
      out[k] = (float)e;
      sums[0] += e;
      rises[0] += e * (double)along[k];
    }
    double sum = 0, rise = 0;
    for (size_t l = 0; l < 8; l++) {
      sum += sums[l];
      rise += rises[l];
    }
    const double weight = (double)weights[i];
    const size_t truth = (size_t)labels[i];
    const float scale = (float)(weight / sum);
    for (k = 0; k < width; k++) out[k] *= scale;
    out[truth] -= weights[i];
    *loss += weight * (log(sum) + most - start[truth] - step * (double)along[truth]);
    *slope += weight * (rise / sum - (double)along[truth]);
  }
}

CK_CLONES
void ck_softmax(float *scores, size_t rows, size_t width) {
  for (size_t i = 0; i < rows; i++) {
    float *row = scores + i * width;
    if (width == 1) {
      const double e = decay(-fabs((double)row[0]));
      row[0] = (float)(row[0] >= 0 ? 1 / (1 + e) : e / (1 + e));
      continue;
    }
    double most = -INFINITY, sum = 0;
    for (size_t k = 0; k < width; k++) most = (double)row[k] > most ? (double)row[k] : most;
    for (size_t k = 0; k < width; k++) {
      const double e = decay((double)row[k] - most);
      row[k] = (float)e;
      sum += e;
    }
    for (size_t k = 0; k < width; k++) row[k] = (float)((double)row[k] / sum);
  }
}

CK_CLONES
double ck_take_step(const float *raw, const float *scales, const double *ridges, double step, size_t rows, size_t width,
                    const double *direction, double *theta, double *gradient, float *moved, float *turned) {
  double largest = 0;
  for (size_t j = 0; j < rows; j++) {
    const double scale = (double)scales[j], ridge = ridges[j];
    double most = 0;
    for (size_t i = j * width; i < (j + 1) * width; i++) {
      const double move = step * direction[i];
      theta[i] += move;
      const double next = scale * (double)raw[i] + ridge * theta[i];
      moved[i] = (float)move;
      turned[i] = (float)(next - gradient[i]);
      gradient[i] = next;
      const double size = fabs(next);
      most = size > most ? size : most;
    }
    most /= scale;
    largest = most > largest ? most : largest;
  }
  return largest;
}

CK_CLONES
void ck_three_products(const float *v, const float *a, const float *b, const double *g, size_t count, double *out) {
  d8 x = {0}, y = {0}, z = {0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const d8 w = __builtin_convertvector(*(const f8 *)(v + i), d8);
    x += w * __builtin_convertvector(*(const f8 *)(a + i), d8);
    y += w * __builtin_convertvector(*(const f8 *)(b + i), d8);
    z += w * *(const d8 *)(g + i);
  }
  for (; i < count; i++) {
    x[0] += (double)v[i] * (double)a[i];
    y[0] += (double)v[i] * (double)b[i];
    z[0] += (double)v[i] * g[i];
  }
  for (size_t l = 0; l < 8; l++) {
    out[0] += x[l];
    out[1] += y[l];
    out[2] += z[l];
  }
}

CK_CLONES
void ck_add_floats(double *direction, double weight, const float *v, size_t count) {
  for (size_t i = 0; i < count; i++) direction[i] += weight * (double)v[i];
}

CK_CLONES
void ck_scaled(double *direction, double weight, const double *gradient, size_t count) {
  for (size_t i = 0; i < count; i++) direction[i] = weight * gradient[i];
}

CK_CLONES
void ck_finish_direction(const double *direction, const double *gradient, const double *theta, const float *scales,
                         const double *ridges, size_t rows, size_t width, float *scaled, double *out) {
  for (size_t j = 0; j < rows; j++) {
    const double scale = (double)scales[j];
    double descent = 0, cross = 0, square = 0;
    for (size_t i = j * width; i < (j + 1) * width; i++) {
      scaled[i] = (float)(scale * direction[i]);
      descent += gradient[i] * direction[i];
      cross += theta[i] * direction[i];
      square += direction[i] * direction[i];
    }
    out[0] += descent;
    out[1] += ridges[j] * cross;
    out[2] += ridges[j] * square;
  }
}
