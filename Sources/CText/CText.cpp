#include "CText.h"

// CLD2's header uses FILE without saying so.
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <bitset>
#include <memory>
#include <new>
#include <string>
#include <vector>

using icu::BreakIterator;
using icu::Normalizer2;

struct throng_text {
  const Normalizer2 *nfkc = nullptr;
  const Normalizer2 *casefold = nullptr;
  std::unique_ptr<BreakIterator> words;
  UText utext = UTEXT_INITIALIZER;
  std::string visible;
  std::string cleaned;
  std::string folded;
  // A text in UTF-16, and where the bytes of each unit begin: to break UTF-8 takes a fifth longer.
  std::u16string wide;
  std::vector<int32_t> places;
  std::vector<int32_t> boundaries;
  std::vector<uint8_t> letters;

  ~throng_text() { utext_close(&utext); }
};

namespace {

bool is_hyphen(UChar32 c) { return (c >= 0x2010 && c <= 0x2013) || c == 0x2212 || c == 0xFE63; }

/// Code points of planes 0 and 1 by what happens to them: one load instead of ICU's properties.
struct code_points {
  static constexpr UChar32 end = 0x20000;
  using set = std::bitset<end>;
  /// Replaced or left out by `append_visible`.
  set changed;
  /// Texts of none but these stay as they are when they are cleaned, or folded.
  set clean, folded;

  code_points() {
    for (UChar32 c = 0; c < end; ++c) {
      changed[c] = is_hyphen(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(c) == U_DECIMAL_DIGIT_NUMBER;
      // The quick check of Unicode Standard Annex 15, section 9.
      const bool is_normal = u_getIntPropertyValue(c, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES && u_getCombiningClass(c) == 0;
      clean[c] = is_normal && !changed[c];
      folded[c] = is_normal && !u_hasBinaryProperty(c, UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED);
    }
  }

  static const code_points &known() {
    static const code_points known;
    return known;
  }
};

/// Appends the text without default-ignorable code points; with `plain`, digits and hyphens as ASCII.
void append_visible(const char *bytes, size_t count, bool plain, std::string &out) {
  const code_points &known = code_points::known();
  const int32_t length = static_cast<int32_t>(count);
  int32_t at = 0;
  int32_t copied = 0;
  while (at < length) {
    if (static_cast<uint8_t>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const int32_t start = at;
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    const char *replacement = nullptr;
    char digit[2] = {0, 0};
    if (c < 0) {
      replacement = "\xEF\xBF\xBD";
    } else if (c < code_points::end && !known.changed[static_cast<size_t>(c)]) {
      continue;
    } else if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      replacement = "";
    } else if (plain && is_hyphen(c)) {
      replacement = "-";
    } else if (plain && u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
      digit[0] = static_cast<char>('0' + u_charDigitValue(c));
      replacement = digit;
    }
    if (replacement != nullptr) {
      out.append(bytes + copied, static_cast<size_t>(start - copied));
      out.append(replacement);
      copied = at;
    }
  }
  out.append(bytes + copied, static_cast<size_t>(length - copied));
}

bool normalize(const Normalizer2 *normalizer, const char *bytes, size_t count, std::string &out) {
  UErrorCode error = U_ZERO_ERROR;
  out.clear();
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(count));
  normalizer->normalizeUTF8(
      0, icu::StringPiece(bytes, static_cast<int32_t>(count)), sink, nullptr, error);
  return U_SUCCESS(error);
}

/// Answers with the text itself where every code point beyond ASCII is in the set.
bool is_left_as_it_is(
    const code_points::set &set, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count) {
  const int32_t length = static_cast<int32_t>(count);
  for (int32_t at = 0; at < length;) {
    if (bytes[at] < 0x80) {
      ++at;
      continue;
    }
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    if (c < 0 || c >= code_points::end || !set[static_cast<size_t>(c)]) return false;
  }
  *out = bytes;
  *out_count = count;
  return true;
}

void answer(const std::string &from, const uint8_t **out, size_t *out_count) {
  *out = reinterpret_cast<const uint8_t *>(from.data());
  *out_count = from.size();
}

void widen(throng_text &text, const uint8_t *bytes, int32_t count) {
  text.wide.clear();
  text.places.clear();
  for (int32_t at = 0; at < count;) {
    const int32_t start = at;
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, at, count, c);
    if (c > 0xFFFF) {
      text.wide.push_back(U16_LEAD(c));
      text.places.push_back(start);
    }
    text.wide.push_back(static_cast<char16_t>(c > 0xFFFF ? U16_TRAIL(c) : c));
    text.places.push_back(start);
  }
  text.places.push_back(count);
}

uint8_t class_of(UChar32 c) {
  if (c == '\'' || c == 0x2019 || c == 0x00B7 || c == 0x05F3 || c == 0x05F4) {
    return throng_text_class_joiner;
  }
  const int32_t line_break = u_getIntPropertyValue(c, UCHAR_LINE_BREAK);
  const int32_t word_break = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
  const uint32_t category = U_MASK(u_charType(c));
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &error);
  if (line_break == U_LB_COMPLEX_CONTEXT || word_break == U_WB_KATAKANA || script == USCRIPT_HIRAGANA || script == USCRIPT_HAN ||
      u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) {
    return throng_text_class_unspaced;
  }
  if (category & U_GC_M_MASK) return throng_text_class_mark;
  if (category & (U_GC_L_MASK | U_GC_ND_MASK)) return throng_text_class_letter;
  return u_isUWhiteSpace(c) ? throng_text_class_space : throng_text_class_other;
}

}  // namespace

