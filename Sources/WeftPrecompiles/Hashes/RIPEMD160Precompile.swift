import COpenSSL
import WeftMachine

/// RIPEMD-160 of the input, behind twelve zero bytes.
///
/// The digest's own functions are called: the providers of OpenSSL 3 count it as a legacy algorithm.
struct RIPEMD160Precompile: Precompile {
  let name = "ripemd160"
  let address: UInt64 = 0x03
  let firstFork = 0

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    gasPerWord(input.count, base: 600, perWord: 120)
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    var context = RIPEMD160_CTX()
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { word in
      word.initialize(repeating: 0)
      guard let base = word.baseAddress, RIPEMD160_Init(&context) == 1,
        RIPEMD160_Update(&context, input.baseAddress, input.count) == 1,
        RIPEMD160_Final(base + 12, &context) == 1
      else { return .unavailable }
      output(UnsafeRawBufferPointer(word))
      return .success
    }
  }
}
