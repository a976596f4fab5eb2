import WeftEVM
import WeftMachine
import WeftMemory
import WeftPrecompiles

/// Lets RV32 guests make and call EVM contracts, on the memory controller of their own machine.
///
/// ```swift
/// var machine = try Machine(RV32Program(elf: bytes), extensions: [EVMCallsExtension()])
/// ```
///
/// | instruction | encoding | operands |
/// |---|---|---|
/// | `weft.evm.call` | custom-0, funct3 4, funct7 0 | rd ← status, rs1: address of a request (`weft_evm_request`) |
/// | `weft.evm.return` | custom-0, funct3 4, funct7 1 | rd: offset in the return data, then status; rs1: address, rs2: bytes |
///
/// Contracts live as long as the run and see one state, which begins with `state`. In recorded runs each access of a
/// contract is in the record of the machine, in the spaces of `RecordedLayout`, between the accesses of the instruction
/// that called it. A call that takes long is carried out in slices: the machine looks at its clock and interrupts between
/// them. Contracts have as much memory as the guest, besides the guest's own. The machine's instruction limit counts instructions of the guest; those of contracts are bounded by gas.
public struct EVMCallsExtension: VMExtension {
  public let name = "weft-evm-calls"
  public let version = "1.0"
  public let fork: Fork
  /// What contracts see of the block; it has no hashes of earlier blocks.
  public let block: BlockEnvironment
  /// The accounts there are when the guest begins.
  public let state: InMemoryState
  /// Instructions and precompiled contracts besides the fork's own.
  public let extensions: [any VMExtension]

  public init(
    fork: Fork = .standard, block: BlockEnvironment = BlockEnvironment(),
    state: InMemoryState = InMemoryState(), extensions: [any VMExtension] = [PrecompilesExtension()]
  ) {
    self.fork = fork
    self.block = block
    self.state = state
    self.extensions = extensions
  }

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    let index = registry.registerInstance { [self] in EVMCallsInstance(self) }
    try registry.register(EVMCallInstruction(instance: index))
    try registry.register(EVMReturnInstruction(instance: index))
    registry.registerMemory { memory, limits, mode in memory.addEVM(memoryLimit: limits.memory, mode: mode) }
  }

  /// Whether an instruction word is one of the extension's: programs without any need not have it.
  public static func owns(_ word: UInt32) -> Bool {
    [EVMCallInstruction.encoding, EVMReturnInstruction.encoding].contains { encoding in
      if case .rv32(let match, let mask) = encoding { word & mask == match } else { false }
    }
  }
}

extension EVMCallsExtension: BuiltInExtension {}

/// Makes a contract or calls one.
struct EVMCallInstruction: InstructionExecutor {
  static let encoding = InstructionEncoding.rv32R(opcode: 0x0b, funct3: 4, funct7: 0)

  let mnemonic = "weft.evm.call"
  var encoding: InstructionEncoding { Self.encoding }
  let instance: Int

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    let operands = RV32Operands(rType: word)
    guard operands.rs2 == 0 else { return nil }
    return .service(operands) { [instance] guest, operands throws(Trap) in
      try guest.evmCalls(instance).call(guest, operands)
    }
  }
}

/// Copies return data of the last call.
struct EVMReturnInstruction: InstructionExecutor {
  static let encoding = InstructionEncoding.rv32R(opcode: 0x0b, funct3: 4, funct7: 1)

  let mnemonic = "weft.evm.return"
  var encoding: InstructionEncoding { Self.encoding }
  let instance: Int

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    .service(RV32Operands(rType: word)) { [instance] guest, operands throws(Trap) in
      try guest.evmCalls(instance).copyReturnData(guest, operands)
    }
  }
}

extension Guest {
  /// The contracts of the guest's machine.
  fileprivate func evmCalls(_ instance: Int) throws(Trap) -> EVMCallsInstance {
    guard let calls = self.instance(instance) as? EVMCallsInstance else {
      throw .failure("the machine has no state for EVM calls")
    }
    return calls
  }
}
