import WeftField
import WeftMachine
import WeftRV32

/// A program as the circuit knows it: an instruction at every address that holds one, and what is said of those
/// that no chip explains.
public struct CircuitProgram: Sendable {
  public let source: RV32Program
  /// The instructions of the machine that runs it.
  public let table: InstructionTable
  /// The address of the first slot, a multiple of 4.
  public let firstAddress: UInt32
  /// One for every four bytes from `firstAddress` on. A slot without an instruction holds `terminate` and is not in
  /// the program table.
  public let instructions: [CircuitInstruction]
  /// Where the program begins.
  public var entry: UInt32 { source.file.entry }
  /// Loads and stores whose misaligned execution the host emulates: a second line of the table for their addresses.
  public private(set) var emulated: [(address: UInt32, instruction: CircuitInstruction)] = []
  let isPresent: [Bool]
  /// Names of what no chip explains, by address.
  private let names: [UInt32: String]

  /// Where the circuit's addresses begin.
  var addressBase: UInt32 { source.options.environment.memoryBase }

  /// An address as the circuit has it.
  func distance(_ address: UInt32) -> UInt32 { address &- addressBase }

  /// Whether an address is one of the circuit's.
  func reaches(_ address: UInt32) -> Bool { distance(address) < 1 << Self.addressBits }

  /// Distances from the base that fit the circuit: their bytes are 8, 8, 8 and 6 bits. (reference/circuits.md §2)
  public static var addressBits: UInt32 { 30 }

  /// - Parameters:
  ///   - program: the program.
  ///   - table: the instructions of the machine that runs it.
  /// - Throws: `addressTooLarge` where code lies 2^30 bytes or more behind the start of the environment's memory.
  public init(_ program: RV32Program, table: InstructionTable) throws(RV32CircuitError) {
    let ranges = program.executableRanges
    let first = ranges.map(\.lowerBound).min() ?? 0
    let end = ranges.map(\.upperBound).max() ?? 0
    let limit = UInt64(program.options.environment.memoryBase) + 1 << UInt64(Self.addressBits)
    guard end <= limit else { throw .addressTooLarge(first < limit ? end &- 4 : first) }
    let slotCount = Int(end - first) / 4
    var instructions = [CircuitInstruction](repeating: CircuitInstruction(.terminate), count: slotCount)
    var isPresent = [Bool](repeating: false, count: slotCount)
    var names: [UInt32: String] = [:]
    for range in ranges {
      var address = (range.lowerBound + 3) & ~3
      while address + 4 <= range.upperBound {
        let word = Self.word(at: UInt32(address), of: program)
        let slot = Int(address - first) / 4
        if let (instruction, name) = Self.instruction(word, at: UInt32(address), table) {
          instructions[slot] = instruction
          isPresent[slot] = true
          if let name { names[UInt32(address)] = name }
        }
        address += 4
      }
    }
    source = program
    self.table = table
    firstAddress = UInt32(first)
    self.instructions = instructions
    self.isPresent = isPresent
    self.names = names
  }

  /// The instruction at an address; nil where there is none.
  public subscript(address: UInt32) -> CircuitInstruction? {
    slot(of: address).flatMap { isPresent[$0] ? instructions[$0] : nil }
  }

  func slot(of address: UInt32) -> Int? {
    let offset = address &- firstAddress
    let slot = Int(offset >> 2)
    return offset & 3 == 0 && slot < instructions.count ? slot : nil
  }

  /// Whether any instruction stores a public value.
  var hasReveals: Bool { instructions.contains { $0.opcode == .storeWord && $0.e == 3 } }

  /// The mnemonic of an instruction.
  func name(at address: UInt32) -> String {
    if let name = names[address] { return name }
    let word = Self.word(at: address, of: source)
    return table.index(ofRV32: word).map { table.entries[$0].executor.mnemonic } ?? "no instruction"
  }

  /// The program with second lines for loads and stores whose misaligned execution the host emulated.
  func emulating(_ addresses: some Sequence<UInt32>) -> CircuitProgram {
    var result = self
    result.emulated = Set(addresses).sorted().map { address in
      (address, .service(word: Self.word(at: address, of: source), mayJump: false))
    }
    return result
  }

  /// The program with second lines for all loads and stores whose misaligned execution the host would emulate: segments
  /// of one run have one program table, whatever each of them executes.
  var emulatingAll: CircuitProgram {
    guard source.options.misalignedAccess == .emulate else { return self }
    let opcodes: Set<CircuitOpcode> = [
      .loadWord, .loadHalf, .loadHalfUnsigned, .storeWord, .storeHalf,
    ]
    return emulating(
      instructions.indices.lazy.filter { slot in
        isPresent[slot] && opcodes.contains(instructions[slot].opcode) && instructions[slot].e == 2
      }.map { firstAddress &+ 4 &* UInt32(truncatingIfNeeded: $0) })
  }

  /// The instruction of a word and, where no chip explains it, its name; nil where nothing can be executed.
  private static func instruction(
    _ word: UInt32, at address: UInt32, _ table: InstructionTable
  ) -> (CircuitInstruction, name: String?)? {
    guard let index = table.index(ofRV32: word) else { return nil }
    let entry = table.entries[index]
    guard let lowered = entry.executor.lower(word, at: address) else { return nil }
    let name = entry.executor.mnemonic
    switch entry.owner {
    case RV32IExtension().name, RV32MExtension().name, GuestInstructionsExtension().name:
      guard let instruction = CircuitInstruction.decode(word) else { return nil }
      return (instruction, nil)
    case MachineModeExtension().name:
      // Waiting for interrupts, of which there are none, is idling.
      return name == "wfi" ? (.nop, nil) : (.service(word: word, mayJump: name == "mret"), name)
    case CountersExtension().name: return (.service(word: word, mayJump: false), name)
    default:
      if let chip = entry.executor.chip,
        let key = InstructionChip.key(of: entry.executor.encoding, form: chip.form)
      {
        return (.extensionInstruction(key, chip, word: word), nil)
      }
      if case .engine = lowered.implementation { return nil }
      return (.service(word: word, mayJump: true), name)
    }
  }

  static func word(at address: UInt32, of program: RV32Program) -> UInt32 {
    guard
      let segment = program.file.segments.first(where: {
        $0.address <= address && UInt64(address) < $0.end
      })
    else { return 0 }
    let bytes = segment.fileBytes
    return (0..<4).reduce(UInt32(0)) { word, lane in
      let offset = Int(address - segment.address) + lane
      let byte = offset < bytes.count ? bytes[bytes.startIndex + offset] : 0
      return word | UInt32(byte) << UInt32(8 * lane)
    }
  }
}
