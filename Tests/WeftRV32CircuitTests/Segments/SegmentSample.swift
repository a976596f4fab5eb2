import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

@testable import WeftRV32Circuit

/// A program with everything that crosses the borders of segments: memory that grows, hints, input items, the heap,
/// output, public values, and an end by a call.
enum SegmentSample {
  static let exitCode: UInt32 = 0x1234
  static let input: [[UInt8]] = [Array(1...12), Array("segment".utf8)]

  static func program(rounds: UInt32) throws -> RV32Program {
    let words = RandomPrograms.assemble { code in
      code.constant(5, 0x10_0000)
      code.append(0x0000_300b)  // weft.phantom: the first input item as hints
      code.append(5 << 7 | 0x100b)  // weft.hint.storew (x5)
      code.append(.i(0x13, 0, 10, 0, 0))
      code.constant(17, 214)  // brk(0)
      code.append(0x73)
      code.append(.i(0x13, 0, 10, 10, 512))
      code.append(0x73)  // brk(a0 + 512)
      code.append(.i(0x0b, 2, 0, 5, 0))  // weft.reveal: public value 0
      code.constant(6, rounds)
      code.constant(7, 1)
      code.append(.store(2, 7, 5, 64))
      code.append(.load(2, 8, 5, 64))
      code.append(.r(0, 1, 7, 7, 8))
      code.append(.i(0x13, 0, 7, 7, 3))
      code.append(.i(0x13, 0, 5, 5, 128))
      code.append(.i(0x13, 0, 6, 6, -1))
      code.append(.branch(1, 6, 0, -24))
      code.append(5 << 7 | 0x100b)  // the next word of the hints, in a later segment
      code.append(.load(2, 9, 5, 0))
      code.append(.i(0x0b, 2, 0, 9, 4))  // public value 1
      code.constant(17, 63)  // read(0, x5 + 64, 16): the second item
      code.append(.i(0x13, 0, 10, 0, 0))
      code.append(.i(0x13, 0, 11, 5, 64))
      code.constant(12, 16)
      code.append(0x73)
      code.append(.i(0x13, 0, 12, 10, 0))
      code.constant(17, 64)  // write(1, …)
      code.constant(10, 1)
      code.append(0x73)
      code.append(.i(0x13, 0, 10, 0, 0))
      code.constant(17, 214)  // brk(0): where the heap ends
      code.append(0x73)
      code.append(.i(0x0b, 2, 0, 10, 8))  // public value 2
      code.exit(exitCode)
    }
    return try RV32Program(code: words, data: Array(1...9), memoryLimit: 64 << 20)
  }

  static var configuration: Machine.Configuration {
    var configuration = Machine.Configuration()
    configuration.limits.memory = 64 << 20
    configuration.input = input
    return configuration
  }

  static func limits(rows: Int? = nil, instructions: UInt64? = nil) -> SegmentLimits {
    var limits = SegmentLimits()
    if let rows { limits.rows = rows }
    limits.instructions = instructions
    return limits
  }

  /// A run with all its segments and their traces, made one after the other.
  struct Whole: Sendable {
    var tracer: SegmentTracer
    var cuts: [CutSegment] = []
    var made: [RV32Traces] = []
    var outcome: Outcome

    init(
      _ program: RV32Program, _ configuration: Machine.Configuration = SegmentSample.configuration,
      extensions: [any VMExtension] = [], limits: SegmentLimits
    ) throws {
      var run = try SegmentedRun(
        program, configuration: configuration, extensions: extensions, limits: limits)
      tracer = run.tracer
      while let cut = try run.next() { cuts.append(cut) }
      outcome = run.outcome
      for cut in cuts { made.append(try tracer.traces(of: cut.segment, tree: cut.tree, threads: 2)) }
    }

    var claims: [SegmentClaim] {
      made.compactMap { SegmentClaim($0.traces, addressBase: $0.addressBase) }
    }
  }

  /// A run in a few segments, which tests tamper with.
  static let small = Result { try Whole(program(rounds: 40), limits: limits(instructions: 80)) }
}
