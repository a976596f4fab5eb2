/* What the loader asks a shared object for. In a target of its own: an object that is linked in has no entry. */
#include <checksums.h>

WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host);
WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) {
  (void)host;
  return weft_checksums_extension();
}
