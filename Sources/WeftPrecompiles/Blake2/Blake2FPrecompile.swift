import WeftEVM
import WeftMachine

/// The compression function F of BLAKE2b (RFC 7693, EIP-152).
///
/// Input, 213 bytes exactly: rounds (4, big-endian), state h (64), message m (128), counter t (16), final flag (1);
/// h, m and t little-endian. Output: the new state.
struct Blake2FPrecompile: Precompile {
  let name = "blake2f"
  let address: UInt64 = 0x09
  let firstFork = Fork.istanbul.rawValue

  private static let size = 213

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    input.count == Self.size ? UInt64(rounds(input)) : 0
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    guard input.count == Self.size else { return .failure }
    let final = input[212]
    guard final <= 1 else { return .failure }
    let rounds = rounds(input)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 26) { words in
      // Input is not aligned; the machine is little-endian like the format.
      UnsafeMutableRawBufferPointer(words).copyBytes(from: input[4..<212])
      guard let base = words.baseAddress else { return .unavailable }
      Blake2b.compress(
        state: base, message: base + 8, counter: (words[24], words[25]), isFinal: final == 1, rounds: rounds)
      output(UnsafeRawBufferPointer(start: base, count: 64))
      return .success
    }
  }

  private func rounds(_ input: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(bigEndian: input.loadUnaligned(as: UInt32.self))
  }
}
