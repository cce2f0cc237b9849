#include "CKernels.h"

#include "Clones.h"

// What one block of rows needs while it is assigned.
typedef struct {
  uint32_t rows[CK_BLOCK + CK_SPARE];
  float best[CK_BLOCK + CK_SPARE], second[CK_BLOCK + CK_SPARE];
  int32_t labels[CK_BLOCK + CK_SPARE];
  float reach[CK_BLOCK], unit[CK_BLOCK];
  int32_t owner[CK_BLOCK];
  uint8_t open[CK_BLOCK + 8];
} scratch;

// A part in 2^22 is more than a square root and a sum of two lose.
static const float above = 1 + 0x1p-22f, below = 1 - 0x1p-22f;

// Two scores of the same row and centroid, one computed and one true, differ by no more than this.
static inline float slack(const ck_centroids *c, float norm) {
  return 0x1p-23f * (float)(c->width + 8) * (norm + c->largestNorm);
}

// No less than the distance of a centroid whose computed score this is.
static inline float upper(const ck_centroids *c, float norm, float score) {
  const float square = norm + score + slack(c, norm);
  return square > 0 ? __builtin_elementwise_sqrt(square) * above : 0;
}

// No more than it, in the row's units; 0 for what overflowed.
static inline uint16_t lower(const ck_centroids *c, float norm, float score, float unit) {
  const float square = norm + score - slack(c, norm);
  const float units = (square > 0 ? __builtin_elementwise_sqrt(square) * below : 0) / unit * below;
  return units < 65535 ? (uint16_t)units : units >= 65535 ? 65535 : 0;
}

static size_t width_of(const ck_centroids *c, size_t group) {
  const size_t most = c->panelsPerGroup * 16, left = c->count - group * most;
  return left < most ? left : most;
}

static ck_nearest_rows found(scratch *s) { return (ck_nearest_rows){s->best, s->second, s->labels}; }

// Lets the bounds of one group sink by its drift, but for rows whose own group it is, and lists the rows that
// a bound no longer keeps away from the group.
CK_CLONES
static size_t open_rows(scratch *s, uint16_t *bounds, size_t count, float drift, int32_t group) {
  for (size_t i = 0; i < count; i++) {
    const int own = s->owner[i] == group;
    const float sunk = ((float)bounds[i] - drift / s->unit[i] * above) * below;
    const uint16_t bound = own ? bounds[i] : (uint16_t)(int32_t)(sunk > 0 ? sunk : 0);
    bounds[i] = bound;
    s->open[i] = !own & !((float)bound * s->unit[i] * below > s->reach[i]);
  }
  for (size_t i = count; i < count + 8; i++) s->open[i] = 0;
  size_t n = 0;
  for (size_t i = 0; i < count; i += 8) {
    uint64_t eight;
    __builtin_memcpy(&eight, s->open + i, 8);
    if (!eight) continue;
    for (size_t j = i; j < i + 8; j++) {
      s->rows[n] = (uint32_t)j;
      n += s->open[j];
    }
  }
  return n;
}

// The own group of each row first, in order of group: it tells how far others may be.
static size_t assign_within(const ck_centroids *c, scratch *s, const float *x, const float *norms, size_t count,
                            uint16_t *bounds, float *best, int32_t *labels) {
  size_t computed = 0;
  uint32_t order[CK_BLOCK], starts[CK_GROUPS + 1] = {0};
  for (size_t i = 0; i < count; i++) {
    s->owner[i] = c->groupOf[labels[i]];
    starts[s->owner[i] + 1]++;
  }
  for (size_t g = 0; g < c->groups; g++) starts[g + 1] += starts[g];
  for (size_t i = 0; i < count; i++) order[starts[s->owner[i]]++] = (uint32_t)i;
  for (size_t g = 0, first = 0; g < c->groups; first = starts[g], g++) {
    const size_t n = starts[g] - first;
    for (size_t p = 0; p < n; p++) s->rows[p] = order[first + p];
    ck_scan(c, g * c->panelsPerGroup, (g + 1) * c->panelsPerGroup, x, s->rows, n, found(s));
    for (size_t p = 0; p < n; p++) {
      const size_t i = s->rows[p];
      best[i] = s->best[p];
      labels[i] = s->labels[p];
      bounds[g * count + i] = lower(c, norms[i], s->second[p], s->unit[i]);
      s->reach[i] = upper(c, norms[i], best[i]);
    }
    computed += n * width_of(c, g);
  }
  return computed;
}

size_t ck_assign_bounded(const ck_centroids *c, const float *x, const float *norms, size_t count, int fresh,
                         uint16_t *bounds, float *best, int32_t *labels) {
  scratch s;
  size_t computed = 0;
  // Of the farthest that a centroid could be.
  for (size_t i = 0; i < count; i++) s.unit[i] = (__builtin_elementwise_sqrt(norms[i]) + c->reach) / 65535;
  if (fresh) {
    for (size_t i = 0; i < count; i++) {
      best[i] = s.reach[i] = __builtin_inff();
      labels[i] = 0;
      s.owner[i] = -1;
    }
    for (size_t i = 0; i < count * c->groups; i++) bounds[i] = 0;
  } else {
    computed = assign_within(c, &s, x, norms, count, bounds, best, labels);
  }
  for (size_t g = 0; g < c->groups; g++) {
    uint16_t *bound = bounds + g * count;
    const size_t n = open_rows(&s, bound, count, c->drifts[g], (int32_t)g);
    ck_scan(c, g * c->panelsPerGroup, (g + 1) * c->panelsPerGroup, x, s.rows, n, found(&s));
    computed += n * width_of(c, g);
    for (size_t p = 0; p < n; p++) {
      const size_t i = s.rows[p];
      if (s.best[p] < best[i] || (s.best[p] == best[i] && s.labels[p] < labels[i])) {
        // The group that held the best so far now has it among the others.
        const size_t former = (size_t)c->groupOf[labels[i]];
        if (former != g && best[i] < __builtin_inff()) bounds[former * count + i] = lower(c, norms[i], best[i], s.unit[i]);
        bound[i] = lower(c, norms[i], s.second[p], s.unit[i]);
        best[i] = s.best[p];
        labels[i] = s.labels[p];
        s.reach[i] = upper(c, norms[i], best[i]);
      } else {
        bound[i] = lower(c, norms[i], s.best[p], s.unit[i]);
      }
    }
  }
  return computed;
}

void ck_assign(const ck_centroids *c, const float *x, size_t count, float *best, int32_t *labels) {
  scratch s;
  for (size_t i = 0; i < count; i++) s.rows[i] = (uint32_t)i;
  ck_scan(c, 0, c->groups * c->panelsPerGroup, x, s.rows, count, found(&s));
  for (size_t i = 0; i < count; i++) {
    best[i] = s.best[i];
    labels[i] = s.labels[i];
  }
}
