#include "CClusters.h"

#include <math.h>

#include "Clones.h"

typedef float lanes16 __attribute__((vector_size(64), aligned(4)));
typedef int32_t mask16 __attribute__((vector_size(64), aligned(4)));
typedef double lanes8 __attribute__((vector_size(64), aligned(8)));

// Forced inline, so that each clone has its own.
#define CK_INLINE __attribute__((always_inline)) static inline

CK_INLINE double squared_distance(const double *a, const double *b, size_t width) {
  lanes8 s = {0}, t = {0};
  size_t j = 0;
  for (; j + 16 <= width; j += 16) {
    const lanes8 d = *(const lanes8 *)(a + j) - *(const lanes8 *)(b + j);
    const lanes8 e = *(const lanes8 *)(a + j + 8) - *(const lanes8 *)(b + j + 8);
    s += d * d;
    t += e * e;
  }
  s += t;
  double sum = 0;
  for (size_t l = 0; l < 8; l++) sum += s[l];
  for (; j < width; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

CK_CLONES
void ck_distances(const double *x, size_t rows, size_t width, const double *row, double *out) {
  for (size_t i = 0; i < rows; i++) out[i] = sqrt(squared_distance(row, x + i * width, width));
}

CK_CLONES
double ck_square(const double *a, const double *b, size_t width) { return squared_distance(a, b, width); }

CK_INLINE int lies_before(double square, int32_t node, const ck_clusters *c, int32_t slot) {
  return square < c->limits[slot] || (square == c->limits[slot] && node < c->limitNodes[slot]);
}

CK_INLINE size_t take(const ck_clusters *c, int32_t row, int32_t column, ck_pair *out) {
  if (c->masses[column] == 0 || (c->ranks[column] >= 0 && c->ranks[column] <= c->ranks[row])) return 0;
  double square = squared_distance(c->means + (size_t)row * c->width, c->means + (size_t)column * c->width,
                                   c->width);
  if (c->weighted) {
    const double a = c->masses[row], b = c->masses[column];
    square *= 2 * a * b / (a + b);
  }
  square += c->spreads[row] + c->spreads[column];
  if (!lies_before(square, c->nodes[column], c, row) && !lies_before(square, c->nodes[row], c, column)) return 0;
  *out = (ck_pair){row, column, square};
  return 1;
}

CK_CLONES
size_t ck_close_pairs(const ck_clusters *clusters, const float *products, const int32_t *rows,
                      size_t rowCount, size_t first, size_t count, ck_pair *out) {
  const ck_clusters c = *clusters;
  size_t found = 0;
  for (size_t i = 0; i < rowCount; i++) {
    const int32_t row = rows[i];
    const float *product = products + i * count;
    const float norm = c.norms[row], load = c.loads[row], slope = c.slopes[row], base = c.bases[row];
    size_t j = 0;
    for (; j + 16 <= count; j += 16) {
      const size_t at = first + j;
      const lanes16 square = norm + *(const lanes16 *)(c.norms + at) - 2 * *(const lanes16 *)(product + j);
      // Asked the other way round, so that what is not a number passes.
      const mask16 isFar = (square > slope * *(const lanes16 *)(c.loads + at) + base) &
                           (square > load * *(const lanes16 *)(c.slopes + at) + *(const lanes16 *)(c.bases + at));
      if (__builtin_expect(__builtin_reduce_and(isFar), -1)) continue;
      for (size_t l = 0; l < 16; l++) {
        if (!isFar[l]) found += take(&c, row, (int32_t)(at + l), out + found);
      }
    }
    for (; j < count; j++) found += take(&c, row, (int32_t)(first + j), out + found);
  }
  return found;
}
