#ifndef WEFT_HANDLER_H
#define WEFT_HANDLER_H
#include <stdint.h>
#endif
