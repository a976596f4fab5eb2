import WeftEVM
import WeftMachine

/// The signer of a hash (Yellow Paper, appendix E).
///
/// Input: hash, v, r and s, 32 bytes each; missing bytes are zeros, further ones do not count. Output: the signer's
/// address as a word, nothing where there is none; the call succeeds either way. A high s is valid.
struct ECRecoverPrecompile: Precompile {
  let name = "ecrecover"
  let address: UInt64 = 0x01
  let firstFork = Fork.frontier.rawValue

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { 3000 }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    input.withPadded(to: 128) { bytes in
      // v is a whole word: 27 or 28.
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
        bytes.slice(at: 32, size: 31).isZero,
        bytes[63] == 27 || bytes[63] == 28
      else { return }
      guard
        let signer = Secp256k1.signer(hash: base, signature: base + 64, parity: Int32(bytes[63] &- 27))
      else { return }
      // Big-endian; the limbs above the low 160 bits are zero.
      let limbs = (
        signer.limb3.bigEndian, signer.limb2.bigEndian, signer.limb1.bigEndian, signer.limb0.bigEndian
      )
      withUnsafeBytes(of: limbs) { output($0) }
    }
    return .success
  }
}
