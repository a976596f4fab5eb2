import Testing
import WeftMachine
import WeftMemory

@testable import WeftExtensions
@testable import WeftRV32

/// A case of `misbehaving.c` and how the run ends.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
  enum Place { case step, handler, phantom, call }

  var name: String
  var place: Place
  var end: String
  /// How a fast run of the threaded engine ends, where that cannot be the same.
  var endInPlace: String?
  /// The same for runs with a clock: metered and recorded ones.
  var endClocked: String?
  /// Whether such a run leaves something of the failed instruction behind.
  var leavesTraces = false

  init(
    _ name: String, _ place: Place, _ end: String, inPlace: String? = nil, clocked: String? = nil,
    leavesTraces: Bool = false
  ) {
    (self.name, self.place, self.end) = (name, place, end)
    (endInPlace, endClocked, self.leavesTraces) = (inPlace, clocked, leavesTraces)
  }

  init(
    _ name: String, _ end: String, inPlace: String? = nil, clocked: String? = nil, leavesTraces: Bool = false
  ) {
    self.init(name, .step, end, inPlace: inPlace, clocked: clocked, leavesTraces: leavesTraces)
  }

  var testDescription: String { name }

  var words: [InstructionWord] {
    switch place {
    case .step: [MisbehavingGuest.bad]
    case .handler: [MisbehavingGuest.handler]
    case .phantom: [MisbehavingGuest.phantom]
    case .call: li(10, Layout.data) + li(17, 0x680) + [.ecall]
    }
  }
}

@Suite("Extensions that misbehave")
struct MisbehaviourTests {
  @Test("It ends the run with a reason, on every engine in every mode", arguments: Misbehaviour.all)
  func ending(_ item: Misbehaviour) throws {
    let `extension` = try MisbehavingGuest.load(item.name)
    let program = try MisbehavingGuest.program(item.words)
    var first: FinalState?
    for execution in Execution.all {
      let isInPlace = execution == MisbehavingGuest.inPlace
      var machine = try Machine(
        program, configuration: MisbehavingGuest.configuration(execution.engine), extensions: [`extension`])
      // Twice: what went wrong once does no harm to the next run.
      for _ in 0..<2 {
        _ = try machine.run(execution.mode)
        let state = FinalState(machine)
        let other = isInPlace ? item.endInPlace : execution.mode != .fast ? item.endClocked : nil
        let end = other ?? item.end
        #expect(MisbehavingGuest.text(state.exit) == end, "\(execution.testDescription)")
        #expect(state.output.starts(with: Array("before".utf8)), "\(execution.testDescription)")
        #expect(state.registers[0] == 0 && state.registers[8] == 2, "\(execution.testDescription)")
        if other != nil || (isInPlace && item.leavesTraces) { continue }
        if let first, state != first {
          Issue.record("\(execution.testDescription): \(state.differences(from: first))")
        }
        first = first ?? state
      }
      if execution.isRecorded {
        let run = try machine.finalize()
        try run.memory.validate()
      }
    }
  }
}
