import BulkMemory
import CWeftABI

/// What the loader asks a shared object for. In a target of its own: an object that is linked in has no entry.
@c(weft_extension_entry)
public func entry(_ host: UnsafePointer<weft_host>?) -> UnsafePointer<weft_extension>? {
  bulkMemory.pointer
}
