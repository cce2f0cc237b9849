#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// From the bytes of texts to keyed hashes of words and of pairs of neighbours, counted by document.

#pragma clang assume_nonnull begin

/// The most that ck_term_rules.maximumBytes may be.
enum { CK_LONGEST_WORD = 120 };

/// What words are, for ck_terms_create.
typedef struct {
  /// SipHash keys of words and of pairs.
  uint64_t word[2], pair[2];
  /// A longer word, or a number of more digits, is no term and ends a phrase.
  uint32_t maximumBytes, maximumDigits;
  bool pairs;
  /// Whether lines that are quoted are told apart.
  bool quotations;
  /// Function words, open addressing by the low bits of their hash; a power of two; 0 is free. Of each the
  /// languages (six bits) in which a word that is content elsewhere is grammar << 8 | its class; class 0 for those.
  const uint64_t *keys;
  const uint16_t *kinds;
  size_t capacity;
} ck_term_rules;

/// Counts what passes by, with the spellings of all words in one arena. Owns its memory. Not thread-safe.
typedef struct ck_terms ck_terms;

/// NULL when memory ran out, or words may be too long.
ck_terms *_Nullable ck_terms_create(const ck_term_rules *rules);
void ck_terms_destroy(ck_terms *_Nullable terms);

/// Bytes of the arena that are used; occurrences of terms in the document so far.
size_t ck_terms_used(const ck_terms *terms);
size_t ck_terms_occurrences(const ck_terms *terms);

/// Begins a text of `count` bytes, fewer than 2^32. False when memory ran out.
bool ck_terms_begin_text(ck_terms *terms, const uint8_t *_Nullable text, size_t count);

/// Runs of ASCII letters and digits of a text: where each starts and ends. Most are words by themselves. Where one is not it is
/// a stop; these ascend. What stands before it must be read byte by byte (a byte of 0x80 or more, a dot that may belong to it),
/// or what stands behind may join it: the number of the run << 1 | whether it may be joined.
typedef struct {
  uint32_t *starts, *ends, *stops;
  size_t count, stopCount;
  bool isASCII;
} ck_runs;

/// Finds the runs of the text that was begun, 64 bytes at a time, and hashes them. Valid until the next text. O(count).
ck_runs ck_terms_find_runs(ck_terms *terms, const uint8_t *_Nullable text, size_t count);

/// Adds runs first..<last as words, none of them a stop but what was read before the first one; with `continues` a mark before
/// the first is passed over.
void ck_terms_add_runs(ck_terms *terms, const uint8_t *text, size_t count, size_t first, size_t last,
                       bool continues);

/// Ends the phrase: the next word makes no pair with the one before.
void ck_terms_break(ck_terms *terms);

/// Begins a line, which may repeat what somebody else wrote, as mail and news programs mark it: by '>', '|' or '}', or by ':'
/// before a space, after spaces and perhaps up to four letters of somebody's initials before '>'. It is not found where it
/// has no mark, or was pasted from elsewhere.
void ck_terms_read_line(ck_terms *terms, const uint8_t *text, size_t count, size_t at);

/// Adds a folded word.
void ck_terms_add(ck_terms *terms, const uint8_t *word, size_t count);

/// Ends a text: pairs become occurrences.
void ck_terms_end_text(ck_terms *terms);

/// One occurrence of a term: its hash; and start in the arena << 32 | quoted << 31 | length << 8 | languages in
/// which it is grammar << 2 | number of words.
const uint64_t *ck_terms_hashes(const ck_terms *terms);
const uint64_t *ck_terms_locations(const ck_terms *terms);
const uint8_t *ck_terms_arena(const ck_terms *terms);

/// Goes back to where the arena held `used` bytes and the document `occurrences`.
void ck_terms_rewind(ck_terms *terms, size_t used, size_t occurrences);

/// How many function words of each class were met since ck_terms_begin; 256 numbers.
const uint32_t *ck_terms_met(const ck_terms *terms);

/// Begins a document.
void ck_terms_begin(ck_terms *terms);

/// Ends a document without the occurrences that are grammar in a language of the mask: appends its distinct terms,
/// ascending, to the block. O(occurrences) expected. False when memory ran out.
bool ck_terms_end_document(ck_terms *terms, uint8_t languages);

/// The terms of the documents since the last ck_terms_clear: hash, count (at most 65,535), the location of one
/// occurrence (quoted: all of them are).
typedef struct {
  const uint64_t *terms, *locations;
  const uint16_t *counts;
  size_t count;
} ck_term_block;
ck_term_block ck_terms_block(const ck_terms *terms);

/// Forgets all documents and spellings.
void ck_terms_clear(ck_terms *terms);

#pragma clang assume_nonnull end
