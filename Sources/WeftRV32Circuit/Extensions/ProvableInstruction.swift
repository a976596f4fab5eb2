import WeftCircuit
import WeftMachine

/// An instruction of an extension with the chip that proves it.
public struct ProvableInstruction: Sendable {
  public let mnemonic: String
  public let owner: String
  public let chip: InstructionChip
  /// What tells it apart from all others; nil where its words are not all those of a form.
  let key: UInt32?

  /// The chip's AIR with the bridges, in a circuit whose addresses begin at 0.
  public func airDescription() throws(CircuitError) -> AIRDescription? {
    try ExtensionChip(self, addressBase: .zero)?.description()
  }
}

extension InstructionTable {
  /// The instructions of extensions that have chips.
  public var provableInstructions: [ProvableInstruction] {
    entries.compactMap { entry in
      entry.executor.chip.map { chip in
        ProvableInstruction(
          mnemonic: entry.executor.mnemonic, owner: entry.owner, chip: chip,
          key: InstructionChip.key(of: entry.executor.encoding, form: chip.form))
      }
    }
  }
}
