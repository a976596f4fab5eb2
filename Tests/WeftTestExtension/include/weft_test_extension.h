#include <weft_evm_extension.h>

/* The table of an extension that does one of everything. */
const weft_extension *weft_test_extension(void);

/* An extension that does one of everything in the EVM, and one that replaces what is there. */
const weft_extension *weft_test_evm_extension(void);
const weft_extension *weft_test_evm_replacements(void);
