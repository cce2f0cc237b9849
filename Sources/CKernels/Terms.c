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
  // Runs that go on with a phrase.
  uint32_t *links;
  size_t runRoom;

  // Occurrences in order of hash, and where those of each range of hashes go.
  slot *slots;
  uint32_t *places;
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

/// Cuckoo hashing (Pagh and Rodler 2004, doi:10.1016/j.jalgor.2003.12.002): a word is found without a branch, since every other
/// word of a text is one. False where no place was found for one.
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

/// The facts of a word by its hash and what stands in its two places.
static inline uint64_t facts_of(uint64_t hash, uint64_t a, uint64_t b) {
  const uint64_t kind = ((a ^ hash) >> 16 == 0 ? a : 0) | ((b ^ hash) >> 16 == 0 ? b : 0);
  const uint64_t class = kind & 0xFF;
  return class << 16 | (kind & 0xFF00) | (class == 0 ? TERM | LINK : 0);
}

static inline uint64_t first_place(grammar words, uint64_t hash) { return words.tables[0][place(hash, 0, words.mask)]; }
static inline uint64_t second_place(grammar words, uint64_t hash) { return words.tables[1][place(hash, 1, words.mask)]; }

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
  while (places < words) places *= 2;
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
      t->runHashes,     t->runFacts,         t->slots,         t->places,        t->terms,
      t->termLocations, t->counts,          t->links,
  };
  for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
  free(t);
}

