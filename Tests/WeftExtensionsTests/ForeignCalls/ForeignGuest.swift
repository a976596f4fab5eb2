import Testing
import WeftExtensions
import WeftMachine
import WeftMemory
import WeftRV32

/// A guest of a few words that sets registers and executes one instruction of a manifest: on every engine, in every
/// mode, with the same outcome.
struct ForeignGuest {
  static let text: UInt32 = 0x1000
  static let data: UInt32 = 0x20_0000
  static let dataSize = 4096
  static let memorySize: UInt64 = 0x40_0000

  /// What a run leaves behind.
  struct State: Equatable {
    var exit: WeftMachine.ExitStatus
    var registers: [UInt32]
    var data: [UInt8]
    var instructions: UInt64
    var trap: Trap? { if case .trapped(let trap) = exit { trap } else { nil } }
  }

  var registers: [UInt32: UInt32] = [:]
  /// The bytes at `data`.
  var bytes: [UInt8] = []
  /// The words after the registers are set.
  var code: [UInt32] = [Self.word()]

  /// An R-type word on custom-1 with funct3 and funct7 0: a0 and a1 are the sources, a2 the destination.
  static func word(rd: UInt32 = 12, rs1: UInt32 = 10, rs2: UInt32 = 11, funct3: UInt32 = 0) -> UInt32 {
    rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | 0x2b
  }

  /// Runs on all engines in all modes; gives the state, which is the same for all.
  func run(_ extension: ForeignExtension, sourceLocation: SourceLocation = #_sourceLocation) throws -> State {
    var first: State?
    for engine in Engine.allCases {
      for mode in [RunMode.fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords)] {
        let state = try run(`extension`, engine, mode)
        if let first, state != first {
          Issue.record("\(engine) \(mode): \(state) against \(first)", sourceLocation: sourceLocation)
        }
        first = first ?? state
      }
    }
    return try #require(first)
  }

  func run(_ extension: ForeignExtension, _ engine: Engine, _ mode: RunMode) throws -> State {
    try finish(`extension`, engine, mode, recordBytes: 64 << 20).state
  }

  /// Runs once; in recorded modes the record is checked as well.
  func finish(
    _ extension: ForeignExtension, _ engine: Engine, _ mode: RunMode, recordBytes: Int
  ) throws -> (state: State, timestamp: UInt32) {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.limits.memory = Self.memorySize
    configuration.limits.recordBytes = recordBytes
    var machine = try Machine(
      RV32Program(elf: elf, memoryLimit: Self.memorySize), configuration: configuration,
      extensions: [`extension`])
    let outcome = try machine.run(mode)
    let state = State(
      exit: outcome.exit, registers: machine.registers,
      data: machine.bytes(at: Self.data, count: Self.dataSize) ?? [], instructions: outcome.instructions)
    guard case .recorded = mode else { return (state, 0) }
    let run = try machine.finalize()
    // Replaying the log gives the memory that the run left: it accounts for every byte that changed.
    try run.memory.validate()
    return (state, run.memory.timestamp)
  }

  /// Every register is set, then the code runs into `ebreak`.
  private var elf: [UInt8] {
    var words: [UInt32] = []
    for (register, value) in registers.sorted(by: { $0.key < $1.key }) {
      // lui and addi; the latter sign-extends.
      words.append((value &+ 0x800) & 0xffff_f000 | register << 7 | 0x37)
      words.append((value & 0xfff) << 20 | register << 15 | register << 7 | 0x13)
    }
    let content = (words + code + [0x0010_0073]).flatMap(Self.little)
    let size = UInt32(content.count)
    var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
    file += Self.little(2 | 243 << 16) + [1, Self.text, 52, 0, 0, 52 | 32 << 16, 2, 0].flatMap(Self.little)
    let data = bytes + [UInt8](repeating: 0, count: Self.dataSize - bytes.count)
    let header: UInt32 = 52 + 64
    file += [1, header, Self.text, Self.text, size, size, 5, 4].flatMap(Self.little)
    let dataSize = UInt32(data.count)
    file += [1, header + size, Self.data, Self.data, dataSize, dataSize, 6, 4].flatMap(Self.little)
    return file + content + data
  }

  private static func little(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
  }
}

/// An extension with one instruction of the samples, on custom-1 with funct3 and funct7 0.
///
/// - Parameter body: the members of the instruction behind its name and encoding.
func sample(
  _ symbol: String, _ body: String, structs: String = "{}"
) throws -> ForeignExtension {
  let text = """
    { "abi": 1, "name": "sample", "version": "1", "library": "\(try SampleLibrary.path())", "structs": \(structs),
      "instructions": [ { "name": "call", "symbol": "\(symbol)",
        "encoding": { "major": "custom-1", "funct3": 0, "funct7": 0 }, \(body) } ] }
    """
  return try ForeignExtension(
    ExtensionManifest(decoding: Array(text.utf8), path: "sample.json"), path: "sample.json",
    allowForeign: true)
}

/// What a refused extension says.
func loadError(_ body: () throws(ExtensionLoadError) -> Void) -> String {
  do throws(ExtensionLoadError) {
    try body()
    return "accepted"
  } catch {
    return error.description
  }
}
