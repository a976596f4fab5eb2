import Testing

@testable import WeftMachine

/// An instruction that does nothing.
struct StubInstruction: InstructionExecutor {
  var mnemonic: String
  var encoding: InstructionEncoding

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    .service(RV32Operands(rType: word)) { _, _ throws(Trap) in }
  }
}

/// An extension made of stubs and calls.
struct StubExtension: VMExtension {
  var name = "first"
  var version = "1.0.0"
  var instructions: [StubInstruction] = []
  var calls: [(UInt32, String)] = []

  init(_ name: String, _ instructions: [(String, InstructionEncoding)] = [], calls: [(UInt32, String)] = []) {
    self.name = name
    self.instructions = instructions.map { StubInstruction(mnemonic: $0, encoding: $1) }
    self.calls = calls
  }

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    for instruction in instructions { try registry.register(instruction) }
    for (number, name) in calls {
      try registry.registerSystemCall(number, name: name) { _, _ throws(Trap) in SystemCall.Result(0) }
    }
  }
}

@Suite("Extension registry")
struct RegistryTests {
  static let custom1 = InstructionEncoding.rv32R(opcode: 0x2b, funct3: 0, funct7: 1)

  /// What the registry says to the second of two extensions.
  private func refusal(of second: StubExtension, after first: StubExtension = StubExtension("first"))
    -> String
  {
    var registry = ExtensionRegistry()
    do throws(RegistrationError) {
      try registry.add(first)
      try registry.add(second)
      return "accepted"
    } catch {
      // Whatever the refused extension had registered before is gone again.
      #expect(registry.extensions.map(\.name) == (registry.extensions.isEmpty ? [] : [first.name]))
      #expect(registry.entries.allSatisfy { $0.owner == first.name })
      #expect(registry.systemCalls.values.allSatisfy { $0.owner == first.name })
      return error.description
    }
  }

  @Test("Clashes name both owners")
  func clashes() {
    let first = StubExtension("first", [("one.a", Self.custom1)], calls: [(0x680, "call")])
    #expect(
      refusal(of: StubExtension("second", [("two.a", .rv32I(opcode: 0x2b, funct3: 0))]), after: first)
        == "instruction 'two.a' of extension 'second' (rv32 word & 0x0000707f == 0x0000002b) clashes with 'one.a' of 'first'"
    )
    #expect(
      refusal(of: StubExtension("second", [("one.a", .rv32I(opcode: 0x5b, funct3: 0))]), after: first)
        == "instruction 'one.a' of extension 'second' has the name of one of 'first'")
    #expect(
      refusal(of: StubExtension("second", calls: [(0x681, "other"), (0x680, "mine")]), after: first)
        == "system call 1664 of extension 'second' is taken by 'first'")
    #expect(refusal(of: StubExtension("first"), after: first) == "extension 'first' is registered twice")
    #expect(
      refusal(
        of: StubExtension("second", [("x", Self.custom1), ("y", Self.custom1)]), after: StubExtension("first")
      )
        == "instruction 'y' of extension 'second' (rv32 word & 0xfe00707f == 0x0200002b) clashes with 'x' of 'second'"
    )
  }

  @Test("EVM opcodes clash among themselves, not with words")
  func evm() {
    let first = StubExtension("first", [("evm.a", .evm(opcode: 0x2b))])
    #expect(
      refusal(of: StubExtension("second", [("evm.b", .evm(opcode: 0x2b))]), after: first)
        == "instruction 'evm.b' of extension 'second' (evm opcode 0x2b) clashes with 'evm.a' of 'first'")
    #expect(
      refusal(of: StubExtension("second", [("evm.a", .rv32I(opcode: 0x2b, funct3: 0))]), after: first)
        == "accepted")
  }

  @Test(
    "Standard opcodes and custom-0 are reserved", arguments: [0x03, 0x0b, 0x13, 0x33, 0x63, 0x73] as [UInt32])
  func reserved(opcode: UInt32) {
    let reason =
      opcode == 0x0b
      ? "custom-0 (0x0b) is Weft's own; extensions use 0x2b, 0x5b or 0x7b"
      : "standard opcodes belong to RISC-V; extensions use 0x2b, 0x5b or 0x7b"
    #expect(
      refusal(of: StubExtension("second", [("x", .rv32I(opcode: opcode, funct3: 7))]))
        == "instruction 'x' of extension 'second' (rv32 word & 0x0000707f == \(hexadecimal(opcode | 0x7000))) is reserved: \(reason)"
    )
  }

  @Test("Custom-1, custom-2 and custom-3 are free", arguments: [0x2b, 0x5b, 0x7b] as [UInt32])
  func free(opcode: UInt32) {
    #expect(refusal(of: StubExtension("second", [("x", .rv32I(opcode: opcode, funct3: 7))])) == "accepted")
  }

  @Test("Built-in parts may use what is reserved")
  func builtIn() throws {
    var registry = ExtensionRegistry()
    try registry.addBuiltIn(StubExtension("base", [("x", .rv32U(opcode: 0x37))], calls: [(93, "exit")]))
    #expect(registry.entries.map(\.owner) == ["base"])
    #expect(registry.systemCalls[93]?.name == "exit")
  }

  @Test(
    "Impossible encodings",
    arguments: [
      (0x2b, 0x0f, "match has bits outside mask"),
      (0x0b, 0x0f, "the mask must cover the major opcode, bits 0 to 6"),
      (0x2a, 0x7f, "the low two bits of a 32-bit instruction are 1"),
    ] as [(UInt32, UInt32, String)])
  func impossible(match: UInt32, mask: UInt32, reason: String) {
    let text = refusal(of: StubExtension("second", [("x", .rv32(match: match, mask: mask))]))
    #expect(text.hasPrefix("instruction 'x' of extension 'second' has an impossible encoding ("))
    #expect(text.hasSuffix("): \(reason)"))
  }

  @Test(
    "Call numbers outside 0x680…0x6ff are reserved",
    arguments: [0, 93, 0x67f, 0x700, 0xffff_ffff] as [UInt32])
  func reservedCalls(number: UInt32) {
    #expect(
      refusal(of: StubExtension("second", calls: [(number, "x")]))
        == "system call \(number) of extension 'second' is outside 0x680…0x6ff, the numbers for extensions")
    for number in [0x680, 0x6ff] as [UInt32] {
      #expect(refusal(of: StubExtension("second", calls: [(number, "x")])) == "accepted")
    }
  }

  @Test(
    "Names are lower-case letters, digits and hyphens",
    arguments: ["", "A", "a b", "ä", "a_b", "a\n", String(repeating: "a", count: 65)])
  func names(name: String) {
    #expect(
      refusal(of: StubExtension(name))
        == "'\(name)' is no extension name: use lower-case letters, digits and hyphens")
    #expect(refusal(of: StubExtension("a-1")) == "accepted")
  }
}

