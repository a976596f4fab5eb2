import WeftCurves
import WeftEVM
import WeftMachine

/// Sum of two points of BLS12-381 (EIP-2537), of any order.
///
/// Input: two points, and no byte more. Output: a point.
struct BLS12AddPrecompile: Precompile {
  let name: String
  let address: UInt64
  let firstFork = Fork.prague.rawValue
  private let group: BLS12Group

  init(_ group: BLS12Group) {
    self.group = group
    (name, address) = group == .curve ? ("bls12-g1-add", 0x0b) : ("bls12-g2-add", 0x0d)
  }

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { group == .curve ? 375 : 600 }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    withResult(size: group.pointSize, output) { sum in
      group == .curve ? BLS12_381.addG1(input, into: sum) : BLS12_381.addG2(input, into: sum)
    }
  }
}

/// Sum of multiples of points of BLS12-381 (EIP-2537), which must be of order r.
///
/// Input: one point and scalar of 32 bytes or more. Output: a point.
struct BLS12MultiScalarPrecompile: Precompile {
  let name: String
  let address: UInt64
  let firstFork = Fork.prague.rawValue
  private let group: BLS12Group
  private let pricing: BLS12MultiScalarPricing

  init(_ group: BLS12Group) {
    self.group = group
    pricing = group == .curve ? .curve : .twist
    (name, address) = group == .curve ? ("bls12-g1-msm", 0x0c) : ("bls12-g2-msm", 0x0e)
  }

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    pricing.gas(count: input.count / (group.pointSize + 32))
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    if input.isEmpty { return .failure }
    return withResult(size: group.pointSize, output) { sum in
      group == .curve
        ? BLS12_381.sumOfProductsG1(input, into: sum) : BLS12_381.sumOfProductsG2(input, into: sum)
    }
  }
}

/// Whether a product of pairings over BLS12-381 is one (EIP-2537).
///
/// Input: one pair of 384 bytes or more. Output: 1 or 0 as a word.
struct BLS12PairingPrecompile: Precompile {
  let name = "bls12-pairing"
  let address: UInt64 = 0x0f
  let firstFork = Fork.prague.rawValue

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    37_700 &+ 32_600 &* UInt64(input.count / 384)
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    input.isEmpty ? .failure : withTruth(output, BLS12_381.pairingProductIsOne(input))
  }
}

/// A point of BLS12-381 of order r from a field element (EIP-2537).
///
/// Input: an element of the group's field, and no byte more. Output: a point.
struct BLS12MapPrecompile: Precompile {
  let name: String
  let address: UInt64
  let firstFork = Fork.prague.rawValue
  private let group: BLS12Group

  init(_ group: BLS12Group) {
    self.group = group
    (name, address) = group == .curve ? ("bls12-map-fp-to-g1", 0x10) : ("bls12-map-fp2-to-g2", 0x11)
  }

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { group == .curve ? 5500 : 23_800 }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    withResult(size: group.pointSize, output) { point in
      group == .curve ? BLS12_381.mapToG1(input, into: point) : BLS12_381.mapToG2(input, into: point)
    }
  }
}
