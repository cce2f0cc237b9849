#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A C header over ICU4C, Snowball and CLD2. Foundation carries an ICU of its own under other symbol names; only
// this target sees Debian's. Every text is UTF-8; a pointer handed out is valid until the next call on the
// same object that answers with the same kind of thing.

#ifdef __cplusplus
extern "C" {
#endif

/// Normalisers, a word-break iterator and their buffers. Not thread-safe: one for each thread.
typedef struct throng_text throng_text;

/// NULL where ICU's data cannot be loaded.
throng_text *throng_text_create(void);
void throng_text_destroy(throng_text *text);

/// NFKC without default-ignorable code points (zero-width characters among them); decimal digits of every
/// script become ASCII, and hyphens and the minus sign become '-'. A byte sequence that is not UTF-8
/// becomes U+FFFD. False when memory ran out.
bool throng_text_clean(
    throng_text *text, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count);

/// NFKC_Casefold; ASCII stays as it is where nothing else has to be folded. False when memory ran out. What is handed out by this and by
/// throng_text_clean is `bytes` itself where nothing changes.
bool throng_text_fold(
    throng_text *text, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count);

/// Word boundaries (UAX 29, with dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese) as byte
/// offsets, the first 0 and the last `count`. Where `letters` is not NULL it receives, for each segment, 1
/// when the segment is a word and 0 when it is space or punctuation. False on failure; `count` < 2³¹.
bool throng_text_words(
    throng_text *text, const uint8_t *bytes, size_t count, const int32_t **boundaries,
    const uint8_t **letters, size_t *boundary_count);

/// What the tokenizer has to know of a code point.
enum throng_text_class {
  throng_text_class_other = 0,
  /// A letter of a script that puts spaces between words, or a digit.
  throng_text_class_letter = 1,
  /// A combining mark: part of the word before it.
  throng_text_class_mark = 2,
  /// A letter of a script without spaces between words.
  throng_text_class_unspaced = 3,
  /// An apostrophe or a middle dot: part of a word between two letters.
  throng_text_class_joiner = 4,
  /// White space: between words, no end of a phrase.
  throng_text_class_space = 5,
};

/// The classes of the code points below `count`, one byte for each.
void throng_text_classes(uint8_t *classes, uint32_t count);

/// A Snowball stemmer. Not thread-safe.
typedef struct throng_stemmer throng_stemmer;

/// NULL where Snowball has no algorithm of that name; names are ISO 639 codes or English names.
throng_stemmer *throng_stemmer_create(const char *language);
void throng_stemmer_destroy(throng_stemmer *stemmer);

/// The stem of a folded word. False when memory ran out.
bool throng_stemmer_stem(
    throng_stemmer *stemmer, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count);

/// The language of valid UTF-8 by CLD2, as its own number; `reliable` says whether it is sure. Thread-safe.
/// CLD2's number of the unknown language where it finds none.
int32_t throng_language_detect(const uint8_t *bytes, size_t count, bool *reliable);

/// The code of a language, which lives for ever; "un" for a number that is none.
const char *throng_language_code(int32_t language);

#ifdef __cplusplus
}
#endif
