import WeftMachine
import WeftMemory

@testable import WeftExtensions
@testable import WeftRV32

/// Programs that use the extension of `misbehaving.c`, and what becomes of them.
enum MisbehavingGuest {
  static let data: [UInt8] = (0..<64).map { UInt8($0) }

  /// `bad`, with the address of the data in x5.
  static let bad = InstructionWord.i(0x2b, 0, 7, 5, 0)
  static let good = InstructionWord.i(0x2b, 1, 8, 8, 1)
  static let handler = InstructionWord.i(0x2b, 2, 0, 5, 0)
  static let phantom = InstructionWord.i(0x0b, 3, 0, 5, 0x100)

  /// Writes "before", sets x7 to x9, uses `good` twice, then comes what is bad, then `ebreak`.
  static func code(_ words: [InstructionWord]) -> [InstructionWord] {
    li(5, Layout.data) + li(6, Layout.data + 64) + call(64, 1, Layout.data + 64, 6)
      + li(7, 77) + li(8, 0) + li(9, 99) + [good, good] + words + [.ebreak]
  }

  static func program(_ words: [InstructionWord]) throws -> RV32Program {
    try makeProgram(code(words), data: data + Array("before".utf8))
  }

  static func load(_ name: String) throws -> any VMExtension {
    try ObjectLoader(probe: nil).load(ObjectWorkshop.object("misbehaving.c", case: name))
  }

  /// Where fast runs of the threaded engine, in which step functions write in place, differ from the others.
  static let inPlace = Execution(engine: .threaded, mode: .fast)

  static func configuration(_ engine: Engine) -> Machine.Configuration {
    var configuration = Machine.Configuration.test(engine)
    configuration.limits.outputBytes = 4096
    return configuration
  }

  /// How a run ended, in one line.
  static func text(_ exit: WeftMachine.ExitStatus) -> String {
    switch exit {
    case .halted(let code): "halted with \(code)"
    case .trapped(let trap): trap.reason
    case .limit(let limit): "\(limit)"
    case .paused: "paused"
    }
  }
}

extension Execution {
  var isRecorded: Bool {
    if case .recorded = mode { true } else { false }
  }
}
