#include <stdlib.h>
#include <string.h>

#include "Clones.h"
#include "Runs.h"

// What is known of a word, in one number: these bits, the languages in which it is grammar << 8, and its class of function
// words << 16.
enum {
  TERM = 1,    // is a term
  LINK = 2,    // goes on with a phrase; what does not ends it
  NUMBER = 4,  // makes no pair with another number
  BREAK = 8,   // a mark before it ends the phrase
  QUOTE = 16,  // stands in a line that quotes somebody
};

// Runs are taken so many at a time; those of more bytes than LONGEST one by one.
enum { BATCH = 256, LONGEST = 15 };

// Of an occurrence's location: the bits of its languages and its quotation, and of its length.
#define SHARED 0x800000FCull
#define QUOTED 0x80000000ull
#define LENGTH 0x7FFFFF00ull

typedef struct {
  uint64_t hash, location;
} slot;

/// Function words in one of two places each: all of their hash but sixteen bits, and their kind. 0 is free.
typedef struct {
  uint64_t *tables[2];
  uint64_t mask;
} grammar;

/// The words of a text that are terms or go on with a phrase. Its own type, so that a loop may hold a copy in registers.
typedef struct {
  uint8_t *arena;
  uint64_t *hashes, *locations;
  // The words that make a pair with the one before.
  uint32_t *pairs;
  size_t used, words, pairCount;
  /// 1 while a phrase goes on; what is known of the word before; QUOTE or 0.
  uint64_t alive, last, quote;
} stream;

struct ck_terms {
  ck_term_rules rules;
  grammar grammar;

  stream stream;
  size_t arenaRoom, wordRoom;
  // Both hashes of each pair of the text.
  uint64_t *firsts, *seconds;
  // Occurrences of the document.
  uint64_t *hashes, *locations;
  size_t occurrences, occurrenceRoom;
  uint32_t met[256];

  ck_runs runs;
  run_gaps gaps;
  // Of each run its hash and what is known of it.
  uint64_t *runHashes;
  uint32_t *runFacts;
  size_t runRoom;

  slot *slots;
  uint32_t *slotCounts;
  size_t slotRoom;

  uint64_t *terms, *termLocations;
  uint16_t *counts;
  size_t termCount, termRoom;
};

// MARK: SipHash-1-3 (Aumasson and Bernstein 2012)

#define ROTATE(x, by) ((x) << (by) | (x) >> (64 - (by)))
#define ROUND                                                        \
  do {                                                               \
    v0 += v1, v1 = ROTATE(v1, 13), v1 ^= v0, v0 = ROTATE(v0, 32);    \
    v2 += v3, v3 = ROTATE(v3, 16), v3 ^= v2;                         \
    v0 += v3, v3 = ROTATE(v3, 21), v3 ^= v0;                         \
    v2 += v1, v1 = ROTATE(v1, 17), v1 ^= v2, v2 = ROTATE(v2, 32);    \
  } while (0)
#define ABSORB(word) \
  do {               \
    v3 ^= (word);    \
    ROUND;           \
    v0 ^= (word);    \
  } while (0)
#define START(key)                                                                  \
  uint64_t v0 = (key)[0] ^ 0x736f6d6570736575, v1 = (key)[1] ^ 0x646f72616e646f6d, \
           v2 = (key)[0] ^ 0x6c7967656e657261, v3 = (key)[1] ^ 0x7465646279746573
#define FINISH (v2 ^= 0xff, ({ ROUND; ROUND; ROUND; }), v0 ^ v1 ^ v2 ^ v3)

static uint64_t hash_word(const uint64_t key[2], const uint8_t *bytes, size_t count) {
  START(key);
  size_t at = 0;
  for (; at + 8 <= count; at += 8) {
    uint64_t word;
    memcpy(&word, bytes + at, 8);
    ABSORB(word);
  }
  uint64_t tail = (uint64_t)count << 56;
  for (size_t k = 0; at + k < count; k++) tail |= (uint64_t)bytes[at + k] << 8 * k;
  ABSORB(tail);
  return FINISH;
}

