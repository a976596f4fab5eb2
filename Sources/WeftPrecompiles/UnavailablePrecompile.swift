import WeftEVM
import WeftMachine

/// A contract that the fork has and this package does not carry out.
struct UnavailablePrecompile: Precompile {
  let name: String
  let address: UInt64
  let firstFork: Int

  private init(_ name: String, _ address: UInt64, since fork: Fork) {
    self.name = name
    self.address = address
    firstFork = fork.rawValue
  }

  /// Nothing is charged: the execution ends here.
  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { 0 }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    .unavailable
  }

  /// The pairing-friendly curves: EIP-196, EIP-197, EIP-4844, EIP-2537.
  static let all = [
    UnavailablePrecompile("bn254-add", 0x06, since: .byzantium),
    UnavailablePrecompile("bn254-mul", 0x07, since: .byzantium),
    UnavailablePrecompile("bn254-pairing", 0x08, since: .byzantium),
    UnavailablePrecompile("kzg-point-evaluation", 0x0a, since: .cancun),
    UnavailablePrecompile("bls12-g1-add", 0x0b, since: .prague),
    UnavailablePrecompile("bls12-g1-msm", 0x0c, since: .prague),
    UnavailablePrecompile("bls12-g2-add", 0x0d, since: .prague),
    UnavailablePrecompile("bls12-g2-msm", 0x0e, since: .prague),
    UnavailablePrecompile("bls12-pairing", 0x0f, since: .prague),
    UnavailablePrecompile("bls12-map-fp-to-g1", 0x10, since: .prague),
    UnavailablePrecompile("bls12-map-fp2-to-g2", 0x11, since: .prague),
  ]
}
