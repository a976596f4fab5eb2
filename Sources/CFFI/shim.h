/*
 * libffi for Swift. The descriptions of the C types are global variables, which Swift cannot read safely, and
 * FFI_DEFAULT_ABI is an enumerator of a type that differs by machine: both come through functions.
 */
#ifndef WEFT_CFFI_SHIM_H
#define WEFT_CFFI_SHIM_H

#include <ffi.h>

static inline ffi_type *weft_ffi_void(void) { return &ffi_type_void; }
static inline ffi_type *weft_ffi_uint8(void) { return &ffi_type_uint8; }
static inline ffi_type *weft_ffi_sint8(void) { return &ffi_type_sint8; }
static inline ffi_type *weft_ffi_uint16(void) { return &ffi_type_uint16; }
static inline ffi_type *weft_ffi_sint16(void) { return &ffi_type_sint16; }
static inline ffi_type *weft_ffi_uint32(void) { return &ffi_type_uint32; }
static inline ffi_type *weft_ffi_sint32(void) { return &ffi_type_sint32; }
static inline ffi_type *weft_ffi_uint64(void) { return &ffi_type_uint64; }
static inline ffi_type *weft_ffi_sint64(void) { return &ffi_type_sint64; }
static inline ffi_type *weft_ffi_float(void) { return &ffi_type_float; }
static inline ffi_type *weft_ffi_double(void) { return &ffi_type_double; }
static inline ffi_type *weft_ffi_pointer(void) { return &ffi_type_pointer; }

/* Prepares a call in the C calling convention of this machine; 0 when that worked. */
static inline int weft_ffi_prepare(ffi_cif *cif, unsigned count, ffi_type *result, ffi_type **arguments) {
  return (int)ffi_prep_cif(cif, FFI_DEFAULT_ABI, count, result, arguments);
}

/* Where libffi puts the fields of a prepared struct type; 0 when that worked. */
static inline int weft_ffi_offsets(ffi_type *type, size_t *offsets) {
  return (int)ffi_get_struct_offsets(FFI_DEFAULT_ABI, type, offsets);
}

/* Calls the function at `function`. */
static inline void weft_ffi_call(ffi_cif *cif, void *function, void *result, void **arguments) {
  ffi_call(cif, (void (*)(void))function, result, arguments);
}

#endif