static inline uint64_t load(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

static inline bool is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

/// Whether the line from `at` is marked as a quotation. O(1) but for spaces.
static bool is_quoted(const uint8_t *text, size_t count, size_t at) {
  if (at + 8 <= count && is_letter(text[at])) {
    // Nearly all lines: a letter, and none of eight bytes is '>'.
    const uint64_t zeros = load(text + at) ^ 0x3E3E3E3E3E3E3E3E;
    if (((zeros - 0x0101010101010101) & ~zeros & 0x8080808080808080) == 0) return false;
  }
  while (at < count && (text[at] == ' ' || text[at] == '\t')) at++;
  if (at >= count) return false;
  if (text[at] == '>' || text[at] == '|' || text[at] == '}') return true;
  if (text[at] == ':') return at + 1 < count && (text[at + 1] == ' ' || text[at + 1] == '\t');
  for (size_t initials = 0; initials <= 4 && at + initials < count; initials++) {
    const uint8_t b = text[at + initials];
    if (b == '>') return initials > 0;
    if (!is_letter(b)) return false;
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
        !grow(&t->runHashes, room, 8) || !grow(&t->runFacts, room, 4) || !grow(&t->links, room, 4))
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
  const uint64_t facts = facts_of(*hash, first_place(t->grammar, *hash), second_place(t->grammar, *hash));
  return (facts & ~(uint64_t)(count == 1 ? TERM : 0)) | number;
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

/// Finds what each run of a batch is, given its hash. The loads and the arithmetic are apart, so that the latter becomes vectors: with
/// branches a third of them would be wrong guesses.
CK_CLONES
static void judge(const ck_terms *t, const uint8_t *text, const batch *run, size_t runs, const uint32_t *starts,
                  uint64_t *hashes, uint32_t *facts) {
  // Copies, which no store can change.
  const grammar words = t->grammar;
  const uint64_t *const breaks = t->gaps.breaks;
  const int64_t most = t->rules.maximumBytes, mostDigits = t->rules.maximumDigits;
  uint64_t firsts[BATCH], seconds[BATCH], broken[BATCH];
  for (size_t k = 0; k < runs; k++) {
    firsts[k] = first_place(words, hashes[k]);
    seconds[k] = second_place(words, hashes[k]);
    broken[k] = breaks[starts[k] >> 6] >> (starts[k] & 63);
  }
  uint64_t longest = 0;
  for (size_t k = 0; k < runs; k++) {
    const int64_t length = (int64_t)run->lengths[k];
    const bool isSingle = length < 2, isLong = length > LONGEST;
    // Letters have this bit, and digits have not.
    const bool startsWithLetter = (run->lows[k] & 0x40) != 0;
    const bool isNumber = ((run->lows[k] | run->highs[k]) & 0x4040404040404040) == 0;
    const bool isNoWord = isLong | (length > most) | (isSingle & startsWithLetter) | (isNumber & (length > mostDigits));
    // One digit is no term, but "windows 7" is.
    const uint64_t known = (facts_of(hashes[k], firsts[k], seconds[k]) & ~(isSingle ? (uint64_t)TERM : 0)) | (isNumber ? NUMBER : 0);
    facts[k] = (uint32_t)((isNoWord ? 0 : known) | (broken[k] & 1) << 3);
    longest |= isLong;
  }
  for (size_t k = 0; k < runs && longest; k++) {
    if (run->lengths[k] <= LONGEST) continue;
    // What is longer than a word may be is read no further than it takes to see that.
    const size_t length = run->lengths[k] > (size_t)most ? (size_t)most + 1 : run->lengths[k];
    uint8_t bytes[CK_LONGEST_WORD + 1];
    for (size_t i = 0; i < length; i++) bytes[i] = text[starts[k] + i] | 0x20;
    facts[k] |= (uint32_t)look_up(t, bytes, length, &hashes[k]);
  }
}

/// The first run from `from` on that starts at `at` or behind.
static size_t run_at(const ck_runs *runs, size_t from, uint32_t at) {
  size_t low = from, high = runs->count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (runs->starts[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/// Marks the runs in lines that quote somebody; so is the first line where the text began so.
static void mark_quotations(ck_terms *t, const uint8_t *text, size_t count) {
  size_t from = 0;
  bool quotes = t->stream.quote != 0;
  for (const uint32_t *line = t->gaps.lines;; line++) {
    if (quotes) {
      for (; from < t->runs.count && t->runs.starts[from] < *line; from++) t->runFacts[from] |= QUOTE;
    }
    if (*line == UINT32_MAX) return;
    quotes = is_quoted(text, count, *line);
    if (quotes) from = run_at(&t->runs, from, *line);
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
  if (t->rules.quotations) mark_quotations(t, text, count);
  return t->runs;
}

CK_CLONES
void ck_terms_add_runs(ck_terms *t, const uint8_t *text, size_t count, size_t first, size_t last,
                       bool continues) {
  if (continues) t->runFacts[first] &= ~(uint32_t)BREAK;
  // Half the words are grammar, and only end a phrase.
  uint32_t *const links = t->links;
  size_t linkCount = 0;
  for (size_t k = first; k < last; k++) {
    const uint32_t facts = t->runFacts[k];
    t->met[facts >> 16]++;
    links[linkCount] = (uint32_t)k;
    linkCount += facts >> 1 & 1;
  }
  stream s = t->stream;
  size_t next = first;
  for (size_t j = 0; j < linkCount; j++) {
    const size_t k = links[j], start = t->runs.starts[k], length = t->runs.ends[k] - start;
    s.alive &= -(uint64_t)(k == next);
    next = k + 1;
    uint8_t *const place = s.arena + s.used;
    if (__builtin_expect(length <= 16 && start + 16 <= count, 1)) {
      // What stands behind the word is overwritten.
      const uint64_t word[2] = {load(text + start) | 0x2020202020202020, load(text + start + 8) | 0x2020202020202020};
      memcpy(place, word, 16);
    } else {
      for (size_t i = 0; i < length; i++) place[i] = text[start + i] | 0x20;
    }
    add(&s, t->runHashes[k], t->runFacts[k], length);
  }
  s.alive &= -(uint64_t)(next == last);
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

/// Sorts the document's occurrences by hash into `slots`, but for words of these languages; equal ones stay as they came. Answers how many.
/// Hashes are keyed and so uniform: put by their first bits they are sorted but for neighbours.
static size_t sort_occurrences(ck_terms *t, uint8_t languages) {
  const uint64_t mask = (uint64_t)languages << 2;
  size_t count = t->occurrences;
  if (mask != 0) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
      t->hashes[kept] = t->hashes[i];
      t->locations[kept] = t->locations[i];
      kept += (t->locations[i] & mask) == 0;
    }
    t->occurrences = count = kept;
  }
  if (count == 0) return 0;
  const int shift = __builtin_clzll(count);
  const size_t homes = 1ull << (64 - shift);
  uint32_t *const places = t->places;
  memset(places, 0, homes * sizeof *places);
  for (size_t i = 0; i < count; i++) places[t->hashes[i] >> shift]++;
  uint32_t sum = 0;
  for (size_t home = 0; home < homes; home++) {
    const uint32_t here = places[home];
    places[home] = sum;
    sum += here;
  }
  slot *const slots = t->slots;
  for (size_t i = 0; i < count; i++) slots[places[t->hashes[i] >> shift]++] = (slot){t->hashes[i], t->locations[i]};
  for (size_t i = 1; i < count; i++) {
    if (__builtin_expect(slots[i].hash >= slots[i - 1].hash, 1)) continue;
    const slot item = slots[i];
    size_t at = i;
    for (; at > 0 && slots[at - 1].hash > item.hash; at--) slots[at] = slots[at - 1];
    slots[at] = item;
  }
  return count;
}

bool ck_terms_end_document(ck_terms *t, uint8_t languages) {
  if (t->occurrences > t->slotRoom) {
    const size_t room = t->occurrences + t->occurrences / 2;
    // Places for up to twice as many.
    if (!grow(&t->slots, room, sizeof *t->slots) || !grow(&t->places, 2 * room, sizeof *t->places)) return false;
    t->slotRoom = room;
  }
  const size_t most = t->termCount + t->occurrences;
  if (most > t->termRoom) {
    const size_t room = most + most / 2;
    if (!grow(&t->terms, room, 8) || !grow(&t->termLocations, room, 8) || !grow(&t->counts, room, 2)) return false;
    t->termRoom = room;
  }
  const size_t count = sort_occurrences(t, languages);
  const slot *const slots = t->slots;
  uint64_t *const terms = t->terms + t->termCount, *const locations = t->termLocations + t->termCount;
  uint16_t *const counts = t->counts + t->termCount;
  size_t end = 0;
  uint64_t last = 0, location = 0, number = 0;
  for (size_t i = 0; i < count; i++) {
    const bool isNew = i == 0 || slots[i].hash != last;
    last = slots[i].hash;
    end += isNew;
    location = isNew ? slots[i].location : location & (slots[i].location | ~QUOTED);
    number = isNew ? 1 : number + (number < 65535);
    terms[end - 1] = last;
    locations[end - 1] = location;
    counts[end - 1] = (uint16_t)number;
  }
  t->termCount += end;
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
