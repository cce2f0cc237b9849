#pragma once

// simdjson behind plain C: parse one document, then walk it with value handles.
//
// This is simdjson's DOM front end, not On-Demand: the DOM lives in the shared library and picks its kernel for
// the processor at run time, while On-Demand is header-only and fixed to the instruction set it was compiled for.
// No exception crosses this header; every failure is a status or `false`.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A reusable parser with its buffers. One per thread.
typedef struct cjson_parser cjson_parser;

/// A value of the document last parsed: dead once its parser parses again or is destroyed.
typedef struct {
  const void *document;
  size_t index;
} cjson_value;

/// A position in an array or an object: an element, or the end.
typedef struct {
  cjson_value position;
  size_t end;
} cjson_cursor;

typedef enum {
  cjson_ok = 0,
  cjson_invalid = 1,
  cjson_invalid_utf8 = 2,
  cjson_no_memory = 3,
} cjson_status;

typedef enum {
  cjson_null = 0,
  cjson_boolean = 1,
  cjson_number = 2,
  cjson_text = 3,
  cjson_array = 4,
  cjson_object = 5,
} cjson_kind;

/// Bytes that must be readable after the end of every input; their content does not matter.
extern const size_t cjson_padding;

/// NULL when out of memory.
cjson_parser *cjson_parser_create(void);
void cjson_parser_destroy(cjson_parser *parser);

/// Parses `count` bytes, with `cjson_padding` readable bytes behind them. Invalid to simdjson, though not to the
/// grammar of JSON: nesting deeper than 1,024, whole numbers beyond 64 bits, halves of surrogate pairs.
cjson_status cjson_parse(cjson_parser *parser, const uint8_t *bytes, size_t count, cjson_value *root);

cjson_kind cjson_kind_of(cjson_value value);

/// The first field of that name. False where `object` is no object or has no such field. O(fields).
bool cjson_find(cjson_value object, const uint8_t *key, size_t count, cjson_value *found);

/// Fields of an object, 0 where this is none. Exact below 2²⁴ - 1. O(1).
size_t cjson_count_fields(cjson_value object);

/// Whether two fields of an object bear the same name. O(fields²) up to 32 fields, then O(fields · log(fields)).
bool cjson_repeats_key(cjson_value object);

/// Unescaped UTF-8, alive as long as the value.
bool cjson_get_text(cjson_value value, const uint8_t **bytes, size_t *count);
/// Whole numbers of the signed range only.
bool cjson_get_integer(cjson_value value, int64_t *out);
/// Whole numbers above the signed range too.
bool cjson_get_unsigned(cjson_value value, uint64_t *out);
/// Any number.
bool cjson_get_double(cjson_value value, double *out);
bool cjson_get_boolean(cjson_value value, bool *out);

/// False where `array` is no array.
bool cjson_array_begin(cjson_value array, cjson_cursor *out);
/// False at the end; otherwise gives the element and steps to the next.
bool cjson_array_next(cjson_cursor *cursor, cjson_value *element);

/// False where `object` is no object.
bool cjson_object_begin(cjson_value object, cjson_cursor *out);
/// False at the end; otherwise gives the field's name as unescaped UTF-8 and its value, and steps to the next.
bool cjson_object_next(cjson_cursor *cursor, const uint8_t **key, size_t *count, cjson_value *value);

#ifdef __cplusplus
}
#endif
