#include <weft_extension.h>

/* The table of an extension that does one of everything. */
const weft_extension *weft_test_extension(void);
