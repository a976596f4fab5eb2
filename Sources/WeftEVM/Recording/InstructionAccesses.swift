/// What an instruction accesses between its operands and its results.
enum DataAccess {
  /// How many bytes: a constant, or what an operand says.
  enum Extent {
    case bytes(Int)
    case operand(Int)
  }

  // `at` and `key` are numbers of operands, 0 being the top of the stack.
  case readMemory(at: Int, Extent)
  case writeMemory(at: Int, Extent)
  /// Call data; what lies behind its end is 0 and nowhere.
  case readInput(at: Int, Extent)
  case readReturnData(at: Int, Extent)
  case loadStorage(key: Int)
  case storeStorage
  case loadTransient(key: Int)
  case storeTransient(key: Int, value: Int)
  case environment(RecordedLayout.EnvironmentWord)
  case frame(RecordedLayout.FrameWord)
}

/// The accesses of Ethereum's own instructions, in the order of time: operands, then these, then results.
///
/// An operand whose place a result takes is not read by itself: the write of the result has it as its previous data.
/// Accounts, code, logs and hashes are nowhere in memory: what an instruction gets of them is the host's word.
enum InstructionAccesses {
  /// - Returns: what lies between operands and results; of calls and creations what they read before they begin.
  static func data(_ opcode: Opcode) -> [DataAccess] {
    switch opcode {
    case .keccak256, .return, .revert: [.readMemory(at: 0, .operand(1))]
    case .mload: [.readMemory(at: 0, .bytes(32))]
    case .mstore: [.writeMemory(at: 0, .bytes(32))]
    case .mstore8: [.writeMemory(at: 0, .bytes(1))]
    case .mcopy: [.readMemory(at: 1, .operand(2)), .writeMemory(at: 0, .operand(2))]
    case .calldataload: [.readInput(at: 0, .bytes(32))]
    case .calldatacopy: [.readInput(at: 1, .operand(2)), .writeMemory(at: 0, .operand(2))]
    case .codecopy: [.writeMemory(at: 0, .operand(2))]
    case .extcodecopy: [.writeMemory(at: 1, .operand(3))]
    case .returndatacopy: [.readReturnData(at: 1, .operand(2)), .writeMemory(at: 0, .operand(2))]
    case .sload: [.loadStorage(key: 0)]
    case .sstore: [.storeStorage]
    case .tload: [.loadTransient(key: 0)]
    case .tstore: [.storeTransient(key: 0, value: 1)]
    case .create, .create2: [.readMemory(at: 1, .operand(2))]
    case .call, .callcode: [.readMemory(at: 3, .operand(4))]
    case .delegatecall, .staticcall: [.readMemory(at: 2, .operand(3))]
    case .address: [.frame(.address)]
    case .caller: [.frame(.caller)]
    case .callvalue: [.frame(.value)]
    case .calldatasize: [.frame(.input)]
    case .origin: [.environment(.origin)]
    case .gasprice: [.environment(.gasPrice)]
    case .coinbase: [.environment(.coinbase)]
    case .timestamp: [.environment(.timestamp)]
    case .number: [.environment(.number)]
    case .prevrandao: [.environment(.random)]
    case .gaslimit: [.environment(.gasLimit)]
    case .chainid: [.environment(.chainID)]
    case .basefee: [.environment(.baseFee)]
    case .blobbasefee: [.environment(.blobBaseFee)]
    case _ where (Opcode.log0.rawValue...Opcode.log4.rawValue).contains(opcode.rawValue):
      [.readMemory(at: 0, .operand(1))]
    default: []
    }
  }

  /// The operand with the offset of a call's output area; its length is the next one. `nil` for other instructions.
  static func outputArea(_ opcode: Opcode) -> Int? {
    switch opcode {
    case .call, .callcode: 5
    case .delegatecall, .staticcall: 4
    default: nil
    }
  }

  /// Whether the instruction is a call or a creation, whose result comes later.
  static func isCall(_ opcode: Opcode) -> Bool {
    outputArea(opcode) != nil || opcode == .create || opcode == .create2
  }

  /// The places that an instruction reads and writes, from the bottom of the frame's stack.
  /// - Parameter height: words on the stack before it.
  static func stack(
    _ opcode: Opcode, isStandard: Bool, height: Int, inputs: Int, outputs: Int
  ) -> (reads: StackPlaces, writes: StackPlaces) {
    let isDuplicate = (Opcode.dup1.rawValue...Opcode.dup16.rawValue).contains(opcode.rawValue)
    let isSwap = (Opcode.swap1.rawValue...Opcode.swap16.rawValue).contains(opcode.rawValue)
    if isStandard, isDuplicate {
      return (StackPlaces(height &- inputs, count: 1), StackPlaces(height, count: 1))
    }
    if isStandard, isSwap {
      return (StackPlaces(0, count: 0), StackPlaces(height &- inputs, count: 2, step: inputs &- 1))
    }
    let bottom = height &- inputs
    let kept = isStandard && isCall(opcode) ? 0 : outputs
    return (
      StackPlaces(height &- 1, count: max(0, inputs &- kept), step: -1), StackPlaces(bottom, count: outputs)
    )
  }
}

/// Some places of a stack at equal distances.
struct StackPlaces {
  var first: Int
  var count: Int
  var step: Int

  init(_ first: Int, count: Int, step: Int = 1) {
    (self.first, self.count, self.step) = (first, count, step)
  }

  func forEach(_ body: (Int) -> Void) {
    for index in 0..<max(0, count) { body(first &+ index &* step) }
  }
}
