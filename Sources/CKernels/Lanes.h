#pragma once
#include <stdint.h>
#include <string.h>

// Sixty-four bytes at a time, each a lane.

typedef uint8_t lanes64 __attribute__((ext_vector_type(64), aligned(1)));
typedef int8_t truth64 __attribute__((ext_vector_type(64)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

#define INLINE static inline __attribute__((always_inline))

/// A bit for each lane that is true. A macro, because a parameter of 64 bytes has no common ABI. The barrier keeps clang from
/// joining sets while they are still lanes of one bit, which it takes apart one by one where there are no such registers.
#define bits(lanes)                                                          \
  ({                                                                         \
    const bits64 packed = __builtin_convertvector((truth64)(lanes), bits64); \
    uint64_t set;                                                            \
    memcpy(&set, &packed, sizeof set);                                       \
    __asm__("" : "+r"(set));                                                 \
    set;                                                                     \
  })

/// Writes the places of the bits; answers how many. Has written up to eight more. The barrier keeps clang from counting zeros in vectors,
/// which have no instruction for it.
INLINE size_t flatten(uint64_t set, uint32_t base, uint32_t *out) {
  const size_t count = (size_t)__builtin_popcountll(set);
  for (size_t k = 0; k < count; k += 8) {
    for (size_t j = 0; j < 8; j++) {
      uint64_t place = (uint64_t)__builtin_ctzll(set | 1ull << 63);
      __asm__("" : "+r"(place));
      out[k + j] = base + (uint32_t)place;
      set &= set - 1;
    }
  }
  return count;
}
