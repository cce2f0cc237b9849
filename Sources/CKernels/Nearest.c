#include "CKernels.h"

// The products of a few rows and a few panels of centroids stay in registers until only the least by lane is left
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

/// By lane, over the panels so far: the least score, the next to least, and the number of the least.
typedef struct {
  floats least, next;
  ints ids;
} ranking;

/// `height` rows times `breadth` panels (at most 3), the `only` ones or among others; all loops unroll.
INLINE void products(const int height, const int breadth, const int only, const ck_centroids *c,
                     const float *const *row, size_t panel, ranking *ranks) {
  const size_t width = c->width;
  const float *panels = c->panels + panel * 16 * width;
  const float *norms = c->norms + panel * 16;
  const int32_t *ids = c->ids + panel * 16;
  floats products[8][3];
  UNROLL for (int i = 0; i < height; i++) {
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
  UNROLL for (int i = 0; i < height; i++) {
    if (only) {
      ranks[i].least = *(const floats *)norms - 2 * products[i][0];
      continue;
    }
    floats least = ranks[i].least, next = ranks[i].next;
    ints id = ranks[i].ids;
    UNROLL for (int v = 0; v < breadth; v++) {
      const floats score = *(const floats *)(norms + 16 * v) - 2 * products[i][v];
      const ints less = score < least;
      const floats greater = less ? least : score;
      next = LESSER(greater, next);
      least = less ? score : least;
      id = less ? *(const ints *)(ids + 16 * v) : id;
    }
    ranks[i] = (ranking){least, next, id};
  }
}

/// Across the lanes, of eight rows at once; into what is known of `height` of them. `ids` those of the only panel.
INLINE void settle(const int height, const ranking *ranks, const int32_t *ids, ck_nearest_rows out) {
  const floats infinity = __builtin_inff();
  const ints others = INT32_MAX;
  floats least[8], next[8], reduced[8];
  ints lowest[8], labels[8];
  UNROLL for (int i = 0; i < 8; i++) reduced[i] = least[i] = i < height ? ranks[i].least : infinity;
  LEAST_OF_EACH(reduced)
  UNROLL for (int i = 0; i < 8; i++) {
    const ints isBest = least[i] == reduced[0][2 * i];
    lowest[i] = others;
    if (i < height) lowest[i] = isBest ? (ids ? *(const ints *)ids : ranks[i].ids) : others;
    labels[i] = lowest[i];
  }
  LEAST_OF_EACH(labels)
  // The next to least is in the lane of the least or is the least of another.
  UNROLL for (int i = 0; i < 8; i++) {
    const ints isLabel = lowest[i] == labels[0][2 * i];
    next[i] = infinity;
    if (i < height) next[i] = isLabel ? (ids ? infinity : ranks[i].next) : least[i];
  }
  LEAST_OF_EACH(next)
  UNROLL for (int i = 0; i < height; i++) {
    const float best = reduced[0][2 * i], second = next[0][2 * i];
    // Earlier panels hold lower ids, so an equal score does not replace theirs.
    if (best < out.best[i]) {
      out.second[i] = LESSER(second, out.best[i]);
      out.best[i] = best;
      out.labels[i] = labels[0][2 * i];
    } else {
      out.second[i] = LESSER(best, out.second[i]);
    }
  }
}

// `height` rows go through all panels of a stretch before the next rows do. A stretch stays in the second cache.
#define STRETCH (1 << 17)

#define SCAN(NAME, HEIGHT, BREADTH, ATTRIBUTES)                                                       \
  ATTRIBUTES static void NAME(const ck_centroids *c, size_t panel, size_t end, const float *x,        \
                              const uint32_t *rows, size_t count, ck_nearest_rows out) {              \
    const size_t fit = STRETCH / (64 * BREADTH * (c->width + 1)) * BREADTH;                           \
    for (size_t stop; panel < end; panel = stop) {                                                    \
      stop = LESSER(end, panel + (fit ? fit : BREADTH));                                              \
      for (size_t i = 0; i < count; i += HEIGHT) {                                                    \
        const float *row[HEIGHT];                                                                     \
        ranking ranks[HEIGHT];                                                                        \
        const floats infinity = __builtin_inff();                                                     \
        UNROLL for (int j = 0; j < HEIGHT; j++) row[j] = x + rows[i + j] * c->width;                  \
        const ck_nearest_rows at = {out.best + i, out.second + i, out.labels + i};                    \
        if (stop - panel == 1) {                                                                      \
          products(HEIGHT, 1, 1, c, row, panel, ranks);                                               \
          settle(HEIGHT, ranks, c->ids + panel * 16, at);                                             \
          continue;                                                                                   \
        }                                                                                             \
        UNROLL for (int j = 0; j < HEIGHT; j++) ranks[j] = (ranking){infinity, infinity, (ints)0};    \
        for (size_t p = panel, breadth; p < stop; p += breadth) {                                     \
          breadth = LESSER(stop - p, (size_t)BREADTH);                                                \
          if (BREADTH == 3 && breadth == 3) products(HEIGHT, 3, 0, c, row, p, ranks);                 \
          else if (BREADTH > 1 && breadth == 2) products(HEIGHT, 2, 0, c, row, p, ranks);             \
          else products(HEIGHT, 1, 0, c, row, p, ranks);                                              \
        }                                                                                             \
        settle(HEIGHT, ranks, (const int32_t *)0, at);                                                \
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
