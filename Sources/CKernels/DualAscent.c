#include "CRegression.h"

#include <math.h>

#include "Clones.h"

// Eight floats that need no alignment. Sums are taken in lanes; what has branches is written for one float at a time, in loops that
// vectorise.
typedef float lanes __attribute__((vector_size(32), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
#define SUM(a) (((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7])))

INLINE float most(const float *x, size_t count) {
  float top[8];
  for (size_t l = 0; l < 8; l++) top[l] = x[l];
  for (size_t k = 8; k < count; k += 8) {
    for (size_t l = 0; l < 8; l++) top[l] = x[k + l] > top[l] ? x[k + l] : top[l];
  }
  float all = top[0];
  for (size_t l = 1; l < 8; l++) all = top[l] > all ? top[l] : all;
  return all;
}

typedef union {
  float value;
  int32_t bits;
} number;

// e^x to 1e-6 of itself, x held to where that is a normal number: a power of two times a polynomial.
INLINE float power(float x) {
  x = x > -87 ? x : -87;
  x = x < 88 ? x : 88;
  const float shift = 0x1.8p23f;
  const number shifted = {.value = x * 1.44269504f + shift};
  const float n = shifted.value - shift;
  // ln 2 in two parts, the first with zeros at its end.
  const float r = (x - n * 0x1.63p-1f) + n * 0x1.bd0106p-13f;
  float p = r * (1.0f / 720) + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1;
  p = p * r + 1;
  const number two = {.bits = (int32_t)(((uint32_t)shifted.bits + 127) << 23)};
  return p * two.value;
}

// ln x of a normal x > 0 to 1e-5: its exponent, and the series of artanh from sqrt(1/2) to sqrt(2).
INLINE float logarithm(float x) {
  const number bits = {.value = x};
  const int32_t exponent = (bits.bits - 0x3f3504f3) >> 23;
  const number mantissa = {.bits = bits.bits - exponent * (1 << 23)};
  const float s = (mantissa.value - 1) / (mantissa.value + 1);
  const float square = s * s;
  const float series = 2 * s * (1 + square * (1.0f / 3 + square * (0.2f + square * (1.0f / 7))));
  return series + (float)exponent * 0.69314718f;
}

// The y with y + ln y = x (Wright's omega), to 1e-3 of itself: a good start on either side and one step of Newton's.
INLINE float omega(float x) {
  const float z = power(x < 1.5f ? x : 1.5f);
  const float near = z * (60 + z * (114 + 17 * z)) / (60 + z * (174 + z * 101));
  const float far = x > 1.5f ? x : 1.5f;
  const float log = logarithm(far);
  const float start = x > 1.5f ? far - log + log / far : near;
  const float y = start * (1 + x - logarithm(start)) / (1 + start);
  return x < -20 ? z : y;
}

// The scores of a row.
INLINE void score(const ck_dual *d, intptr_t entry, intptr_t end, lanes *z) {
  const size_t blocks = d->stride / 8;
  for (size_t k = 0; k < blocks; k++) z[k] = (lanes){0};
  // Four entries at a time: one store of the sum for four loads.
  for (; entry + 4 <= end; entry += 4) {
    const float *v = d->values + entry;
    const uint32_t *j = d->indices + entry;
    const lanes *a = (const lanes *)(d->weights + j[0] * d->stride), *b = (const lanes *)(d->weights + j[1] * d->stride);
    const lanes *c = (const lanes *)(d->weights + j[2] * d->stride), *e = (const lanes *)(d->weights + j[3] * d->stride);
    for (size_t k = 0; k < blocks; k++) z[k] += (v[0] * a[k] + v[1] * b[k]) + (v[2] * c[k] + v[3] * e[k]);
  }
  for (; entry < end; entry++) {
    const lanes *a = (const lanes *)(d->weights + d->indices[entry] * d->stride);
    for (size_t k = 0; k < blocks; k++) z[k] += d->values[entry] * a[k];
  }
}

// The y with y[k] + ln y[k] = u[k] - shift that sum to t. Their sum falls with the shift and is convex in it, so that steps of
// Newton's come from the left; the ends are those where the largest alone is t, and where all are alike. The last step, a
// small one, is a straight line of each y.
INLINE void balance(const float *u, size_t stride, size_t classes, float t, float *shift, float *y) {
  const float highest = most(u, stride), share = t / (float)classes;
  float low = highest - (t + logf(t)), high = highest - (share + logf(share));
  float at = *shift >= low && *shift <= high ? *shift : low;
  for (int trial = 0;; trial++) {
    for (size_t k = 0; k < stride; k++) y[k] = omega(u[k] - at);
    lanes sums = {0}, slopes = {0};
    for (size_t k = 0; k < stride; k += 8) {
      const lanes part = *(const lanes *)(y + k);
      sums += part;
      slopes += part / (1 + part);
    }
    const float sum = SUM(sums), step = (sum - t) / SUM(slopes);
    if (fabsf(step) <= 0.05f || trial == 20) {
      const float part = fabsf(step) <= 0.05f ? step : 0;
      for (size_t k = 0; k < stride; k++) y[k] -= part * y[k] / (1 + y[k]);
      *shift = at + part;
      return;
    }
    if (sum > t) low = at;
    else high = at;
    at += step;
    if (!(at > low && at < high)) at = low + (high - low) / 2;
  }
}

CK_CLONES
double ck_dual_sweep(const ck_dual *dual, const uint32_t *order, size_t count) {
  const ck_dual d = *dual;
  const size_t stride = d.stride;
  float *z = d.scratch, *u = z + stride, *y = u + stride;
  double loss = 0;
  for (size_t o = 0; o < count; o++) {
    if (o + 1 < count) {
      // The weights of the next row lie anywhere: they come while this one is worked on.
      for (intptr_t p = d.offsets[order[o + 1]]; p < d.offsets[order[o + 1] + 1]; p++) {
        for (size_t k = 0; k < stride; k += 16) __builtin_prefetch(d.weights + d.indices[p] * stride + k, 1);
      }
    }
    const size_t i = order[o];
    const intptr_t begin = d.offsets[i], end = d.offsets[i + 1];
    ck_dual_row *row = d.rows + i;
    const float cost = row->cost, t = cost * row->square;
    float *chances = d.chances + i * stride;
    score(&d, begin, end, (lanes *)z);
    for (size_t k = d.classes; k < stride; k++) z[k] = -1e30f;

    // How far the chances are from those of the scores: near the end the divergence of one from the other.
    const float highest = most(z, stride);
    for (size_t k = 0; k < stride; k++) u[k] = power(z[k] - highest);
    lanes sums = {0}, far = {0};
    for (size_t k = 0; k < stride; k += 8) sums += *(const lanes *)(u + k);
    const float total = SUM(sums);
    for (size_t k = 0; k < stride; k += 8) {
      const lanes p = *(const lanes *)(u + k) * (1 / total), had = *(const lanes *)(chances + k);
      far += (p - had) * (p - had) / (p + had + 1e-30f);
    }
    row->gap = cost * SUM(far);
    loss += (double)(cost * (logf(total) + highest - z[row->label]));

    for (size_t k = 0; k < stride; k++) u[k] = z[k] + t * chances[k];
    balance(u, stride, d.classes, t, &row->shift, y);
    lanes whole = {0};
    for (size_t k = 0; k < stride; k += 8) whole += *(const lanes *)(y + k);
    const float scale = 1 / SUM(whole);
    for (size_t k = 0; k < stride; k++) {
      const float next = k < d.classes ? y[k] * scale : 0;
      y[k] = cost * (chances[k] - next);
      chances[k] = next;
    }
    for (intptr_t p = begin; p < end; p++) {
      float *w = d.weights + d.indices[p] * stride;
      for (size_t k = 0; k < stride; k += 8) *(lanes *)(w + k) += d.values[p] * *(const lanes *)(y + k);
    }
  }
  return loss;
}
