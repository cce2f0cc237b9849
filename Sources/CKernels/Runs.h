#pragma once
#include "CTerms.h"

/// What ck_find_runs fills, beside ck_runs. There is room for count / 2 + 72 of each, of `breaks` for count / 64 + 2.
typedef struct {
  /// At the bit of a run's start: whether a mark that ends a phrase stands between it and the run before.
  uint64_t *breaks;
  /// Where lines begin, but for the first; behind them a number that is larger than any.
  uint32_t *lines;
} run_gaps;

/// Finds the runs of a text, and the gaps between them. O(count).
void ck_find_runs(const uint8_t *text, size_t count, ck_runs *runs, run_gaps gaps);
