import WeftMachine

/// Gives `size` bytes that `body` writes to `output`; the call fails where it does not.
func withResult(
  size: Int, _ output: (UnsafeRawBufferPointer) -> Void, _ body: (UnsafeMutableRawBufferPointer) -> Bool
) -> PrecompileResult {
  withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { bytes in
    guard body(bytes) else { return .failure }
    output(UnsafeRawBufferPointer(bytes))
    return .success
  }
}

/// Gives a word of 1 or 0 to `output`; the call fails where the truth is `nil`.
func withTruth(_ output: (UnsafeRawBufferPointer) -> Void, _ truth: Bool?) -> PrecompileResult {
  guard let truth else { return .failure }
  return withResult(size: 32, output) { word in
    word.initializeMemory(as: UInt8.self, repeating: 0)
    word[31] = truth ? 1 : 0
    return true
  }
}
