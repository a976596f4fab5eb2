import WeftMachine

/// What the engines and the analysis know of each opcode: a frozen registry, flattened once.
struct OpcodeTable: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The threaded engine's handler; for undefined opcodes one that halts.
    var handler: UInt = 0
    var staticGas: UInt32 = 0
    var inputs: UInt8 = 0
    var outputs: UInt8 = 0
    var kind: Kind = .undefined
    var flow: Flow = .ends
    /// What it is in fused groups; instructions of extensions are in none.
    var shape: Shape = .other
  }

  enum Kind: UInt8 {
    case undefined
    /// Weft's own body for the opcode.
    case standard
    /// Swift code of an extension.
    case service
    /// A handler of an extension.
    case handler
  }

  /// How control leaves an instruction.
  enum Flow: UInt8 {
    /// To the next instruction of the line.
    case continues
    /// To the next instruction, where a new line begins.
    case endsLine
    /// Elsewhere.
    case ends
  }

  let entries: UnsafeMutablePointer<Entry>
  /// Mnemonics, for traces.
  let names: [String]
  private let services: [EVMImplementation.Service?]
  let schedule: GasSchedule
  let fork: Fork

  init(_ table: InstructionTable, _ rules: EVMRules) {
    entries = .allocate(capacity: 256)
    let undefined = Entry(handler: HandlerTable.undefined)
    entries.initialize(repeating: undefined, count: 256)
    schedule = rules.schedule
    fork = rules.fork
    var names = [String](repeating: "undefined", count: 256)
    var services = [EVMImplementation.Service?](repeating: nil, count: 256)
    for index in 0..<256 {
      let opcode = Opcode(UInt8(truncatingIfNeeded: index))
      guard let number = table.index(ofEVM: opcode.rawValue),
        let executor = table.entries[number].executor as? any EVMInstructionExecutor,
        rules.has(opcode.rawValue, since: executor.firstFork)
      else { continue }
      names[index] = executor.mnemonic
      var entry = Entry()
      entry.staticGas = rules.gas(of: opcode.rawValue, executor.staticGas)
      entry.inputs = UInt8(clamping: executor.stackInputs)
      entry.outputs = UInt8(clamping: executor.stackOutputs)
      switch executor.implementation {
      case .standard:
        guard let handler = HandlerTable.standard(opcode) else { continue }
        (entry.kind, entry.handler, entry.flow) = (.standard, handler, Self.flow(of: opcode))
        entry.shape = Shape(opcode)
      case .service(let body):
        (entry.kind, entry.handler, entry.flow) = (.service, HandlerTable.service, .endsLine)
        services[index] = body
      case .handler(let address):
        (entry.kind, entry.handler, entry.flow) = (.handler, address, .continues)
      }
      entries[index] = entry
    }
    self.names = names
    self.services = services
  }

  deinit { entries.deallocate() }

  @inline(__always)
  subscript(_ opcode: UInt8) -> Entry { entries[Int(opcode)] }

  func service(_ opcode: UInt8) -> EVMImplementation.Service? { services[Int(opcode)] }

  private static func flow(of opcode: Opcode) -> Flow {
    switch opcode {
    case .stop, .jump, .return, .revert, .invalid, .selfdestruct: .ends
    case .jumpi, .gas, .sstore, .call, .callcode, .delegatecall, .staticcall, .create, .create2: .endsLine
    default: .continues
    }
  }
}
