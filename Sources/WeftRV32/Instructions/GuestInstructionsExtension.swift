import WeftMachine

/// Weft's own instructions in custom-0 (0x0b): end, hints, public values, phantoms. Unlike environment calls each of
/// them has a chip, so guests that are to be proven use these.
///
/// | instruction | encoding | operands |
/// |---|---|---|
/// | `weft.terminate` | funct3 0 | immediate: exit code, one byte |
/// | `weft.hint.storew` | funct3 1, immediate 0 | rd: register with the pointer |
/// | `weft.hint.buffer` | funct3 1, immediate 1 | rd: register with the pointer, rs1: register with the word count |
/// | `weft.reveal` | funct3 2 | rd: register with the byte offset, rs1: register with the word, immediate |
/// | `weft.phantom` | funct3 3 | immediate: what to do (`PhantomKind`); rd and rs1: its arguments |
public struct GuestInstructionsExtension: VMExtension {
  public let name = "weft-guest"
  public let version = "1.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(Terminate())
    try registry.register(HintStoreWord())
    try registry.register(HintBuffer())
    try registry.register(Reveal())
    try registry.register(Phantom())
  }

  private static let opcode: UInt32 = 0x0b

  /// Ends the run. No access.
  private struct Terminate: InstructionExecutor {
    let mnemonic = "weft.terminate"
    let encoding = InstructionEncoding.rv32I(opcode: opcode, funct3: 0)

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      let operands = RV32Operands(iType: word)
      guard (0...255).contains(operands.immediate) else { return nil }
      return .service(operands) { guest, operands throws(Trap) in
        guest.exit(code: UInt32(bitPattern: operands.immediate))
      }
    }
  }

  /// Reads the pointer, idles, writes the next word of the hint stream: 3 ticks.
  private struct HintStoreWord: InstructionExecutor {
    let mnemonic = "weft.hint.storew"
    let encoding = InstructionEncoding.rv32(match: 0x100b, mask: 0xfff0_707f)

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      .service(RV32Operands(rType: word)) { guest, operands throws(Trap) in
        let pointer = guest.peekRegister(operands.rd)
        try checkHint(guest, pointer: pointer, words: 1)
        _ = try guest.register(operands.rd)
        try guest.idle()
        try guest.writeWord(guest.streams.readHintWord(), at: pointer)
      }
    }
  }

  /// Reads the pointer and the count, then writes that many words: 3 ticks a word, the write being the third.
  private struct HintBuffer: InstructionExecutor {
    let mnemonic = "weft.hint.buffer"
    let encoding = InstructionEncoding.rv32(match: 0x10_100b, mask: 0xfff0_707f)

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      .service(RV32Operands(rType: word)) { guest, operands throws(Trap) in
        let pointer = guest.peekRegister(operands.rd)
        let words = guest.peekRegister(operands.rs1)
        guard words > 0 else { throw .failure("hint buffer of 0 words") }
        try checkHint(guest, pointer: pointer, words: words)
        _ = try guest.register(operands.rd)
        _ = try guest.register(operands.rs1)
        for index in 0..<words {
          if index > 0 { try guest.idle(2) }
          try guest.writeWord(guest.streams.readHintWord(), at: pointer &+ index &* 4)
        }
      }
    }
  }

  /// Checks a hint before anything of it is done.
  private static func checkHint(_ guest: Guest, pointer: UInt32, words: UInt32) throws(Trap) {
    let bytes = UInt64(words) &* 4
    if pointer & 3 != 0 { throw Trap(.storeAddressMisaligned, value: UInt64(pointer)) }
    guard guest.writableOffsets(of: pointer, count: bytes) != nil else {
      throw Trap(.storeAccessFault, value: UInt64(pointer))
    }
    let left = guest.streams.hints.count
    guard UInt64(clamping: left) >= bytes else {
      throw .failure("\(bytes) bytes of hints were asked for, \(left) are left")
    }
    try guest.reserve(accesses: Int(clamping: UInt64(words) &* 3))
  }

  /// Reads the offset and the word, then writes a public value: 3 ticks.
  private struct Reveal: InstructionExecutor {
    let mnemonic = "weft.reveal"
    let encoding = InstructionEncoding.rv32I(opcode: opcode, funct3: 2)

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      .service(RV32Operands(iType: word)) { guest, operands throws(Trap) in
        let base = guest.peekRegister(operands.rd)
        let offset = base &+ UInt32(bitPattern: operands.immediate)
        if offset & 3 != 0 { throw Trap(.storeAddressMisaligned, value: UInt64(offset)) }
        try guest.checkPublicValue(offset >> 2)
        try guest.reserve(accesses: 3)
        _ = try guest.register(operands.rd)
        let value = try guest.register(operands.rs1)
        try guest.reveal(value, at: offset >> 2)
      }
    }
  }

  /// A request to the host that touches no memory: one idle tick.
  private struct Phantom: InstructionExecutor {
    let mnemonic = "weft.phantom"
    let encoding = InstructionEncoding.rv32I(opcode: opcode, funct3: 3)

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      .service(RV32Operands(iType: word)) { guest, operands throws(Trap) in
        try guest.reserve(accesses: 1)
        let (first, second) = (guest.peekRegister(operands.rd), guest.peekRegister(operands.rs1))
        if let kind = PhantomKind(rawValue: operands.immediate) {
          try kind.perform(guest, first, second)
        } else if let phantom = guest.phantom(UInt32(bitPattern: operands.immediate)) {
          try phantom.body(guest, first, second)
        }
        try guest.idle()
      }
    }
  }
}
