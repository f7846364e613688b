#pragma once

#include <histedit.h>
#include <stdio.h>
#include <sys/ioctl.h>

// Swift can't call variadic functions, and may not touch the C library's global streams.

typedef char *(*convo_prompt_function)(EditLine *);
typedef unsigned char (*convo_key_function)(EditLine *, int);
typedef int (*convo_read_function)(EditLine *, wchar_t *);

static inline EditLine *convo_el_init(const char *program, int writes_to_errors) {
  return el_init(program, stdin, writes_to_errors ? stderr : stdout, stderr);
}

static inline int convo_el_set_prompt(EditLine *el, convo_prompt_function prompt, char escape) {
  return el_set(el, EL_PROMPT_ESC, prompt, escape);
}

static inline int convo_el_set_reader(EditLine *el, convo_read_function reader) {
  return el_set(el, EL_GETCFN, reader);
}

/// While no line is edited, what is typed is neither shown nor cut into lines: it waits for the next prompt.
static inline int convo_el_hide_typing(EditLine *el) {
  return el_set(el, EL_SETTY, "-x", "-echo", "-icanon", NULL);
}

/// Sets the terminal up for editing, or back.
static inline int convo_el_prepare(EditLine *el, int for_editing) {
  return el_set(el, EL_PREP_TERM, for_editing);
}

static inline int convo_el_set_editor(EditLine *el, const char *mode) {
  return el_set(el, EL_EDITOR, mode);
}

static inline const char *convo_el_editor(EditLine *el) {
  const char *mode = NULL;
  return el_get(el, EL_EDITOR, &mode) == 0 ? mode : NULL;
}

static inline int convo_el_set_client(EditLine *el, void *client) {
  return el_set(el, EL_CLIENTDATA, client);
}

static inline void *convo_el_client(EditLine *el) {
  void *client = NULL;
  el_get(el, EL_CLIENTDATA, &client);
  return client;
}

static inline int convo_el_add_function(EditLine *el, const char *name, const char *help, convo_key_function function) {
  return el_set(el, EL_ADDFN, name, help, function);
}

static inline int convo_el_bind(EditLine *el, const char *key, const char *function) {
  return el_set(el, EL_BIND, key, function, NULL);
}

static inline int convo_el_use_history(EditLine *el, History *entries) {
  return el_set(el, EL_HIST, history, entries);
}

static inline int convo_history_set_size(History *entries, int count) {
  HistEvent event;
  return history(entries, &event, H_SETSIZE, count);
}

static inline int convo_history_enter(History *entries, const char *line) {
  HistEvent event;
  return history(entries, &event, H_ENTER, line);
}

/// The window's rows, and its size in pixels where the terminal knows it; 0 where nothing is known.
struct convo_window {
  int rows, columns, pixel_width, pixel_height;
};

static inline struct convo_window convo_window_of(int descriptor) {
  struct winsize size;
  struct convo_window window = {0, 0, 0, 0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    window = (struct convo_window){size.ws_row, size.ws_col, size.ws_xpixel, size.ws_ypixel};
  }
  return window;
}

/// Draws the prompt and the line anew where the cursor stands.
static inline int convo_el_redraw(EditLine *el) {
  return el_set(el, EL_REFRESH);
}

static inline int convo_el_get_character(EditLine *el, wchar_t *character) {
  return el_wgetc(el, character);
}
