#include "weft_handler.h"
