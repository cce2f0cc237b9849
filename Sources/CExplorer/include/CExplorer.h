#pragma once
#include <stddef.h>

/// Bytes that are part of the program and live as long as it does.
typedef struct {
  const unsigned char *_Nonnull bytes;
  size_t count;
} throng_explorer_part;

/// The page, with @POLICY@, @STYLE@, @RELEASE@ and @SCRIPT@ where these belong.
throng_explorer_part throng_explorer_page(void);
throng_explorer_part throng_explorer_style(void);
throng_explorer_part throng_explorer_script(void);
