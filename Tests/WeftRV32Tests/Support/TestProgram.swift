import WeftMachine
import WeftMemory

@testable import WeftRV32

/// Where the tests' programs lie. The text comes first and the data follows it on a page of its own.
enum Layout {
  static let text: UInt32 = 0x1000
  static let memorySize: UInt64 = 0x40_0000
  /// A page that no short program reaches.
  static let data: UInt32 = 0x20_0000
}

/// A program of instruction words, with optional initial data.
func makeProgram(
  _ code: [InstructionWord], at text: UInt32 = Layout.text, data: [UInt8] = [], dataAt: UInt32 = Layout.data,
  options: RV32Program.Options = RV32Program.Options(), symbols: [ELFBuilder.Symbol] = []
) throws -> RV32Program {
  let base = options.environment.memoryBase
  let machine = options.environment == .machine
  var builder = ELFBuilder()
  builder.entry = base + text
  builder.content = code.flatMap { word in withUnsafeBytes(of: word.bits.littleEndian) { Array($0) } }
  let textSize = UInt32(builder.content.count)
  builder.segments = [
    ELFBuilder.Segment(
      address: base + text, fileSize: textSize, memorySize: textSize, flags: machine ? 7 : 5)
  ]
  if !data.isEmpty {
    let offset = ELFBuilder.headerSize + 64 + textSize
    builder.segments.append(
      ELFBuilder.Segment(
        offset: offset, address: base + dataAt, fileSize: UInt32(data.count), memorySize: UInt32(data.count),
        flags: 6))
    builder.content += data
  }
  builder.symbols = symbols
  return try RV32Program(elf: builder.build(), options: options, memoryLimit: Layout.memorySize)
}

extension Machine.Configuration {
  /// Small memory and records, so that thousands of runs stay cheap.
  static func test(_ engine: Engine) -> Machine.Configuration {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.limits.memory = Layout.memorySize
    configuration.limits.instructions = 4_000_000
    configuration.limits.recordBytes = 256 << 20
    return configuration
  }
}
