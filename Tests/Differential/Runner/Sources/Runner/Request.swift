import Weft

/// One program, and how to run it.
struct Request {
  var textAddress: UInt32
  var text: [UInt8]
  var dataAddress: UInt32
  var data: [UInt8]
  var memorySize: UInt32
  var instructionLimit: UInt32
  /// Which of `Configuration.all`.
  var configurations: UInt32

  /// The next request; nil at the end of the input.
  init?(_ input: inout WordReader) throws {
    guard let textAddress = input.word() else { return nil }
    func required(_ word: UInt32?) throws -> UInt32 {
      guard let word else { throw ProtocolError.truncated }
      return word
    }
    self.textAddress = textAddress
    let words = try required(input.word())
    dataAddress = try required(input.word())
    let bytes = try required(input.word())
    memorySize = try required(input.word())
    instructionLimit = try required(input.word())
    configurations = try required(input.word())
    guard let text = input.bytes(Int(words) * 4), let data = input.bytes(Int(bytes)) else {
      throw ProtocolError.truncated
    }
    (self.text, self.data) = (text, data)
  }

  func run(_ configuration: Configuration) throws -> Answer {
    let program = try RV32Program(elf: elf, memoryLimit: UInt64(memorySize))
    var settings = Machine.Configuration()
    settings.engine = configuration.engine
    settings.limits.memory = UInt64(memorySize)
    settings.limits.instructions = UInt64(instructionLimit)
    settings.limits.recordBytes = 64 << 20
    var machine = try Machine(program, configuration: settings)
    try configuration.isSliced
      ? slice(&machine, configuration.mode) : { _ = try machine.run(configuration.mode) }()
    let run = try machine.finalize()
    return Answer(run, memorySize: memorySize, text: textAddress..<textAddress + UInt32(text.count))
  }

  /// Runs in pieces of 1, 2, 3 … instructions, so that pieces end everywhere inside straight lines.
  private func slice(_ machine: inout Machine, _ mode: RunMode) throws {
    try machine.start(mode)
    var left = UInt64(instructionLimit)
    var size: UInt64 = 1
    while left > 0 {
      let outcome = try machine.step(min(size, left))
      guard case .limit(.instructions(let count)) = outcome.exit else { return }
      left -= count
      size = size % 23 + 1
    }
  }

  /// A static executable with a text and a data segment.
  private var elf: [UInt8] {
    var file: [UInt8] = []
    func append(_ words: [UInt32]) {
      for word in words { withUnsafeBytes(of: word.littleEndian) { file.append(contentsOf: $0) } }
    }
    let (textOffset, dataOffset) = (UInt32(116), UInt32(116 + text.count))
    append([0x464c_457f, 0x0001_0101, 0, 0])
    append([243 << 16 | 2, 1, textAddress, 52, 0, 0, 32 << 16 | 52, 40 << 16 | 2, 0])
    append([1, textOffset, textAddress, textAddress, UInt32(text.count), UInt32(text.count), 5, 4])
    append([1, dataOffset, dataAddress, dataAddress, UInt32(data.count), UInt32(data.count), 6, 4])
    return file + text + data
  }
}

enum ProtocolError: Error {
  case truncated
}

/// What a run left behind.
struct Answer {
  var words: [UInt32]

  init(_ run: borrowing Run, memorySize: UInt32, text: Range<UInt32>) {
    let (stop, programCounter): (UInt32, UInt32) =
      switch run.outcome.exit {
      case .trapped(let trap):
        (trap.exceptionCode.map { $0 + 1 } ?? 100, UInt32(truncatingIfNeeded: trap.programCounter))
      case .halted: (101, 0)
      case .limit(.instructions), .paused: (0, 0)
      case .limit: (102, 0)
      }
    let image = run.memory.image
    var checksum = CRC32()
    for range in [0..<text.lowerBound, text.upperBound..<memorySize] {
      checksum.update(image, range)
    }
    words = [stop, programCounter, UInt32(clamping: run.outcome.instructions), checksum.value]
    for register in UInt32(0)..<32 {
      let bytes = image.bytes(at: MemoryAddress(.registers, register * 4), count: 4)
      words.append(bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }
  }
}
