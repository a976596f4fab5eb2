import WeftCurves
import WeftEVM
import WeftMachine

/// Sum of two points of BN254 (EIP-196; price of EIP-1108).
///
/// Input: two points of 64 bytes; missing bytes are zeros, further ones do not count. Output: a point.
struct BN254AddPrecompile: Precompile {
  let name = "bn254-add"
  let address: UInt64 = 0x06
  let firstFork = Fork.byzantium.rawValue

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    fork >= Fork.istanbul.rawValue ? 150 : 500
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    input.withPadded(to: 128) { points in
      withResult(size: 64, output) { BN254.addG1(points, into: $0) }
    }
  }
}

/// Product of a point of BN254 and a scalar (EIP-196; price of EIP-1108).
///
/// Input: a point of 64 bytes and a scalar of 32; missing bytes are zeros, further ones do not count. Output: a point.
struct BN254MultiplyPrecompile: Precompile {
  let name = "bn254-mul"
  let address: UInt64 = 0x07
  let firstFork = Fork.byzantium.rawValue

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    fork >= Fork.istanbul.rawValue ? 6000 : 40_000
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    input.withPadded(to: 96) { factors in
      withResult(size: 64, output) { BN254.multiplyG1(factors, into: $0) }
    }
  }
}

/// Whether a product of pairings over BN254 is one (EIP-197; price of EIP-1108).
///
/// Input: any number of pairs of 192 bytes. Output: 1 or 0 as a word; without pairs the product is one.
struct BN254PairingPrecompile: Precompile {
  let name = "bn254-pairing"
  let address: UInt64 = 0x08
  let firstFork = Fork.byzantium.rawValue

  private static let pairSize = 192

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    let pairs = UInt64(input.count / Self.pairSize)
    return fork >= Fork.istanbul.rawValue ? 45_000 &+ 34_000 &* pairs : 100_000 &+ 80_000 &* pairs
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    withTruth(output, BN254.pairingProductIsOne(input))
  }
}
