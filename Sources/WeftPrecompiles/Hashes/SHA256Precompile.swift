import COpenSSL
import WeftMachine

/// SHA-256 (FIPS 180-4) of the input.
struct SHA256Precompile: Precompile {
  let name = "sha256"
  let address: UInt64 = 0x02
  let firstFork = 0

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    gasPerWord(input.count, base: 60, perWord: 12)
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    var context = SHA256_CTX()
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
      guard SHA256_Init(&context) == 1, SHA256_Update(&context, input.baseAddress, input.count) == 1,
        SHA256_Final(digest.baseAddress, &context) == 1
      else { return .unavailable }
      output(UnsafeRawBufferPointer(digest))
      return .success
    }
  }
}