@Suite("Instruction table")
struct InstructionTableTests {
  @Test("Every word finds the instruction whose mask and match it fits, and no other")
  func lookup() throws {
    var registry = ExtensionRegistry()
    try registry.add(
      StubExtension(
        "e",
        [
          ("r", .rv32R(opcode: 0x2b, funct3: 1, funct7: 3)), ("i", .rv32I(opcode: 0x2b, funct3: 2)),
          ("u", .rv32U(opcode: 0x5b)), ("odd", .rv32(match: 0x8000_007b, mask: 0x8000_007f)),
          ("evm", .evm(opcode: 0xb0)),
        ]))
    let table = registry.freeze()
    func name(_ word: UInt32) -> String? {
      table.index(ofRV32: word).map { table.entries[$0].executor.mnemonic }
    }
    #expect(name(0x0600_102b) == "r")
    #expect(name(0x07ff_9fab) == "r")
    #expect(name(0x0400_102b) == nil)
    #expect(name(0xffff_afab) == "i")
    #expect(name(0x0000_302b) == nil)
    for funct3 in UInt32(0)..<8 {
      #expect(name(0x5b | funct3 << 12) == "u")
      #expect(name(0x8000_007b | funct3 << 12) == "odd")
      #expect(name(0x7b | funct3 << 12) == nil)
    }
    #expect(name(0) == nil && name(.max) == nil)
    #expect(table.index(ofEVM: 0xb0) == 4)
    #expect(table.index(ofEVM: 0x2b) == nil)
    #expect(table.extensions == [ExtensionRegistry.Member(name: "e", version: "1.0.0")])
  }

  @Test("Overlap is symmetric and means a common word", arguments: 0..<40)
  func overlaps(seed: Int) {
    var generator = Xorshift(state: UInt64(seed) &+ 88_172_645_463_325_252)
    let masks = (0..<2).map { _ in UInt32(truncatingIfNeeded: generator.next()) | 0x7f }
    let matches = masks.map { UInt32(truncatingIfNeeded: generator.next() & generator.next()) & $0 }
    let first = InstructionEncoding.rv32(match: matches[0], mask: masks[0])
    let second = InstructionEncoding.rv32(match: matches[1], mask: masks[1])
    #expect(first.overlaps(second) == second.overlaps(first))
    // The word with all bits that either fixes belongs to both exactly when they overlap.
    let word = matches[0] | matches[1] & ~masks[0]
    #expect(first.overlaps(second) == (word & masks[0] == matches[0] && word & masks[1] == matches[1]))
    #expect(first.overlaps(first))
  }
}

/// Marsaglia's xorshift64, so that tests repeat.
struct Xorshift: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
