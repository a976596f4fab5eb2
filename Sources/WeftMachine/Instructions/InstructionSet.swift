/// The instruction sets that Weft runs.
public enum InstructionSet: String, Sendable, Hashable, CaseIterable {
  /// RISC-V RV32I with the M extension.
  case rv32
  /// The Ethereum Virtual Machine.
  case evm
}
