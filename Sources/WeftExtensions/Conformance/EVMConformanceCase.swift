import WeftEVM

/// A contract that executes one instruction on random words, memory, storage and call data, and returns all that it can
/// see of it.
struct EVMConformanceCase {
  /// Words on the stack, the deepest first; one more than the instruction takes, which it must leave alone.
  var words: [UInt256]
  var opcode: UInt8
  var outputs: Int
  var callData: [UInt8]
  var memory: [UInt8]

  static let target = Address(word: UInt256(0xc0de))
  static let caller = Address(word: UInt256(0xca11))
  static let gas: UInt64 = 1_000_000
  /// Where the contract leaves the words, behind what it works on.
  private static let results = 4096

  init(opcode: UInt8, inputs: Int, outputs: Int, using random: inout SplitMix64) {
    self.opcode = opcode
    self.outputs = outputs
    words = (0...inputs).map { _ in Self.word(&random) }
    callData = (0..<Int(random.next() % 100)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    memory = (0..<64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  /// Offsets, counts, slots, corners, and any number.
  private static func word(_ random: inout SplitMix64) -> UInt256 {
    let bits = random.next()
    switch bits & 7 {
    case 0, 1: return UInt256((bits >> 3) % 128)
    case 2: return UInt256((bits >> 3) % 4)
    case 3: return UInt256(bits >> 32)
    case 4: return [.zero, .one, .max, UInt256(limbs: 0, 0, 0, 1 << 63)][Int((bits >> 3) % 4)]
    default: return UInt256(limbs: bits, random.next(), random.next(), random.next())
    }
  }

  /// Fills memory, pushes the words, executes the instruction, and returns memory with the stack behind it.
  var code: [UInt8] {
    var code: [UInt8] = []
    func push(_ word: UInt256) { code += [0x7f] + word.bigEndianBytes }
    for start in stride(from: 0, to: memory.count, by: 32) {
      push(UInt256(bigEndianBytes: memory[start..<(start + 32)]) ?? .zero)
      push(UInt256(UInt64(start)))
      code.append(0x52)
    }
    for word in words { push(word) }
    code.append(opcode)
    for index in 0...outputs {
      push(UInt256(UInt64(Self.results + 32 * index)))
      code.append(0x52)
    }
    push(UInt256(UInt64(Self.results + 32 * (outputs + 1))))
    push(.zero)
    code.append(0xf3)
    return code
  }

  var state: InMemoryState {
    var state = InMemoryState()
    state.accounts[Self.target] = InMemoryState.Entry(
      nonce: 1, balance: UInt256(1000), code: code, storage: [.one: UInt256(7), UInt256(2): .max])
    return state
  }

  func message(gas: UInt64 = EVMConformanceCase.gas, isStatic: Bool = false) -> EVMMessage {
    EVMMessage(caller: Self.caller, target: Self.target, input: callData, gas: gas, isStatic: isStatic)
  }

  /// The words, for messages.
  var text: String { words.map(\.hexadecimal).joined(separator: ", ") }
}
