import CWeftABI

/// A decoded jump destination: where its line begins, and what entering it costs.
struct Landing: BitwiseCopyable {
  var slot: UnsafePointer<weft_instruction>
  var line: Line
}
