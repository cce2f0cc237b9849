#include "CCopies.h"

#include "Clones.h"

// Sixteen numbers that need no alignment; one, two or four registers as the instruction set has it.
typedef uint32_t lanes16 __attribute__((ext_vector_type(16), aligned(4)));

CK_CLONES
void ck_minima(const uint64_t *terms, size_t count, const uint32_t *factors, const uint32_t *shifts, uint32_t *minima) {
  // As many maps at a time as leave room for what they need in sixteen registers.
  for (size_t j = 0; j < CK_MINIMA; j += 16) {
    const lanes16 factor = *(const lanes16 *)(factors + j), shift = *(const lanes16 *)(shifts + j);
    lanes16 least = (lanes16)UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
      const lanes16 value = (uint32_t)(terms[i] >> 32) * factor + shift;
      least = value < least ? value : least;
    }
    *(lanes16 *)(minima + j) = least;
  }
}
