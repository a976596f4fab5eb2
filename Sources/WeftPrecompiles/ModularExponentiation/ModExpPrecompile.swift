import WeftEVM
import WeftMachine

/// Modular exponentiation of numbers of any length (EIP-198; prices of EIP-2565 and EIP-7883, limits of EIP-7823).
///
/// Input: three lengths of 32 bytes, then base, exponent and modulus, zeros where it ends early.
struct ModExpPrecompile: Precompile {
  let name = "modexp"
  let address: UInt64 = 0x05
  let firstFork = Fork.byzantium.rawValue

  /// Longest operand from Osaka on, in bytes (EIP-7823).
  private static let osakaLimit: UInt64 = 1024
  /// Longest base or modulus that is carried out at all. It costs more than 10^13 gas on every fork.
  private static let lengthLimit: UInt64 = 1 << 26

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    let operands = ModExpOperands(input)
    return ModExpPricing.pricing(at: fork).gas(
      base: operands.baseLength, exponent: operands.exponentLength, modulus: operands.modulusLength,
      exponentBits: operands.leadingExponentBits)
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    let operands = ModExpOperands(input)
    if fork >= Fork.osaka.rawValue {
      let longest = max(operands.baseLength, operands.exponentLength, operands.modulusLength)
      if longest > Self.osakaLimit { return .failure }
    }
    if operands.modulusLength == 0 { return .success }
    guard max(operands.baseLength, operands.modulusLength) <= Self.lengthLimit else { return .unavailable }
    let size = Int(operands.modulusLength)
    guard let result = HostBuffer(zeros: size) else { return .unavailable }
    ModularExponentiation.power(operands, into: result.bytes)
    output(UnsafeRawBufferPointer(result.bytes))
    return .success
  }
}