throng_text *throng_text_create(void) {
  std::unique_ptr<throng_text> text(new (std::nothrow) throng_text);
  if (!text) return nullptr;
  UErrorCode error = U_ZERO_ERROR;
  text->nfkc = Normalizer2::getNFKCInstance(error);
  text->casefold = Normalizer2::getNFKCCasefoldInstance(error);
  text->words.reset(BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  return U_SUCCESS(error) ? text.release() : nullptr;
}

void throng_text_destroy(throng_text *text) { delete text; }

bool throng_text_clean(
    throng_text *text, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count) try {
  if (is_left_as_it_is(code_points::known().clean, bytes, count, out, out_count)) return true;
  text->visible.clear();
  append_visible(reinterpret_cast<const char *>(bytes), count, false, text->visible);
  if (!normalize(text->nfkc, text->visible.data(), text->visible.size(), text->cleaned)) return false;
  text->visible.clear();
  append_visible(text->cleaned.data(), text->cleaned.size(), true, text->visible);
  answer(text->visible, out, out_count);
  return true;
} catch (const std::bad_alloc &) {
  return false;
}

bool throng_text_fold(
    throng_text *text, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count) try {
  // The tokenizer folds ASCII by itself.
  if (is_left_as_it_is(code_points::known().folded, bytes, count, out, out_count)) return true;
  if (!normalize(text->casefold, reinterpret_cast<const char *>(bytes), count, text->folded)) return false;
  answer(text->folded, out, out_count);
  return true;
} catch (const std::bad_alloc &) {
  return false;
}

bool throng_text_words(
    throng_text *text, const uint8_t *bytes, size_t count, const int32_t **boundaries,
    const uint8_t **letters, size_t *boundary_count) try {
  UErrorCode error = U_ZERO_ERROR;
  widen(*text, bytes, static_cast<int32_t>(count));
  utext_openUChars(&text->utext, text->wide.data(), static_cast<int64_t>(text->wide.size()), &error);
  text->words->setText(&text->utext, error);
  if (U_FAILURE(error)) return false;
  text->boundaries.clear();
  text->letters.clear();
  text->boundaries.push_back(text->places[text->words->first()]);
  for (int32_t at = text->words->next(); at != BreakIterator::DONE; at = text->words->next()) {
    text->boundaries.push_back(text->places[at]);
    if (letters != nullptr) text->letters.push_back(text->words->getRuleStatus() >= UBRK_WORD_NONE_LIMIT);
  }
  *boundaries = text->boundaries.data();
  *boundary_count = text->boundaries.size();
  if (letters != nullptr) *letters = text->letters.data();
  return true;
} catch (const std::bad_alloc &) {
  return false;
}

void throng_text_classes(uint8_t *classes, uint32_t count) {
  for (uint32_t c = 0; c < count; ++c) classes[c] = class_of(static_cast<UChar32>(c));
}

struct throng_stemmer {
  struct sb_stemmer *snowball;
};

throng_stemmer *throng_stemmer_create(const char *language) {
  struct sb_stemmer *snowball = sb_stemmer_new(language, "UTF_8");
  if (snowball == nullptr) return nullptr;
  throng_stemmer *stemmer = new (std::nothrow) throng_stemmer{snowball};
  if (stemmer == nullptr) sb_stemmer_delete(snowball);
  return stemmer;
}

void throng_stemmer_destroy(throng_stemmer *stemmer) {
  if (stemmer == nullptr) return;
  sb_stemmer_delete(stemmer->snowball);
  delete stemmer;
}

bool throng_stemmer_stem(
    throng_stemmer *stemmer, const uint8_t *bytes, size_t count, const uint8_t **out, size_t *out_count) {
  const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, bytes, static_cast<int>(count));
  if (stem == nullptr) return false;
  *out = stem;
  *out_count = static_cast<size_t>(sb_stemmer_length(stemmer->snowball));
  return true;
}