/// SipHash-1-3 of words of at most fifteen bytes, zeros behind, several at once.
CK_CLONES
static void hash_short_words(const uint64_t key[2], const uint64_t *lows, const uint64_t *highs,
                             const uint64_t *lengths, size_t count, uint64_t *out) {
  for (size_t i = 0; i < count; i++) {
    START(key);
    const uint64_t s0 = v0, s1 = v1, s2 = v2, s3 = v3;
    ABSORB(lows[i]);
    const bool isLong = lengths[i] > 7;
    v0 = isLong ? v0 : s0;
    v1 = isLong ? v1 : s1;
    v2 = isLong ? v2 : s2;
    v3 = isLong ? v3 : s3;
    const uint64_t tail = (isLong ? highs[i] : lows[i]) | lengths[i] << 56;
    ABSORB(tail);
    out[i] = FINISH;
  }
}

/// SipHash-1-3 of the sixteen bytes of each pair, several at once.
CK_CLONES
static void hash_pairs(const uint64_t key[2], const uint64_t *firsts, const uint64_t *seconds, size_t count,
                       uint64_t *out) {
  for (size_t i = 0; i < count; i++) {
    START(key);
    ABSORB(firsts[i]);
    ABSORB(seconds[i]);
    ABSORB(16ull << 56);
    out[i] = FINISH;
  }
}

// MARK: Function words

/// Where a hash may stand in each of the two tables.
static inline uint64_t place(uint64_t hash, int table, uint64_t mask) { return hash >> (table ? 40 : 16) & mask; }

/// Cuckoo hashing (Pagh and Rodler 2004, doi:10.1016/j.jalgor.2003.12.002): a word is found without a branch. False where
/// no place was found for one.
static bool place_grammar(ck_terms *t, uint64_t entry) {
  int table = 0;
  for (int moves = 0; moves < 200; moves++, table = !table) {
    uint64_t *const slot = &t->grammar.tables[table][place(entry, table, t->grammar.mask)];
    const uint64_t held = *slot;
    *slot = entry;
    if (held == 0 || held == entry) return true;
    entry = held;
  }
  return false;
}

/// `word` where `is` is 0, 0 where it is a number below 2^63: as arithmetic, which no compiler turns into a branch.
static inline uint64_t where_zero(uint64_t is, uint64_t word) { return word & (uint64_t)((int64_t)(is - 1) >> 63); }

/// The facts of a word by its hash. Every other word of a text is a function word: a branch on it would be a guess.
static inline uint64_t facts_of(grammar words, uint64_t hash) {
  const uint64_t a = words.tables[0][place(hash, 0, words.mask)];
  const uint64_t b = words.tables[1][place(hash, 1, words.mask)];
  const uint64_t kind = (where_zero((a ^ hash) >> 16, a) | where_zero((b ^ hash) >> 16, b)) & 0xFFFF;
  const uint64_t class = kind & 0xFF;
  return class << 16 | (kind & 0xFF00) | where_zero(class, TERM | LINK);
}

// MARK: Memory

/// Room for `count` things in `array`, and half as much again; what is there stays.
static bool grow(void *array, size_t count, size_t size) {
  void **place = array;
  void *larger = realloc(*place, count * size);
  if (larger == NULL) return false;
  *place = larger;
  return true;
}

ck_terms *ck_terms_create(const ck_term_rules *rules) {
  ck_terms *t = rules->maximumBytes > CK_LONGEST_WORD ? NULL : calloc(1, sizeof *t);
  if (t == NULL) return NULL;
  t->rules = *rules;
  size_t words = 0;
  for (size_t k = 0; k < rules->capacity; k++) words += rules->keys[k] != 0;
  size_t places = 64;
  while (places < 2 * words) places *= 2;
  for (bool fits = false; !fits; places *= 2) {
    t->grammar.mask = places - 1;
    for (int table = 0; table < 2; table++) {
      free(t->grammar.tables[table]);
      t->grammar.tables[table] = calloc(places, sizeof *t->grammar.tables[table]);
    }
    if (t->grammar.tables[0] == NULL || t->grammar.tables[1] == NULL) {
      ck_terms_destroy(t);
      return NULL;
    }
    fits = true;
    for (size_t k = 0; k < rules->capacity && fits; k++) {
      if (rules->keys[k] != 0) fits = place_grammar(t, (rules->keys[k] & ~0xFFFFull) | rules->kinds[k]);
    }
  }
  return t;
}

