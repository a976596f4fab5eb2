import Testing
import WeftEVM
import WeftMachine
import WeftPrecompiles

/// A call of a registered contract, as the engine makes it: first the price, then the work.
struct PrecompileCall {
  let gas: UInt64
  let result: PrecompileResult
  /// What the call returned; `nil` where it gave nothing.
  let output: [UInt8]?

  static let table: [UInt64: ExtensionRegistry.PrecompileEntry]? = {
    var registry = ExtensionRegistry()
    try? registry.add(PrecompilesExtension())
    return registry.freeze().precompiles
  }()

  init(_ address: UInt64, _ input: [UInt8], fork: Fork = .osaka) throws {
    let precompile = try #require(Self.table?[address]?.precompile)
    var output: [UInt8]?
    (gas, result) = input.withUnsafeBytes { bytes in
      (
        precompile.gas(input: bytes, fork: fork.rawValue),
        precompile.run(input: bytes, fork: fork.rawValue) { output = Array($0) }
      )
    }
    self.output = output
  }

  /// The price alone.
  static func gas(_ address: UInt64, _ input: [UInt8], fork: Fork = .osaka) throws -> UInt64 {
    let precompile = try #require(table?[address]?.precompile)
    return input.withUnsafeBytes { precompile.gas(input: $0, fork: fork.rawValue) }
  }
}

/// The 32 bytes of a word whose lowest limb is `value`.
func word(_ value: UInt64) -> [UInt8] {
  [UInt8](repeating: 0, count: 24) + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
}