namespace {

/// Whether CLD2 takes some languages' sentences for this one where it sees only their first words.
bool has_a_twin(CLD2::Language language) {
  switch (language) {
    case CLD2::MALAY:
    case CLD2::INDONESIAN:
    case CLD2::GALICIAN:
    case CLD2::BIHARI:
    case CLD2::MARATHI:
    case CLD2::NEPALI:
    case CLD2::SERBIAN:
    case CLD2::BOSNIAN:
    case CLD2::CROATIAN:
    case CLD2::AFRIKAANS:
    case CLD2::NORWEGIAN:
    case CLD2::NORWEGIAN_N:
    case CLD2::SLOVAK:
    case CLD2::CATALAN: return true;
    default: return false;
  }
}

CLD2::Language detect_language(const uint8_t *bytes, size_t count, int *percent, bool *reliable) {
  CLD2::Language best[3];
  int percents[3], text_bytes = 0;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummary(
      reinterpret_cast<const char *>(bytes), static_cast<int>(count), true, best, percents, &text_bytes, reliable);
  if (language == CLD2::UNKNOWN_LANGUAGE) *reliable = false;
  *percent = percents[0];
  return language;
}

}  // namespace

int32_t throng_language_detect(const uint8_t *bytes, size_t count, bool *reliable) {
  *reliable = false;
  if (count == 0) return CLD2::UNKNOWN_LANGUAGE;
  // CLD2's time goes with the length, and of most texts half says the same.
  constexpr size_t enough = 128;
  constexpr int nearly_all = 95;
  int percent = 0;
  if (count > enough) {
    size_t first = enough;
    while (first > 0 && (bytes[first] & 0xC0) == 0x80) first--;
    const CLD2::Language language = detect_language(bytes, first, &percent, reliable);
    if (*reliable && percent >= nearly_all && !has_a_twin(language)) return language;
  }
  return detect_language(bytes, count, &percent, reliable);
}

const char *throng_language_code(int32_t language) {
  if (language < 0 || language >= CLD2::NUM_LANGUAGES) return "un";
  return CLD2::LanguageCode(static_cast<CLD2::Language>(language));
}
