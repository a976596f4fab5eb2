import WeftMemory

/// A frozen registry: finds the executor of a word. Consulted when a program is decoded, never while it runs.
public struct InstructionTable: Sendable {
  public let extensions: [ExtensionRegistry.Member]
  /// All registered instructions; an instruction's index here is its number in counts and profiles.
  public let entries: [ExtensionRegistry.Entry]
  public let systemCalls: [UInt32: SystemCall]
  /// Precompiled contracts of the EVM by address.
  public let precompiles: [UInt64: ExtensionRegistry.PrecompileEntry]
  /// Numbers of the system calls by name; the lowest where a name stands for several.
  package let systemCallNumbers: [String: UInt32]
  public let phantoms: [UInt32: PhantomInstruction]
  /// Address spaces of extensions.
  public let addressSpaces: [AddressSpace]
  /// What parts of Weft change in the memory of a machine.
  package let memoryChanges: [ExtensionRegistry.MemoryChange]
  private let instanceFactories: [@Sendable () -> any ExtensionInstance]

  /// An RV32 encoding with the index of its entry.
  private struct Candidate {
    var match: UInt32
    var mask: UInt32
    var index: Int
  }
  /// RV32 candidates by major opcode (bits 0 to 6) and funct3.
  private let rv32: [[Candidate]]
  private let evm: [Int?]

  init(
    extensions: [ExtensionRegistry.Member], entries: [ExtensionRegistry.Entry],
    systemCalls: [UInt32: SystemCall], precompiles: [UInt64: ExtensionRegistry.PrecompileEntry] = [:],
    phantoms: [UInt32: PhantomInstruction] = [:], addressSpaces: [AddressSpace] = [],
    memoryChanges: [ExtensionRegistry.MemoryChange] = [],
    instanceFactories: [@Sendable () -> any ExtensionInstance] = []
  ) {
    self.precompiles = precompiles
    self.phantoms = phantoms
    self.addressSpaces = addressSpaces
    self.memoryChanges = memoryChanges
    self.instanceFactories = instanceFactories
    self.extensions = extensions
    self.entries = entries
    self.systemCalls = systemCalls
    systemCallNumbers = Dictionary(
      systemCalls.values.map { ($0.name, $0.number) }, uniquingKeysWith: { min($0, $1) })
    var rv32 = [[Candidate]](repeating: [], count: 1024)
    var evm = [Int?](repeating: nil, count: 256)
    for (index, entry) in entries.enumerated() {
      switch entry.executor.encoding {
      case .evm(let opcode):
        evm[Int(opcode)] = index
      case .rv32(let match, let mask):
        for funct3 in UInt32(0)..<8 where (match ^ funct3 << 12) & mask & 0x7000 == 0 {
          rv32[Int(match & 0x7f | funct3 << 7)].append(Candidate(match: match, mask: mask, index: index))
        }
      }
    }
    self.rv32 = rv32
    self.evm = evm
  }

  /// What the extensions keep for one machine.
  package func makeInstances() -> [any ExtensionInstance] { instanceFactories.map { $0() } }

  /// The index of the entry that claims an RV32 word.
  public func index(ofRV32 word: UInt32) -> Int? {
    let key = Int(word & 0x7f | (word >> 5) & 0x380)
    for candidate in rv32[key] where word & candidate.mask == candidate.match {
      return candidate.index
    }
    return nil
  }

  /// The index of the entry that claims an EVM opcode.
  public func index(ofEVM opcode: UInt8) -> Int? { evm[Int(opcode)] }

  /// Counts by EVM opcode as counts by entry. Opcodes that nobody claims are in none.
  package func instructionCounts(ofOpcodes counts: [UInt64]) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: entries.count)
    for (opcode, index) in evm.enumerated() {
      if let index, counts.indices.contains(opcode) { result[index] &+= counts[opcode] }
    }
    return result
  }
}
