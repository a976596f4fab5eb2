/*
 * One object stands for many: the tests write the name of a case over the text behind the marker, in a copy of the
 * file.
 */
#ifndef SELECTED_CASE_H
#define SELECTED_CASE_H

#include <stdlib.h>
#include <string.h>

__attribute__((used)) static char selected_case[256] = "WEFT-TEST-CASE:none";

/* Behind the marker: the name of the case, the process that made it, and what it needs, a path for instance. */
static int is(const char *name) {
  const char *text = selected_case + sizeof "WEFT-TEST-CASE:" - 1;
  size_t length = strlen(name);
  return strncmp(text, name, length) == 0 && (text[length] == 0 || text[length] == ' ');
}

__attribute__((unused)) static long host(void) {
  const char *blank = strchr(selected_case, ' ');
  return blank ? strtol(blank, NULL, 10) : 0;
}

__attribute__((unused)) static const char *argument(void) {
  const char *blank = strchr(selected_case, ' ');
  const char *second = blank ? strchr(blank + 1, ' ') : NULL;
  return second ? second + 1 : "";
}

#endif
