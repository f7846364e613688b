#pragma once

#include <chafa.h>

// Newer versions of GLib make a macro of this, which Swift can't call.
static inline void convo_g_string_free(GString *string) {
  g_string_free(string, TRUE);
}
