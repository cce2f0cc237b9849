#include <stdlib.h>
#include <string.h>

#include "CTerms.h"
#include "Clones.h"

// What a word is, by its bytes.
enum {
  TERM = 1,    // is a term
  LINK = 2,    // goes on with a phrase; what does not ends it
  NUMBER = 4,  // makes no pair with another number
};

typedef struct {
  uint64_t low, high;  // up to sixteen bytes, zeros behind; 0, 0 where the place is free
  uint64_t hash;
  uint8_t kind, languages, class, unused[5];
} known_word;

enum { KNOWN_BITS = 12, LONGEST_KNOWN = 16 };

// Of an occurrence's location: the bits of its languages and its quotation, and of its length.
#define SHARED 0x800000FCull
#define QUOTED 0x80000000ull
#define LENGTH 0x7FFFFF00ull

typedef struct {
  uint64_t hash, location;
} slot;

/// What a word is added to. Its own type, so that a loop may hold a copy in registers.
typedef struct {
  uint8_t *arena;
  // Occurrences of the document.
  uint64_t *hashes, *locations;
  // Pairs of the text, as the hashes of both words.
  uint64_t *firsts, *seconds, *pairLocations;
  uint32_t *met;
  size_t used, occurrences, pairs;
  // The word before; 1 while a phrase goes on.
  uint64_t lastHash, lastLocation, alive;
  uint64_t quoted, makesPairs;
  uint8_t lastKind;
} stream;

struct ck_terms {
  ck_term_rules rules;
  uint64_t *keys;
  uint16_t *kinds;
  known_word *known;

  stream stream;
  size_t arenaRoom, occurrenceRoom, pairRoom;
  uint32_t met[256];

  ck_runs runs;
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
  ck_terms *t = calloc(1, sizeof *t);
  if (t == NULL) return NULL;
  t->rules = *rules;
  t->stream.met = t->met;
  t->stream.makesPairs = rules->pairs;
  t->keys = malloc(rules->capacity * sizeof *t->keys);
  t->kinds = malloc(rules->capacity * sizeof *t->kinds);
  t->known = calloc((size_t)1 << KNOWN_BITS, sizeof *t->known);
  if (t->keys == NULL || t->kinds == NULL || t->known == NULL) {
    ck_terms_destroy(t);
    return NULL;
  }
  memcpy(t->keys, rules->keys, rules->capacity * sizeof *t->keys);
  memcpy(t->kinds, rules->kinds, rules->capacity * sizeof *t->kinds);
  return t;
}

void ck_terms_destroy(ck_terms *t) {
  if (t == NULL) return;
  void *const owned[] = {t->keys,      t->kinds,      t->known,   t->stream.arena,      t->stream.hashes,   t->stream.locations,
                         t->stream.firsts,    t->stream.seconds,    t->stream.pairLocations,          t->runs.starts, t->runs.ends,
                         t->runs.stops,  t->runs.breaks,  t->slots,   t->slotCounts, t->terms,
                         t->termLocations, t->counts};
  for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
  free(t);
}

bool ck_terms_reserve(ck_terms *t, size_t count) {
  // A byte gives at most itself and, in scripts without spaces, a space every other byte.
  const size_t arena = t->stream.used + 2 * count + 2 * LONGEST_KNOWN;
  if (arena > t->arenaRoom) {
    if (!grow(&t->stream.arena, arena + arena / 2, 1)) return false;
    t->arenaRoom = arena + arena / 2;
  }
  const size_t words = count + 8;
  if (words > t->pairRoom) {
    const size_t room = words + words / 2;
    if (!grow(&t->stream.firsts, room, 8) || !grow(&t->stream.seconds, room, 8) || !grow(&t->stream.pairLocations, room, 8))
      return false;
    t->pairRoom = room;
  }
  const size_t occurrences = t->stream.occurrences + 2 * words;
  if (occurrences > t->occurrenceRoom) {
    const size_t room = occurrences + occurrences / 2;
    if (!grow(&t->stream.hashes, room, 8) || !grow(&t->stream.locations, room, 8)) return false;
    t->occurrenceRoom = room;
  }
  const size_t runs = count / 2 + 72;
  if (runs > t->runRoom) {
    const size_t room = runs + runs / 2;
    if (!grow(&t->runs.starts, room, 4) || !grow(&t->runs.ends, room, 4) || !grow(&t->runs.stops, room, 4) ||
        !grow(&t->runs.breaks, room / 32 + 2, 8))
      return false;
    t->runRoom = room;
  }
  return true;
}