void ck_terms_destroy(ck_terms *t) {
  if (t == NULL) return;
  void *const owned[] = {
      t->grammar.tables[0],    t->grammar.tables[1],       t->stream.arena,  t->stream.hashes, t->stream.locations,
      t->stream.pairs,  t->firsts,           t->seconds,       t->hashes,        t->locations,
      t->runs.starts,   t->runs.ends,        t->runs.stops,    t->gaps.breaks,   t->gaps.lines,
      t->runHashes,     t->runFacts,         t->slots,         t->slotCounts,    t->terms,
      t->termLocations, t->counts,
  };
  for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
  free(t);
}

/// Whether the line from `at` is marked as a quotation. O(1) but for spaces.
static bool is_quoted(const uint8_t *text, size_t count, size_t at) {
  while (at < count && (text[at] == ' ' || text[at] == '\t')) at++;
  if (at >= count) return false;
  if (text[at] == '>' || text[at] == '|' || text[at] == '}') return true;
  if (text[at] == ':') return at + 1 < count && (text[at + 1] == ' ' || text[at + 1] == '\t');
  for (size_t initials = 0; initials <= 4 && at + initials < count; initials++) {
    const uint8_t b = text[at + initials];
    if (b == '>') return initials > 0;
    if ((uint8_t)((b | 0x20) - 'a') >= 26) return false;
  }
  return false;
}

bool ck_terms_begin_text(ck_terms *t, const uint8_t *text, size_t count) {
  // A byte gives at most itself and, in scripts without spaces, a space every other byte.
  const size_t arena = t->stream.used + 2 * count + 32;
  if (arena > t->arenaRoom) {
    if (!grow(&t->stream.arena, arena + arena / 2, 1)) return false;
    t->arenaRoom = arena + arena / 2;
  }
  // One more, because each word is written before it is known to count.
  const size_t words = count + 1;
  if (words > t->wordRoom) {
    const size_t room = words + words / 2;
    if (!grow(&t->stream.hashes, room, 8) || !grow(&t->stream.locations, room, 8) ||
        !grow(&t->stream.pairs, room, 4) || !grow(&t->firsts, room, 8) || !grow(&t->seconds, room, 8))
      return false;
    t->wordRoom = room;
  }
  const size_t occurrences = t->occurrences + 2 * words;
  if (occurrences > t->occurrenceRoom) {
    const size_t room = occurrences + occurrences / 2;
    if (!grow(&t->hashes, room, 8) || !grow(&t->locations, room, 8)) return false;
    t->occurrenceRoom = room;
  }
  const size_t runs = count / 2 + 72;
  if (runs > t->runRoom) {
    const size_t room = runs + runs / 2;
    if (!grow(&t->runs.starts, room, 4) || !grow(&t->runs.ends, room, 4) || !grow(&t->runs.stops, room, 4) ||
        !grow(&t->gaps.breaks, room / 32 + 2, 8) || !grow(&t->gaps.lines, 2 * room, 4) ||
        !grow(&t->runHashes, room, 8) || !grow(&t->runFacts, room, 4))
      return false;
    t->runRoom = room;
  }
  t->stream.quote = t->rules.quotations && is_quoted(text, count, 0) ? QUOTE : 0;
  return true;
}

// MARK: Words

size_t ck_terms_used(const ck_terms *t) { return t->stream.used; }
size_t ck_terms_occurrences(const ck_terms *t) { return t->occurrences; }
const uint64_t *ck_terms_hashes(const ck_terms *t) { return t->hashes; }
const uint64_t *ck_terms_locations(const ck_terms *t) { return t->locations; }
const uint8_t *ck_terms_arena(const ck_terms *t) { return t->stream.arena; }
const uint32_t *ck_terms_met(const ck_terms *t) { return t->met; }

