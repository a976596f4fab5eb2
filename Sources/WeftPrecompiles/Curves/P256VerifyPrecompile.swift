import WeftEVM
import WeftMachine

/// Verification of an ECDSA signature over P-256 (EIP-7951).
///
/// Input, 160 bytes exactly: hash, r, s and the public key's x and y. Output: 1 as a word where the signature is
/// valid, nothing otherwise; the call succeeds either way.
struct P256VerifyPrecompile: Precompile {
  let name = "p256-verify"
  let address: UInt64 = 0x100
  let firstFork = Fork.osaka.rawValue

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { 6900 }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    guard input.count == 160, let base = input.baseAddress else { return .success }
    let bytes = base.assumingMemoryBound(to: UInt8.self)
    switch P256.verify(hash: bytes, r: bytes + 32, s: bytes + 64, x: bytes + 96, y: bytes + 128) {
    case nil: return .unavailable
    case false: return .success
    case true:
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { word in
        word.initialize(repeating: 0)
        word[31] = 1
        output(UnsafeRawBufferPointer(word))
      }
      return .success
    }
  }
}
