#include "CKernels.h"

// The products of a few rows and a few panels of centroids stay in registers until only their least is left
// of them: no product is ever stored. Each product is one chain of multiply-adds over the columns in order,
// so its bits depend neither on the tile that it is computed in nor on its neighbours.

typedef float floats __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t ints __attribute__((ext_vector_type(16), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define LESSER(a, b) ((a) < (b) ? (a) : (b))

// The least lane of each of eight vectors v, that of v[i] in lane 2i of the result: each step takes the lesser
// of two halves, of two vectors at once. Ends with the result in v[0].
#define HALVE(v, i, j, low, high)                                      \
  {                                                                    \
    __typeof__(v[0]) a = __builtin_shufflevector(v[i], v[j], low);     \
    __typeof__(v[0]) b = __builtin_shufflevector(v[i], v[j], high);    \
    v[i] = LESSER(a, b);                                               \
  }
#define LIST(...) __VA_ARGS__
#define LOW8 LIST(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
#define HIGH8 LIST(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31)
#define LOW4 LIST(0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
#define HIGH4 LIST(4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31)
#define LOW2 LIST(0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define HIGH2 LIST(2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
#define EVEN LIST(0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14)
#define ODD LIST(1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15)
#define LEAST_OF_EACH(v)                                     \
  UNROLL for (int i = 0; i < 4; i++) HALVE(v, i, i + 4, LOW8, HIGH8) \
  UNROLL for (int i = 0; i < 2; i++) HALVE(v, i, i + 2, LOW4, HIGH4) \
  HALVE(v, 0, 1, LOW2, HIGH2)                                \
  HALVE(v, 0, 0, EVEN, ODD)

/// `height` rows (at most 8) times `breadth` panels (at most 3); all loops unroll.
INLINE void tile(const int height, const int breadth, const ck_centroids *c, const float *x,
                 const uint32_t *rows, size_t panel, ck_nearest_rows out) {
  const size_t width = c->width;
  const float *panels = c->panels + panel * 16 * width;
  const float *norms = c->norms + panel * 16;
  const int32_t *ids = c->ids + panel * 16;
  floats products[8][3];
  const float *row[8];
  UNROLL for (int i = 0; i < height; i++) {
    row[i] = x + rows[i] * width;
    UNROLL for (int v = 0; v < breadth; v++) products[i][v] = 0;
  }
  for (size_t k = 0; k < width; k++) {
    floats column[3];
    UNROLL for (int v = 0; v < breadth; v++) column[v] = *(const floats *)(panels + (v * width + k) * 16);
    UNROLL for (int i = 0; i < height; i++) {
      const float value = row[i][k];
      UNROLL for (int v = 0; v < breadth; v++) products[i][v] += value * column[v];
    }
  }
  // Lanes first, then the eight rows at once.
  floats least[8], next[8], reduced[8];
  ints id[8], lowest[8];
  UNROLL for (int i = 0; i < 8; i++) {
    least[i] = next[i] = __builtin_inff();
    id[i] = 0;
    if (i < height) {
      UNROLL for (int v = 0; v < breadth; v++) {
        const floats score = *(const floats *)(norms + 16 * v) - 2 * products[i][v];
        const ints less = score < least[i];
        const floats greater = less ? least[i] : score;
        next[i] = LESSER(greater, next[i]);
        least[i] = less ? score : least[i];
        id[i] = less ? *(const ints *)(ids + 16 * v) : id[i];
      }
    }
    reduced[i] = least[i];
  }
  LEAST_OF_EACH(reduced)
  UNROLL for (int i = 0; i < 8; i++) {
    const ints isBest = least[i] == reduced[0][2 * i];
    const ints others = INT32_MAX;
    lowest[i] = isBest ? id[i] : others;
  }
  ints labels[8];
  UNROLL for (int i = 0; i < 8; i++) labels[i] = lowest[i];
  LEAST_OF_EACH(labels)
  // The next to least is in the lane of the least or is the least of another.
  UNROLL for (int i = 0; i < 8; i++) {
    const ints isLabel = lowest[i] == labels[0][2 * i];
    next[i] = isLabel ? next[i] : least[i];
  }
  LEAST_OF_EACH(next)
  UNROLL for (int i = 0; i < height; i++) {
    const float best = reduced[0][2 * i], second = next[0][2 * i];
    // An earlier tile holds lower ids, so an equal score does not replace it.
    if (best < out.best[i]) {
      out.second[i] = LESSER(second, out.best[i]);
      out.best[i] = best;
      out.labels[i] = labels[0][2 * i];
    } else {
      out.second[i] = LESSER(best, out.second[i]);
    }
  }
}

#define SCAN(NAME, HEIGHT, BREADTH, ATTRIBUTES)                                                       \
  ATTRIBUTES static void NAME(const ck_centroids *c, size_t panel, size_t end, const float *x,        \
                              const uint32_t *rows, size_t count, ck_nearest_rows out) {              \
    for (size_t breadth; panel < end; panel += breadth) {                                             \
      breadth = LESSER(end - panel, (size_t)BREADTH);                                                 \
      for (size_t i = 0; i < count; i += HEIGHT) {                                                    \
        const ck_nearest_rows at = {out.best + i, out.second + i, out.labels + i};                    \
        if (BREADTH == 3 && breadth == 3) tile(HEIGHT, 3, c, x, rows + i, panel, at);                 \
        else if (BREADTH > 1 && breadth == 2) tile(HEIGHT, 2, c, x, rows + i, panel, at);             \
        else tile(HEIGHT, 1, c, x, rows + i, panel, at);                                              \
      }                                                                                               \
    }                                                                                                 \
  }

SCAN(scan_any, 4, 1, )
#if defined(__x86_64__)
// As many accumulators as leave room for a column and a value: 24 of 32 registers, 12 of 16.
SCAN(scan_avx2, 6, 1, __attribute__((target("arch=x86-64-v3"), min_vector_width(256))))
SCAN(scan_avx512, 8, 3, __attribute__((target("arch=x86-64-v4"), min_vector_width(512))))
#endif

int ck_instruction_sets(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return 3;
  if (__builtin_cpu_supports("x86-64-v3")) return 2;
#endif
  return 1;
}

void ck_scan(const ck_centroids *c, size_t panel, size_t end, const float *x, uint32_t *rows, size_t count,
             ck_nearest_rows out) {
  if (count == 0) return;
  for (size_t i = 0; i < count + CK_SPARE; i++) {
    if (i >= count) rows[i] = rows[count - 1];
    out.best[i] = out.second[i] = __builtin_inff();
    out.labels[i] = 0;
  }
#if defined(__x86_64__)
  if (c->instructions == 3) return scan_avx512(c, panel, end, x, rows, count, out);
  if (c->instructions == 2) return scan_avx2(c, panel, end, x, rows, count, out);
#endif
  scan_any(c, panel, end, x, rows, count, out);
}