ck_runs ck_terms_runs(ck_terms *t) { return t->runs; }

// MARK: Words

size_t ck_terms_used(const ck_terms *t) { return t->stream.used; }
size_t ck_terms_occurrences(const ck_terms *t) { return t->stream.occurrences; }
const uint64_t *ck_terms_hashes(const ck_terms *t) { return t->stream.hashes; }
const uint64_t *ck_terms_locations(const ck_terms *t) { return t->stream.locations; }
const uint8_t *ck_terms_arena(const ck_terms *t) { return t->stream.arena; }
const uint32_t *ck_terms_met(const ck_terms *t) { return t->met; }

void ck_terms_break(ck_terms *t) { t->stream.alive = 0; }
void ck_terms_quote(ck_terms *t, bool quoted) { t->stream.quoted = quoted ? QUOTED : 0; }

void ck_terms_rewind(ck_terms *t, size_t used, size_t occurrences) {
  t->stream.used = used;
  t->stream.occurrences = occurrences;
}

/// What a folded word of one byte or more is.
static known_word look_up(const ck_terms *t, const uint8_t *word, size_t count) {
  known_word found = {0};
  const bool isDigit = (uint8_t)(word[0] - '0') < 10;
  if (isDigit) {
    size_t digits = 0, others = 0;
    for (size_t k = 0; k < count; k++) {
      const bool is = (uint8_t)(word[k] - '0') < 10;
      digits += is;
      others += !is && word[k] != '.';
    }
    if (others == 0) {
      if (digits > t->rules.maximumDigits) return found;
      found.kind = NUMBER;
    }
  }
  if (count > t->rules.maximumBytes || (count == 1 && !isDigit)) return found;
  found.hash = hash_word(t->rules.word, word, count);
  size_t at = found.hash & (t->rules.capacity - 1);
  for (; t->keys[at] != 0; at = (at + 1) & (t->rules.capacity - 1)) {
    if (t->keys[at] != found.hash) continue;
    found.class = (uint8_t)t->kinds[at];
    found.languages = (uint8_t)(t->kinds[at] >> 8);
    if (found.class != 0) return found;
    break;
  }
  // One digit is no term, but "windows 7" is.
  found.kind |= LINK | (count > 1 ? TERM : 0);
  return found;
}

/// Adds the word of `length` bytes that stands behind the arena's end, without a branch on what it is.
static inline __attribute__((always_inline)) void add(stream *s, const known_word *word, size_t length) {
  const uint8_t kind = word->kind;
  const size_t start = s->used, end = start + length;
  const uint64_t location = start << 32 | s->quoted | length << 8 | (uint64_t)word->languages << 2;
  s->met[word->class]++;
  s->hashes[s->occurrences] = word->hash;
  s->locations[s->occurrences] = location | 1;
  s->occurrences += kind & TERM;
  s->firsts[s->pairs] = s->lastHash;
  s->seconds[s->pairs] = word->hash;
  s->pairLocations[s->pairs] =
      (s->lastLocation & ~LENGTH) | (location & SHARED) | (end - (s->lastLocation >> 32)) << 8 | 2;
  const uint64_t isLink = kind >> 1 & 1;
  const uint64_t bothNumbers = (kind & s->lastKind) >> 2 & 1;
  s->pairs += s->alive & isLink & ~bothNumbers;
  s->arena[end] = ' ';
  s->used += (length + 1) & -isLink;
  s->alive = isLink & s->makesPairs;
  s->lastHash = word->hash;
  s->lastLocation = location;
  s->lastKind = kind;
}