void ck_terms_break(ck_terms *t) { t->stream.alive = 0; }

void ck_terms_read_line(ck_terms *t, const uint8_t *text, size_t count, size_t at) {
  t->stream.quote = is_quoted(text, count, at) ? QUOTE : 0;
}

void ck_terms_rewind(ck_terms *t, size_t used, size_t occurrences) {
  t->stream.used = used;
  t->occurrences = occurrences;
}

/// What a folded word of one byte or more is, and its hash where that matters.
static uint64_t look_up(const ck_terms *t, const uint8_t *word, size_t count, uint64_t *hash) {
  *hash = 0;
  const bool isDigit = (uint8_t)(word[0] - '0') < 10;
  uint64_t number = 0;
  if (isDigit) {
    size_t digits = 0, others = 0;
    for (size_t k = 0; k < count; k++) {
      const bool is = (uint8_t)(word[k] - '0') < 10;
      digits += is;
      others += !is && word[k] != '.';
    }
    if (others == 0) {
      if (digits > t->rules.maximumDigits) return 0;
      number = NUMBER;
    }
  }
  if (count > t->rules.maximumBytes || (count == 1 && !isDigit)) return 0;
  *hash = hash_word(t->rules.word, word, count);
  // One digit is no term, but "windows 7" is.
  return (facts_of(t->grammar, *hash) & ~(uint64_t)(count == 1 ? TERM : 0)) | number;
}

/// Adds the word of `length` bytes that stands behind the arena's end, without a branch on what it is.
static inline __attribute__((always_inline)) void add(stream *s, uint64_t hash, uint64_t facts, size_t length) {
  const uint64_t isLink = facts >> 1 & 1;
  s->alive &= ~(facts >> 3);
  s->arena[s->used + length] = ' ';
  s->hashes[s->words] = hash;
  s->locations[s->words] =
      (uint64_t)s->used << 32 | (facts & QUOTE) << 27 | length << 8 | (facts >> 8 & 0x3F) << 2 | (facts & TERM);
  s->pairs[s->pairCount] = (uint32_t)s->words;
  s->pairCount += s->alive & isLink & ~((facts & s->last) >> 2);
  s->words += isLink;
  s->used += (length + 1) & -isLink;
  s->alive = isLink;
  s->last = facts;
}

void ck_terms_add(ck_terms *t, const uint8_t *word, size_t count) {
  uint64_t hash;
  const uint64_t facts = look_up(t, word, count, &hash);
  t->met[facts >> 16]++;
  memcpy(t->stream.arena + t->stream.used, word, count);
  add(&t->stream, hash, facts | t->stream.quote, count);
}

/// Sixteen bytes of this, from 16 - n on, are n that are all ones and zeros behind.
static const uint8_t window[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255};

/// Runs, folded: their first sixteen bytes, zeros behind.
typedef struct {
  uint64_t lows[BATCH], highs[BATCH], lengths[BATCH];
} batch;

