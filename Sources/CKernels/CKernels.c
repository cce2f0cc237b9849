#include "CKernels.h"

#include <math.h>

#include "Clones.h"

// Sixteen floats that need no alignment; one, two or four registers as the instruction set has it.
typedef float lanes16 __attribute__((vector_size(64), aligned(4)));

CK_CLONES
void ck_sparse_rows(size_t first, size_t last, const intptr_t *offsets, const uint32_t *indices,
                    const float *values, const float *x, size_t width, float *y) {
  const size_t whole = width & ~(size_t)15;
  for (size_t i = first; i < last; i++) {
    float *out = y + i * width;
    for (size_t j = 0; j < width; j++) out[j] = 0;
    const intptr_t end = offsets[i + 1];
    intptr_t p = offsets[i];
    // Four entries at a time: one store of the sum for four loads, and four rows of x on their way at once.
    for (; p + 4 <= end; p += 4) {
      const float a = values[p], b = values[p + 1], c = values[p + 2], d = values[p + 3];
      const float *xa = x + indices[p] * width, *xb = x + indices[p + 1] * width;
      const float *xc = x + indices[p + 2] * width, *xd = x + indices[p + 3] * width;
      size_t j = 0;
      for (; j < whole; j += 16) {
        lanes16 s = *(const lanes16 *)(out + j);
        s += a * *(const lanes16 *)(xa + j);
        s += b * *(const lanes16 *)(xb + j);
        s += c * *(const lanes16 *)(xc + j);
        s += d * *(const lanes16 *)(xd + j);
        *(lanes16 *)(out + j) = s;
      }
      for (; j < width; j++) out[j] = out[j] + a * xa[j] + b * xb[j] + c * xc[j] + d * xd[j];
    }
    for (; p < end; p++) {
      const float a = values[p];
      const float *xa = x + indices[p] * width;
      size_t j = 0;
      for (; j < whole; j += 16) *(lanes16 *)(out + j) += a * *(const lanes16 *)(xa + j);
      for (; j < width; j++) out[j] += a * xa[j];
    }
  }
}

typedef float lanes8 __attribute__((vector_size(32), aligned(4)));

// Rows on their way before they are needed: what both loops wait for is the third cache.
enum { ahead = 6 };

static inline __attribute__((always_inline)) void sparse_gram(size_t count, const intptr_t *offsets, const uint32_t *indices,
                                                              const float *values, const size_t registers, float *x_and_sum) {
  const size_t lanes = 8 * registers;
  const intptr_t last = offsets[count];
  for (size_t i = 0; i < count; i++) {
    lanes8 t[3] = {{0}};
    for (intptr_t p = offsets[i]; p < offsets[i + 1]; p++) {
      const float *x = x_and_sum + (size_t)indices[p] * 2 * lanes;
      const float *next = x_and_sum + (size_t)indices[p + ahead < last ? p + ahead : p] * 2 * lanes;
      for (size_t j = 0; j < lanes; j += 16) __builtin_prefetch(next + j);
      for (size_t j = 0; j < registers; j++) t[j] += values[p] * *(const lanes8 *)(x + 8 * j);
    }
    for (intptr_t p = offsets[i]; p < offsets[i + 1]; p++) {
      float *sum = x_and_sum + (size_t)indices[p] * 2 * lanes + lanes;
      const float *next = x_and_sum + (size_t)indices[p + ahead < last ? p + ahead : p] * 2 * lanes + lanes;
      for (size_t j = 0; j < lanes; j += 16) __builtin_prefetch(next + j, 1);
      for (size_t j = 0; j < registers; j++) *(lanes8 *)(sum + 8 * j) += values[p] * t[j];
    }
  }
}

CK_CLONES
void ck_sparse_gram(size_t count, const intptr_t *offsets, const uint32_t *indices, const float *values, size_t lanes,
                    float *x_and_sum) {
  if (lanes == 24) {
    sparse_gram(count, offsets, indices, values, 3, x_and_sum);
  } else {
    sparse_gram(count, offsets, indices, values, 1, x_and_sum);
  }
}

CK_CLONES
void ck_nearest(const float *products, size_t rows, size_t count, const float *norms, int32_t base,
                float *best, int32_t *labels) {
  for (size_t i = 0; i < rows; i++) {
    const float *row = products + i * count;
    // The least value first, in lanes; then the first column that has it.
    float lanes[16];
    for (size_t l = 0; l < 16; l++) lanes[l] = __builtin_inff();
    size_t j = 0;
    for (; j + 16 <= count; j += 16) {
      for (size_t l = 0; l < 16; l++) {
        const float score = norms[j + l] - 2 * row[j + l];
        lanes[l] = score < lanes[l] ? score : lanes[l];
      }
    }
    float least = __builtin_inff();
    for (; j < count; j++) {
      const float score = norms[j] - 2 * row[j];
      least = score < least ? score : least;
    }
    for (size_t l = 0; l < 16; l++) least = lanes[l] < least ? lanes[l] : least;
    if (!(least < best[i])) continue;
    best[i] = least;
    for (j = 0; j < count; j++) {
      if (norms[j] - 2 * row[j] == least) break;
    }
    labels[i] = base + (int32_t)j;
  }
}

CK_CLONES
void ck_relax(float *products, size_t rows, size_t count, const float *rowNorms, const float *norms,
              const float *closest, const float *weights, double *potentials) {
  for (size_t i = 0; i < rows; i++) {
    float *row = products + i * count;
    const float reach = closest[i], own = rowNorms[i];
    const double weight = (double)weights[i];
    for (size_t j = 0; j < count; j++) {
      float distance = own + norms[j] - 2 * row[j];
      distance = distance > 0 ? distance : 0;
      distance = distance < reach ? distance : reach;
      row[j] = distance;
      potentials[j] += weight * (double)distance;
    }
  }
}

CK_CLONES
void ck_add_row(double *sum, const float *row, double weight, size_t width) {
  for (size_t j = 0; j < width; j++) sum[j] += weight * (double)row[j];
}

CK_CLONES
void ck_row_norms(const float *x, size_t rows, size_t width, float *norms) {
  for (size_t i = 0; i < rows; i++) {
    const float *row = x + i * width;
    lanes16 s = {0};
    size_t j = 0;
    for (; j + 16 <= width; j += 16) {
      const lanes16 v = *(const lanes16 *)(row + j);
      s += v * v;
    }
    float sum = 0;
    for (size_t l = 0; l < 16; l++) sum += s[l];
    for (; j < width; j++) sum += row[j] * row[j];
    norms[i] = sum;
  }
}

CK_CLONES
void ck_widen(const float *in, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = (double)in[i];
}
