import WeftEVM
import WeftMachine

/// Replaces the instructions that look beyond their frame by ones that ask the host.
struct EVMCExtension: VMExtension {
  let name = "evmc"
  let version = WeftVersion.current
  let fork: Fork
  let session: EVMCSession

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    let schedule = GasSchedule(fork)
    let groups = [
      AccountInstructions.all(session, schedule), StorageInstructions.all(session, schedule),
      BlockInstructions.all(session), CallInstructions.all(session, schedule),
      CreationInstructions.all(session, schedule),
    ]
    for instruction in groups.joined() where instruction.firstFork <= fork.rawValue {
      try registry.replace(with: instruction)
    }
  }
}

/// An instruction that asks the host.
struct EVMCInstruction: EVMInstructionExecutor {
  var opcode: Opcode
  var mnemonic: String
  var staticGas: UInt32
  var stackInputs: Int
  var stackOutputs: Int
  var firstFork: Int
  var body: EVMImplementation.Service

  init(
    _ opcode: Opcode, _ mnemonic: String, gas: Int64, takes: Int, gives: Int, since fork: Fork = .frontier,
    body: @escaping EVMImplementation.Service
  ) {
    self.opcode = opcode
    self.mnemonic = mnemonic
    staticGas = UInt32(clamping: gas)
    stackInputs = takes
    stackOutputs = gives
    firstFork = fork.rawValue
    self.body = body
  }

  var implementation: EVMImplementation { .service(body) }
}

extension EVMFrame {
  /// Takes gas of a schedule.
  mutating func charge(_ gas: Int64) throws(EVMHalt) { try charge(UInt64(clamping: gas)) }

  /// Pays for an account that is cold; the warm price is static gas.
  mutating func access(
    _ address: CEVMCAddress, _ host: EVMCHost, _ schedule: GasSchedule
  ) throws(EVMHalt) {
    if schedule.hasWarmSets, host.warms(address) { try charge(schedule.coldAccountExtra) }
  }
}