static inline uint64_t load(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

/// Gathers runs of a text, of which the first `inner` have sixteen bytes before the text ends.
CK_CLONES
static void gather(const uint8_t *text, size_t count, const uint32_t *starts, const uint32_t *ends, size_t runs,
                   size_t inner, batch *out) {
  for (size_t k = 0; k < runs; k++) {
    const size_t start = starts[k], length = ends[k] - start;
    const uint8_t *at = text + start;
    uint8_t rest[16] = {0};
    if (__builtin_expect(k >= inner, 0)) {
      memcpy(rest, at, count - start < 16 ? count - start : 16);
      at = rest;
    }
    const uint8_t *const mask = window + 16 - (length < 16 ? length : 16);
    out->lows[k] = (load(at) | 0x2020202020202020) & load(mask);
    out->highs[k] = (load(at + 8) | 0x2020202020202020) & load(mask + 8);
    out->lengths[k] = length;
  }
}

/// Finds what each run of a batch is, given its hash.
CK_CLONES
static void judge(const ck_terms *t, const uint8_t *text, const batch *run, size_t runs, const uint32_t *starts,
                  uint64_t *hashes, uint32_t *facts) {
  // Copies, which no store can change.
  const grammar words = t->grammar;
  const uint64_t *const breaks = t->gaps.breaks;
  const size_t most = t->rules.maximumBytes;
  uint8_t odd[BATCH];
  size_t oddCount = 0;
  for (size_t k = 0; k < runs; k++) {
    const size_t length = run->lengths[k];
    const uint64_t noWord = (length < 2) | (length > most);
    const uint64_t isOdd = (length > LONGEST) | ((uint8_t)(run->lows[k] - '0') < 10);
    odd[oddCount] = (uint8_t)k;
    oddCount += isOdd;
    const uint64_t isBroken = breaks[starts[k] >> 6] >> (starts[k] & 63) & 1;
    facts[k] = (uint32_t)(where_zero(noWord | isOdd, facts_of(words, hashes[k])) | isBroken << 3);
  }
  for (size_t j = 0; j < oddCount; j++) {
    const size_t k = odd[j];
    // What is longer than a word may be is read no further than it takes to see that.
    const size_t length = run->lengths[k] > most ? most + 1 : run->lengths[k];
    uint8_t bytes[CK_LONGEST_WORD + 1];
    for (size_t i = 0; i < length; i++) bytes[i] = text[starts[k] + i] | 0x20;
    facts[k] |= (uint32_t)look_up(t, bytes, length, &hashes[k]);
  }
}

ck_runs ck_terms_find_runs(ck_terms *t, const uint8_t *text, size_t count) {
  ck_find_runs(text, count, &t->runs, t->gaps);
  batch words;
  for (size_t first = 0; first < t->runs.count; first += BATCH) {
    const size_t left = t->runs.count - first, runs = left < BATCH ? left : BATCH;
    const uint32_t *const starts = t->runs.starts + first;
    size_t inner = runs;
    while (inner > 0 && starts[inner - 1] + (size_t)16 > count) inner--;
    gather(text, count, starts, t->runs.ends + first, runs, inner, &words);
    hash_short_words(t->rules.word, words.lows, words.highs, words.lengths, runs, t->runHashes + first);
    judge(t, text, &words, runs, starts, t->runHashes + first, t->runFacts + first);
  }
  if (t->rules.quotations) {
    uint32_t quote = (uint32_t)t->stream.quote;
    const uint32_t *line = t->gaps.lines;
    for (size_t k = 0; k < t->runs.count; k++) {
      if (*line <= t->runs.starts[k]) {
        while (*line <= t->runs.starts[k]) line++;
        quote = is_quoted(text, count, line[-1]) ? QUOTE : 0;
      }
      t->runFacts[k] |= quote;
    }
  }
  return t->runs;
}

CK_CLONES
void ck_terms_add_runs(ck_terms *t, const uint8_t *text, size_t count, size_t first, size_t last,
                       bool continues) {
  if (continues) t->runFacts[first] &= ~(uint32_t)BREAK;
  stream s = t->stream;
  for (size_t k = first; k < last; k++) {
    const size_t start = t->runs.starts[k], facts = t->runFacts[k];
    size_t length = t->runs.ends[k] - start;
    uint8_t *const place = s.arena + s.used;
    t->met[facts >> 16]++;
    if (__builtin_expect(length <= 16 && start + 16 <= count, 1)) {
      // What stands behind the word is overwritten.
      const uint64_t word[2] = {load(text + start) | 0x2020202020202020, load(text + start + 8) | 0x2020202020202020};
      memcpy(place, word, 16);
    } else {
      for (size_t j = 0; j < length; j++) place[j] = text[start + j] | 0x20;
    }
    add(&s, t->runHashes[k], facts, length);
  }
  if (first < last) s.quote = t->runFacts[last - 1] & QUOTE;
  t->stream = s;
}

void ck_terms_end_text(ck_terms *t) {
  stream *s = &t->stream;
  uint64_t *const hashes = t->hashes, *const locations = t->locations;
  size_t count = t->occurrences;
  for (size_t k = 0; k < s->words; k++) {
    hashes[count] = s->hashes[k];
    locations[count] = s->locations[k];
    count += s->locations[k] & TERM;
  }
  if (!t->rules.pairs) s->pairCount = 0;
  for (size_t k = 0; k < s->pairCount; k++) {
    const size_t word = s->pairs[k];
    const uint64_t first = s->locations[word - 1], second = s->locations[word];
    t->firsts[k] = s->hashes[word - 1];
    t->seconds[k] = s->hashes[word];
    const uint64_t length = (second >> 32) + ((second & LENGTH) >> 8) - (first >> 32);
    locations[count + k] = (first & ~(LENGTH | 3)) | (second & SHARED) | length << 8 | 2;
  }
  hash_pairs(t->rules.pair, t->firsts, t->seconds, s->pairCount, hashes + count);
  t->occurrences = count + s->pairCount;
  s->words = 0;
  s->pairCount = 0;
  s->alive = 0;
}

// MARK: Documents

void ck_terms_begin(ck_terms *t) {
  t->occurrences = 0;
  memset(t->met, 0, sizeof t->met);
}

/// Puts each hash near its share of the slots, in order, equal ones together: hashes are keyed and so uniform.
static size_t fill_slots(ck_terms *t, uint8_t languages) {
  const uint64_t mask = (uint64_t)languages << 2;
  const size_t homes = 2 * t->occurrences;
  size_t distinct = 0;
  memset(t->slotCounts, 0, (homes + t->occurrences + 1) * sizeof *t->slotCounts);
  for (size_t i = 0; i < t->occurrences; i++) {
    slot item = {t->hashes[i], t->locations[i]};
    if (item.location & mask) continue;
    size_t at = (size_t)((unsigned __int128)item.hash * homes >> 64);
    while (t->slotCounts[at] != 0 && t->slots[at].hash < item.hash) at++;
    if (t->slotCounts[at] != 0 && t->slots[at].hash == item.hash) {
      t->slotCounts[at]++;
      t->slots[at].location &= item.location | ~QUOTED;
      continue;
    }
    // Those behind it move on, as far as the next free slot.
    uint32_t number = 1;
    for (;; at++) {
      const slot held = t->slots[at];
      const uint32_t heldNumber = t->slotCounts[at];
      t->slots[at] = item;
      t->slotCounts[at] = number;
      if (heldNumber == 0) break;
      item = held;
      number = heldNumber;
    }
    distinct++;
  }
  return distinct;
}

bool ck_terms_end_document(ck_terms *t, uint8_t languages) {
  const size_t slots = 3 * t->occurrences + 1;
  if (slots > t->slotRoom) {
    if (!grow(&t->slots, slots + slots / 2, sizeof *t->slots) ||
        !grow(&t->slotCounts, slots + slots / 2, sizeof *t->slotCounts))
      return false;
    t->slotRoom = slots + slots / 2;
  }
  // One more, because each slot is written before it is known to be taken.
  const size_t terms = t->termCount + t->occurrences + 1;
  if (terms > t->termRoom) {
    const size_t room = terms + terms / 2;
    if (!grow(&t->terms, room, 8) || !grow(&t->termLocations, room, 8) || !grow(&t->counts, room, 2)) return false;
    t->termRoom = room;
  }
  const size_t end = t->termCount + fill_slots(t, languages);
  for (size_t at = 0; t->termCount < end; at++) {
    const uint32_t count = t->slotCounts[at];
    t->terms[t->termCount] = t->slots[at].hash;
    t->termLocations[t->termCount] = t->slots[at].location;
    t->counts[t->termCount] = (uint16_t)(count < 65535 ? count : 65535);
    t->termCount += count != 0;
  }
  return true;
}

ck_term_block ck_terms_block(const ck_terms *t) {
  return (ck_term_block){
      .terms = t->terms, .locations = t->termLocations, .counts = t->counts, .count = t->termCount};
}

void ck_terms_clear(ck_terms *t) {
  t->stream.used = 0;
  t->termCount = 0;
  t->occurrences = 0;
}
