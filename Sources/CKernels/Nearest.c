#include "CKernels.h"

// The products of a few rows and a few panels of centroids stay in registers until only their least is left
// of them: no product is ever stored. Each product is one chain of multiply-adds over the columns in order,
// so its bits depend neither on the tile that it is computed in nor on its neighbours.

typedef float floats __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t ints __attribute__((ext_vector_type(16), aligned(4)));

// Vectors are passed to functions that are always inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define LESSER(a, b) ((a) < (b) ? (a) : (b))

// The least of sixteen lanes, by halves.
#define LEAST(v, w)                                                                    \
  w = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7); \
  v = LESSER(v, w);                                                                    \
  w = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);       \
  v = LESSER(v, w);                                                                    \
  w = __builtin_shufflevector(v, v, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1);       \
  v = LESSER(v, w);                                                                    \
  w = __builtin_shufflevector(v, v, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);       \
  v = LESSER(v, w)

INLINE float least_float(floats v) {
  floats w;
  LEAST(v, w);
  return v[0];
}

INLINE int32_t least_int(ints v) {
  ints w;
  LEAST(v, w);
  return v[0];
}

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
  UNROLL for (int i = 0; i < height; i++) {
    floats least = __builtin_inff(), next = __builtin_inff();
    ints id = 0;
    UNROLL for (int v = 0; v < breadth; v++) {
      const floats score = *(const floats *)(norms + 16 * v) - 2 * products[i][v];
      const ints less = score < least;
      const floats greater = less ? least : score;
      next = LESSER(greater, next);
      least = less ? score : least;
      id = less ? *(const ints *)(ids + 16 * v) : id;
    }
    const float best = least_float(least);
    const ints isBest = least == best;
    const ints others = INT32_MAX;
    const int32_t label = least_int(isBest ? id : others);
    const ints isLabel = isBest & (id == label);
    const float second = least_float(isLabel ? next : least);
    // An earlier tile holds lower ids, so an equal score does not replace it.
    if (best < out.best[i]) {
      out.second[i] = LESSER(second, out.best[i]);
      out.best[i] = best;
      out.labels[i] = label;
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
