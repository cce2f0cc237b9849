#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where a redactor has to look closer.

#pragma clang assume_nonnull begin

/// Bytes that ck_find_triggers looks at in a call: as many places fit into the nearest cache. A multiple of 64.
enum { CK_TRIGGER_WINDOW = 4096 };

typedef struct {
  size_t count;
  /// Whether a control that is no white space, and "dot" in any case, stand in the window.
  bool control, dot;
} ck_triggers;

/// The places, counted from `from`, in text[from..<from + CK_TRIGGER_WINDOW] of digits, ends of lines, ':', '@', '.' and '!'
/// before a letter or digit, '-' before another or two bytes before one. There is room for CK_TRIGGER_WINDOW + 8. O(window).
ck_triggers ck_find_triggers(const uint8_t *text, size_t count, size_t from, uint32_t *places);

#pragma clang assume_nonnull end
