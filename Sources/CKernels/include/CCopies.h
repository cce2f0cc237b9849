#pragma once
#include <stddef.h>
#include <stdint.h>

// What near-copies are looked for by.

#pragma clang assume_nonnull begin

/// Minima of a set of hashes, under as many linear maps.
enum { CK_MINIMA = 64 };

/// minima[j] = the least of factors[j] * x + shifts[j], modulo 2^32, over the upper halves x of the terms; all ones where there are
/// none. O(count).
void ck_minima(const uint64_t *terms, size_t count, const uint32_t *factors, const uint32_t *shifts, uint32_t *minima);

#pragma clang assume_nonnull end
