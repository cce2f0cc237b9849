#include <string.h>

#include "Clones.h"
#include "Lanes.h"
#include "Runs.h"

/// The bytes of a block by what they are to the tokenizer, a bit for each byte. `ending` is without dots.
typedef struct {
  uint64_t word, digit, high, ending, newline, dot, apostrophe, underscore, hyphen, plus, hash, suffix;
} classes;

INLINE classes classify(const uint8_t *at) {
  const lanes64 b = *(const lanes64 *)at;
  const lanes64 small = b | 0x20;
  const __auto_type digit = b - '0' < 10;
  const __auto_type control = (b < 0x20) & ~((b - '\t' < 2) | (b == '\r'));
  const __auto_type bracket = (b - '{' < 3) | (b == '[') | (b == ']') | (b - '(' < 2);
  const __auto_type mark = (b - '!' < 2) | (b == ',') | (b - ':' < 2) | (b == '?');
  return (classes){
      .word = bits(digit | (small - 'a' < 26)),
      .digit = bits(digit),
      .high = bits((truth64)b < 0),
      .ending = bits(control | bracket | mark),
      .newline = bits(b == '\n'),
      .dot = bits(b == '.'),
      .apostrophe = bits(b == '\''),
      .underscore = bits(b == '_'),
      .hyphen = bits(b == '-'),
      .plus = bits(b == '+'),
      .hash = bits(b == '#'),
      .suffix = bits((small == 'j') | (small == 'n')),
  };
}

/// Where a gap between words holds one of the bits, carries it to the bit behind the gap.
INLINE uint64_t behind_gap(uint64_t gaps, uint64_t marks, unsigned long long *carry) {
  // The sum of a gap, which is a row of ones, and of a bit in it overflows out of the gap.
  return __builtin_addcll(gaps, marks, *carry, carry);
}

CK_CLONES
void ck_find_runs(const uint8_t *text, size_t count, ck_runs *runs, run_gaps gaps) {
  const size_t blocks = (count + 63) / 64;
  const classes nothing = {0};
  uint8_t rest[64];
  memset(rest, ' ', sizeof rest);
  if (count % 64) memcpy(rest, text + count / 64 * 64, count % 64);

  size_t starts = 0, ends = 0, stops = 0, lines = 0;
  uint64_t lastWord = 0, lastDigit = 0, lastStart = 0, high = 0;
  unsigned long long endingCarry = 0, stopCarry = 0;
  classes next = blocks == 0 ? nothing : classify(count >= 64 ? text : rest);
  for (size_t block = 0; block < blocks; block++) {
    const classes c = next;
    const size_t after = (block + 1) * 64;
    next = after >= count ? nothing : classify(count - after >= 64 ? text + after : rest);

#define BEFORE(name, last) (c.name << 1 | (last))
#define FOLLOWING(name) (c.name >> 1 | next.name << 63)
    const uint64_t wordBefore = BEFORE(word, lastWord);
    const uint64_t start = c.word & ~wordBefore;
    const uint64_t end = ~c.word & wordBefore;
    // Behind a word of one character.
    const uint64_t single = end & (start << 1 | lastStart);
    const uint64_t wordFollows = FOLLOWING(word);
    const uint64_t letterFollows = wordFollows | FOLLOWING(high);

    const uint64_t joinedByDot =
        c.dot & wordFollows & (single | FOLLOWING(suffix) | (BEFORE(digit, lastDigit) & FOLLOWING(digit)));
    const uint64_t joint = end & (c.high | ((c.apostrophe | c.underscore) & letterFollows) | joinedByDot |
                                  (c.hyphen & single & letterFollows) | (c.plus & FOLLOWING(plus)) |
                                  (c.hash & single));
    const uint64_t dotted = c.dot & wordFollows & ~wordBefore;
    const uint64_t endings = c.ending | (c.dot & ~wordFollows) | (c.newline & FOLLOWING(newline));
    const uint64_t halts = c.high | dotted;
    gaps.breaks[block] = behind_gap(~c.word, endings, &endingCarry);
    const uint64_t halted = start & behind_gap(~c.word, halts, &stopCarry);

    for (uint64_t events = halted | joint; events != 0; events &= events - 1) {
      const uint64_t event = events & -events;
      const uint64_t below = event - 1;
      const bool isStart = halted & event;
      const size_t run = isStart ? starts + (size_t)__builtin_popcountll(start & below)
                                 : ends + (size_t)__builtin_popcountll(end & below);
      if (stops == 0 || runs->stops[stops - 1] >> 1 != run) runs->stops[stops++] = (uint32_t)run << 1;
      runs->stops[stops - 1] |= !isStart;
    }
    const uint32_t base = (uint32_t)block * 64;
    starts += flatten(start, base, runs->starts + starts);
    ends += flatten(end, base, runs->ends + ends);
    lines += flatten(c.newline, base + 1, gaps.lines + lines);

    lastWord = c.word >> 63;
    lastDigit = c.digit >> 63;
    lastStart = start >> 63;
    high |= c.high;
#undef BEFORE
#undef FOLLOWING
  }
  if (ends < starts) runs->ends[ends] = (uint32_t)count;
  gaps.lines[lines] = UINT32_MAX;
  runs->count = starts;
  runs->stopCount = stops;
  runs->isASCII = high == 0;
}
