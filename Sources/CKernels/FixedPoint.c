#include "CKernels.h"

#include "Clones.h"

// Sums wrap around, which is no harm where the whole fits.
//
// Adding this to a number of less than 2^51 leaves its nearest integer in the low bits of the sum.
static const double magic = 0x1.8p52;

CK_CLONES
static void move(const float *restrict row, double weight, const double *restrict scales, size_t width,
                 uint64_t *restrict from, uint64_t *restrict to) {
  uint64_t offset;
  __builtin_memcpy(&offset, &magic, 8);
  for (size_t j = 0; j < width; j++) {
    const double shifted = weight * (double)row[j] * scales[j] + magic;
    uint64_t bits;
    __builtin_memcpy(&bits, &shifted, 8);
    to[j] += bits - offset;
    from[j] -= bits - offset;
  }
}

CK_CLONES
static void add(const float *restrict row, double weight, const double *restrict scales, size_t width,
                uint64_t *restrict to) {
  uint64_t offset;
  __builtin_memcpy(&offset, &magic, 8);
  for (size_t j = 0; j < width; j++) {
    const double shifted = weight * (double)row[j] * scales[j] + magic;
    uint64_t bits;
    __builtin_memcpy(&bits, &shifted, 8);
    to[j] += bits - offset;
  }
}

void ck_move_rows(const float *x, size_t count, size_t width, const float *weights, const double *scales,
                  const int32_t *labels, int32_t *held, uint64_t *sums) {
  for (size_t i = 0; i < count; i++) {
    const int32_t from = held[i], to = labels[i];
    if (from == to) continue;
    const double weight = weights ? (double)weights[i] : 1;
    if (from < 0) add(x + i * width, weight, scales, width, sums + (size_t)to * width);
    else move(x + i * width, weight, scales, width, sums + (size_t)from * width, sums + (size_t)to * width);
    held[i] = to;
  }
}

CK_CLONES
void ck_magnitudes(const float *row, double weight, size_t width, double *sum, double *most) {
  for (size_t j = 0; j < width; j++) {
    const double value = weight * __builtin_fabs((double)row[j]);
    sum[j] += value;
    most[j] = value > most[j] ? value : most[j];
  }
}
