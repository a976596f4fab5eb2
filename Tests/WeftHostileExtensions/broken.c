/* Extensions whose objects are broken, one case for each macro: they differ in what the linker sees. */
#include <weft_extension.h>

static weft_status nothing(weft_call *call, const weft_operands *operands) {
  (void)call, (void)operands;
  return WEFT_OK;
}
static const weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_STEP("broken.nothing", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0), 0, 0, nothing),
};
static const weft_extension extension = WEFT_EXTENSION("broken", "1.0.0", "Apache-2.0", instructions);

#if defined(HAS_SWIFT_SECTION)
__attribute__((section("swift5_types"), used)) static const int no_types = 0;
#endif

#if defined(ENTRY_IS_DATA)
WEFT_EXPORT const void *weft_extension_entry[2] = {&extension, &extension};
#elif defined(ENTRY_IS_HIDDEN)
const weft_extension *weft_extension_entry(const weft_host *host);
__attribute__((visibility("hidden"))) const weft_extension *weft_extension_entry(const weft_host *host) {
  (void)host;
  return &extension;
}
#elif defined(ENTRY_IS_MISSING)
WEFT_EXPORT const weft_extension *another_entry(const weft_host *host);
const weft_extension *another_entry(const weft_host *host) {
  (void)host;
  return &extension;
}
#elif defined(SYMBOL_IS_MISSING)
int nobody_has_this(void);
WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) {
  return host && nobody_has_this() ? &extension : 0;
}
#elif defined(IS_PROGRAM)
WEFT_EXTENSION_ENTRY(extension)
int main(void) { return 0; }
#else
WEFT_EXTENSION_ENTRY(extension)
#endif
