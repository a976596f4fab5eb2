import WeftMachine

/// One of Ethereum's own instructions, as the registry sees it.
struct StandardInstruction: EVMInstructionExecutor {
  var opcode: Opcode
  var mnemonic: String
  var staticGas: UInt32
  var stackInputs: Int
  var stackOutputs: Int
  var firstFork: Int

  init(
    _ opcode: Opcode, _ mnemonic: String, gas: Int64, takes: Int, gives: Int, since fork: Fork = .frontier
  ) {
    self.opcode = opcode
    self.mnemonic = mnemonic
    staticGas = UInt32(truncatingIfNeeded: gas)
    stackInputs = takes
    stackOutputs = gives
    firstFork = fork.rawValue
  }

  var implementation: EVMImplementation { .standard }
}

/// The instructions of a fork, as an extension like any other.
struct StandardInstructionsExtension: VMExtension {
  let rules: EVMRules

  var name: String { "evm-" + rules.name.lowercased() }
  let version = "1.0.0"

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    for instruction in StandardInstructions.instructions(of: rules) { try registry.register(instruction) }
  }
}
