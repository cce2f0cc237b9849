// What a plain loop takes to lower-case texts, split them into words of two ASCII letters or digits or more, and hash the
// words and the pairs of neighbours; other bytes are letters. It neither counts nor sorts nor redacts, knows no function
// words, joins nothing ("don't" is "don") and its hashes are not keyed: the floor that vectorise.py compares with.
//
//     cc -O3 -march=native plain_loop.c -o plain_loop && ./plain_loop TEXTS [PASSES]
//
// TEXTS are ended by a NUL byte each. Prints JSON.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/// Appends the hashes of a text's terms; answers how many.
static size_t hash_terms(const uint8_t *text, size_t count, const uint8_t lower[256], uint64_t *out) {
  const uint64_t basis = 0xcbf29ce484222325, prime = 0x100000001b3;
  uint64_t word = basis, last = 0;
  size_t length = 0, terms = 0;
  for (size_t i = 0; i <= count; i++) {
    const uint8_t b = i < count ? lower[text[i]] : 0;
    if (b != 0) {
      word = (word ^ b) * prime;
      length++;
      continue;
    }
    if (length >= 2) {
      out[terms++] = word;
      if (last != 0) out[terms++] = (last ^ word >> 29) * prime;
      last = word;
    }
    word = basis;
    length = 0;
  }
  return terms;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  const int passes = argc > 2 ? atoi(argv[2]) : 5;
  if (file == NULL || passes < 1 || passes > 100) return fputs("plain_loop TEXTS [PASSES]\n", stderr), 2;
  fseek(file, 0, SEEK_END);
  const size_t size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(size + 1);
  uint64_t *terms = malloc((size + 2) * sizeof *terms);
  if (bytes == NULL || terms == NULL || fread(bytes, 1, size, file) != size) return 1;

  uint8_t lower[256] = {0};
  for (int b = 0; b < 256; b++) {
    if (b >= 'A' && b <= 'Z') lower[b] = (uint8_t)(b + 32);
    if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b >= 128) lower[b] = (uint8_t)b;
  }
  double walls[100], processors[100];
  size_t total = 0;
  uint64_t sum = 0;
  for (int pass = 0; pass < passes; pass++) {
    const double wall = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    total = 0;
    for (size_t start = 0, i = 0; i < size; i++) {
      if (bytes[i] != 0) continue;
      // Each text's terms overwrite those of the one before, so that memory is no matter.
      const size_t found = hash_terms(bytes + start, i - start, lower, terms);
      for (size_t k = 0; k < found; k += 64) sum += terms[k];
      total += found;
      start = i + 1;
    }
    walls[pass] = seconds(CLOCK_MONOTONIC) - wall;
    processors[pass] = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
  }
  qsort(walls, (size_t)passes, sizeof *walls, ascending);
  qsort(processors, (size_t)passes, sizeof *processors, ascending);
  printf("{\"bytes\": %zu, \"terms\": %zu, \"check\": \"%llx\", \"seconds\": %f, \"cpu\": %f}\n", size, total,
         (unsigned long long)sum, walls[passes / 2], processors[passes / 2]);
}