void ck_terms_add(ck_terms *t, const uint8_t *word, size_t count) {
  const known_word found = look_up(t, word, count);
  memcpy(t->stream.arena + t->stream.used, word, count);
  add(&t->stream, &found, count);
}

/// Sixteen bytes of this, from 16 - n on, are n that are all ones and zeros behind.
static const uint8_t window[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255};

void ck_terms_add_runs(ck_terms *t, const uint8_t *text, size_t count, ck_runs runs, size_t first, size_t last,
                       bool continues) {
  typedef uint64_t two __attribute__((vector_size(16)));
  const two fold = {0x2020202020202020, 0x2020202020202020};
  known_word *const words = t->known;
  stream s = t->stream;
  for (size_t k = first; k < last; k++) {
    const size_t start = runs.starts[k], length = runs.ends[k] - start;
    const uint64_t breaks = runs.breaks[start >> 6] >> (start & 63) & 1;
    s.alive &= ~breaks | continues;
    continues = false;
    if (__builtin_expect(length > LONGEST_KNOWN, 0)) {
      // What is longer than a word may be is read no further than it takes to see that.
      const size_t most = t->rules.maximumBytes + (size_t)1;
      const size_t kept = length < most ? length : most;
      for (size_t j = 0; j < kept; j++) s.arena[s.used + j] = text[start + j] | 0x20;
      const known_word found = look_up(t, s.arena + s.used, kept);
      add(&s, &found, kept);
      continue;
    }
    two word, mask;
    if (__builtin_expect(start + sizeof word <= count, 1)) {
      memcpy(&word, text + start, sizeof word);
    } else {
      word = (two){0, 0};
      memcpy(&word, text + start, length);
    }
    memcpy(&mask, window + LONGEST_KNOWN - length, sizeof mask);
    word = (word | fold) & mask;
    memcpy(s.arena + s.used, &word, sizeof word);
    const uint64_t low = word[0], high = word[1];
    const uint64_t mixed = (low ^ high * 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93;
    known_word *known = &words[mixed >> (64 - KNOWN_BITS)];
    if (__builtin_expect(known->low != low || known->high != high, 0)) {
      *known = look_up(t, s.arena + s.used, length);
      known->low = low;
      known->high = high;
    }
    add(&s, known, length);
  }
  t->stream = s;
}

void ck_terms_end_text(ck_terms *t) {
  stream *s = &t->stream;
  hash_pairs(t->rules.pair, s->firsts, s->seconds, s->pairs, s->hashes + s->occurrences);
  memcpy(s->locations + s->occurrences, s->pairLocations, s->pairs * sizeof *s->locations);
  s->occurrences += s->pairs;
  s->pairs = 0;
  s->alive = 0;
}

// MARK: Documents

void ck_terms_begin(ck_terms *t) {
  t->stream.occurrences = 0;
  memset(t->met, 0, sizeof t->met);
}

/// Puts each hash near its share of the slots, in order, equal ones together: hashes are keyed and so uniform.
static size_t fill_slots(ck_terms *t, uint8_t languages) {
  const uint64_t mask = (uint64_t)languages << 2;
  const size_t homes = 2 * t->stream.occurrences;
  size_t distinct = 0;
  memset(t->slotCounts, 0, (homes + t->stream.occurrences + 1) * sizeof *t->slotCounts);
  for (size_t i = 0; i < t->stream.occurrences; i++) {
    slot item = {t->stream.hashes[i], t->stream.locations[i]};
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
  const size_t slots = 3 * t->stream.occurrences + 1;
  if (slots > t->slotRoom) {
    if (!grow(&t->slots, slots + slots / 2, sizeof *t->slots) ||
        !grow(&t->slotCounts, slots + slots / 2, sizeof *t->slotCounts))
      return false;
    t->slotRoom = slots + slots / 2;
  }
  // One more, because each slot is written before it is known to be taken.
  const size_t terms = t->termCount + t->stream.occurrences + 1;
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
  t->stream.occurrences = 0;
}
