import WeftDigests
import WeftCurves
import WeftEVM
import WeftMachine

/// Verification of the value of a blob's polynomial at a point (EIP-4844).
///
/// Input, 192 bytes exactly: versioned hash, z, y, commitment and proof. Output: 4,096 and the order of the scalars.
struct PointEvaluationPrecompile: Precompile {
  let name = "kzg-point-evaluation"
  let address: UInt64 = 0x0a
  let firstFork = Fork.cancun.rawValue

  /// The first byte of a versioned hash.
  private static let version: UInt8 = 1

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { 50_000 }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    guard input.count == 192, input[0] == Self.version else { return .failure }
    var digest = SHA256()
    digest.update(input.slice(at: 96, size: 48))
    guard input.slice(at: 1, size: 31).elementsEqual(digest.finish().dropFirst()),
      KZG.verify(input.slice(at: 32, size: 160))
    else { return .failure }
    return withResult(size: 64, output) { KZG.storeParameters(to: $0) }
  }
}
