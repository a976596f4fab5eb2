import WeftMachine

/// Returns its input.
struct IdentityPrecompile: Precompile {
  let name = "identity"
  let address: UInt64 = 0x04
  let firstFork = 0

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    gasPerWord(input.count, base: 15, perWord: 3)
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    output(input)
    return .success
  }
}
