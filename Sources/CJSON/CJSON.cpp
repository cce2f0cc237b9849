// Before any include: values come back as error codes, and parse_many's helper thread is not wanted.
#define SIMDJSON_EXCEPTIONS 0

#include "CJSON.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <vector>

namespace dom = simdjson::dom;

struct cjson_parser {
  dom::parser parser;
  dom::document document;
};

namespace {

// A DOM element or iterator is a document and an index into its tape, and so is a handle.
static_assert(sizeof(dom::element) == sizeof(cjson_value), "a handle is an element");
static_assert(sizeof(dom::array::iterator) == sizeof(cjson_value), "a position is an iterator");
static_assert(sizeof(dom::object::iterator) == sizeof(cjson_value), "a position is an iterator");
static_assert(std::is_trivially_copyable<dom::object::iterator>::value, "copied as bytes");
static_assert(std::is_trivially_copyable<dom::element>::value, "copied as bytes");
static_assert(std::is_trivially_copyable<dom::array::iterator>::value, "copied as bytes");

template <typename To, typename From> To as(const From &from) noexcept {
  static_assert(sizeof(To) == sizeof(From), "same layout");
  To to;
  std::memcpy(static_cast<void *>(&to), &from, sizeof(To));
  return to;
}

dom::element element(cjson_value value) noexcept { return as<dom::element>(value); }

template <typename T> bool get(cjson_value value, T *out) noexcept {
  return element(value).get(*out) == simdjson::SUCCESS;
}

// Buffers up to this many bytes of input are kept from record to record; what one huge record needed is not.
constexpr size_t kept_capacity = size_t(1) << 20;

// simdjson grows to exactly what it is asked for: doubling keeps a log of slowly growing records linear.
bool fit(cjson_parser &parser, size_t count) noexcept {
  const size_t capacity = parser.document.capacity();
  size_t wanted = capacity;
  if (count > capacity) wanted = count < 32768 ? 65536 : count * 2;
  else if (capacity > kept_capacity && count <= kept_capacity) wanted = kept_capacity;
  if (wanted == capacity) return true;
  return parser.document.allocate(wanted) == simdjson::SUCCESS &&
         parser.parser.allocate(wanted) == simdjson::SUCCESS;
}

} // namespace

const size_t cjson_padding = simdjson::SIMDJSON_PADDING;

cjson_parser *cjson_parser_create(void) { return new (std::nothrow) cjson_parser; }

void cjson_parser_destroy(cjson_parser *parser) { delete parser; }

cjson_status cjson_parse(cjson_parser *parser, const uint8_t *bytes, size_t count, cjson_value *root) {
  if (!fit(*parser, count)) return cjson_no_memory;
  dom::element out;
  switch (parser->parser.parse_into_document(parser->document, bytes, count, false).get(out)) {
  case simdjson::SUCCESS:
    *root = as<cjson_value>(out);
    return cjson_ok;
  case simdjson::UTF8_ERROR:
    return cjson_invalid_utf8;
  case simdjson::MEMALLOC:
  case simdjson::CAPACITY:
    return cjson_no_memory;
  default:
    return cjson_invalid;
  }
}

cjson_kind cjson_kind_of(cjson_value value) {
  switch (element(value).type()) {
  case dom::element_type::ARRAY: return cjson_array;
  case dom::element_type::OBJECT: return cjson_object;
  case dom::element_type::STRING: return cjson_text;
  case dom::element_type::BOOL: return cjson_boolean;
  case dom::element_type::NULL_VALUE: return cjson_null;
  default: return cjson_number;
  }
}

bool cjson_find(cjson_value object, const uint8_t *key, size_t count, cjson_value *found) {
  dom::object fields;
  if (!get(object, &fields)) return false;
  dom::element value;
  if (fields.at_key(std::string_view(reinterpret_cast<const char *>(key), count)).get(value)) return false;
  *found = as<cjson_value>(value);
  return true;
}

size_t cjson_count_fields(cjson_value object) {
  dom::object fields;
  return get(object, &fields) ? fields.size() : 0;
}

bool cjson_repeats_key(cjson_value object) {
  dom::object fields;
  if (!get(object, &fields)) return false;
  std::string_view few[32];
  size_t count = 0;
  for (auto field = fields.begin(); field != fields.end() && count <= 32; ++field) {
    if (count == 32) {
      count = 33;
      break;
    }
    const std::string_view key = field.key();
    for (size_t i = 0; i < count; i++) {
      if (few[i] == key) return true;
    }
    few[count++] = key;
  }
  if (count <= 32) return false;
  std::vector<std::string_view> keys;
  for (auto field = fields.begin(); field != fields.end(); ++field) keys.push_back(field.key());
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

bool cjson_get_text(cjson_value value, const uint8_t **bytes, size_t *count) {
  std::string_view text;
  if (!get(value, &text)) return false;
  *bytes = reinterpret_cast<const uint8_t *>(text.data());
  *count = text.size();
  return true;
}

bool cjson_get_integer(cjson_value value, int64_t *out) { return get(value, out); }

bool cjson_get_unsigned(cjson_value value, uint64_t *out) { return get(value, out); }

bool cjson_get_double(cjson_value value, double *out) { return get(value, out); }

bool cjson_get_boolean(cjson_value value, bool *out) { return get(value, out); }

bool cjson_array_begin(cjson_value array, cjson_cursor *out) {
  dom::array elements;
  if (!get(array, &elements)) return false;
  out->position = as<cjson_value>(elements.begin());
  out->end = as<cjson_value>(elements.end()).index;
  return true;
}

bool cjson_array_next(cjson_cursor *cursor, cjson_value *element) {
  if (cursor->position.index >= cursor->end) return false;
  *element = cursor->position;
  dom::array::iterator next = as<dom::array::iterator>(cursor->position);
  ++next;
  cursor->position = as<cjson_value>(next);
  return true;
}

bool cjson_object_begin(cjson_value object, cjson_cursor *out) {
  dom::object fields;
  if (!get(object, &fields)) return false;
  out->position = as<cjson_value>(fields.begin());
  out->end = as<cjson_value>(fields.end()).index;
  return true;
}

bool cjson_object_next(cjson_cursor *cursor, const uint8_t **key, size_t *count, cjson_value *value) {
  if (cursor->position.index >= cursor->end) return false;
  dom::object::iterator field = as<dom::object::iterator>(cursor->position);
  const std::string_view name = field.key();
  *key = reinterpret_cast<const uint8_t *>(name.data());
  *count = name.size();
  *value = as<cjson_value>(field.value());
  ++field;
  cursor->position = as<cjson_value>(field);
  return true;
}
