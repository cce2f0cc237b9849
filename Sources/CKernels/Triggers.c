#include "CTriggers.h"
#include "Clones.h"
#include "Lanes.h"

/// The bytes of a block by what they are to a redactor, a bit for each byte.
typedef struct {
  uint64_t always, word, mark, hyphen, control, d, o, t;
} classes;

INLINE classes classify(const uint8_t *at) {
  const lanes64 b = *(const lanes64 *)at;
  const lanes64 small = b | 0x20;
  const __auto_type digit = b - '0' < 10;
  return (classes){
      .always = bits(digit | (b == '\n') | (b == ':') | (b == '@')),
      .word = bits(digit | (small - 'a' < 26)),
      .mark = bits((b == '.') | (b == '!')),
      .hyphen = bits(b == '-'),
      .control = bits(((b < 0x20) & ~((b - '\t' < 2) | (b == '\r'))) | (b == 0x7F)),
      .d = bits(small == 'd'),
      .o = bits(small == 'o'),
      .t = bits(small == 't'),
  };
}

/// The bytes of the block from `at` on, in `rest` with spaces behind them where the text ends before.
INLINE const uint8_t *block(const uint8_t *text, size_t count, size_t at, uint8_t *rest) {
  if (at + 64 <= count) return text + at;
  memset(rest, ' ', 64);
  if (at < count) memcpy(rest, text + at, count - at);
  return rest;
}

CK_CLONES
ck_triggers ck_find_triggers(const uint8_t *text, size_t count, size_t from, uint32_t *places) {
  const size_t end = count - from > CK_TRIGGER_WINDOW ? from + CK_TRIGGER_WINDOW : count;
  ck_triggers found = {0};
  uint64_t control = 0, dot = 0;
  uint8_t rest[64];
  classes next = classify(block(text, count, from, rest));
  for (size_t at = from; at < end; at += 64) {
    const classes c = next;
    next = classify(block(text, count, at + 64, rest));
#define AHEAD(name, n) (c.name >> (n) | next.name << (64 - (n)))
    const uint64_t triggers =
        c.always | (c.mark & AHEAD(word, 1)) | (c.hyphen & (AHEAD(hyphen, 1) | AHEAD(hyphen, 3)));
    control |= c.control;
    dot |= c.d & AHEAD(o, 1) & AHEAD(t, 2);
#undef AHEAD
    found.count += flatten(triggers, (uint32_t)(at - from), places + found.count);
  }
  found.control = control != 0;
  found.dot = dot != 0;
  return found;
}
