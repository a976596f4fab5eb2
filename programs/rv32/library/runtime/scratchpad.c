// The scratchpad of guests that do without the extension BulkMemory.
#define WEFT_WITHOUT_EXTENSIONS
#include "weft_bulk.h"

uint8_t bulk_scratchpad[BULK_SCRATCHPAD_SIZE];
