import Testing
import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftRV32Circuit

/// The negative tests of reference/circuits.md §15 that concern whole runs: an honest run is tampered with as stated and
/// must be rejected.
@Suite("Negative tests of runs")
struct NegativeRunTests {
  /// A small run with a call, hints, public values and an end by `exit`.
  private static func honest(code: UInt32 = 5) throws -> (RV32Circuit, RV32Traces) {
    let words = RandomPrograms.assemble { code_ in
      code_.constant(5, 0x10_0000)
      code_.constant(6, 3)
      code_.append(0x0000_300b)  // weft.phantom: the next input item as hints
      code_.append(5 << 7 | 0x100b)  // weft.hint.storew (x5)
      code_.append(0x0010_100b | 5 << 7 | 6 << 15)  // weft.hint.buffer (x5), x6 words
      code_.append(.i(0x0b, 2, 0, 6, 8))  // weft.reveal: public value 2
      code_.append(.r(0, 0, 7, 5, 6))
      code_.append(.r(0, 0x20, 8, 5, 6))
      code_.append(.branch(0, 6, 6, 8))
      code_.append(0xffff_ffff)
      code_.constant(17, 0x602)  // hint_next
      code_.append(0x73)
      code_.exit(code)
    }
    let result = try RecordedRun(input: [Array(1...12), [9]]).checked(
      try RV32Program(code: words, data: [1, 2, 3], memoryLimit: 64 << 20))
    return (result.circuit, result.made)
  }

  /// The findings in tampered traces, which must not be empty.
  private static func findings(
    _ circuit: RV32Circuit, _ made: RV32Traces, _ tamper: (inout TraceSet) throws -> Void
  ) throws -> String {
    var traces = made.traces
    try tamper(&traces)
    let report = try circuit.check(traces, committed: made.committed, checker: Checker(threads: 1))
    #expect(!report.isAccepted)
    return report.isAccepted ? "accepted" : report.description
  }

  /// Changes a cell of the common part by the name of its column.
  private static func set(
    _ traces: inout TraceSet, _ air: String, _ row: Int, _ column: String, _ value: BabyBear
  ) throws {
    let index = try #require(traces.airs.firstIndex { $0.air.name == air })
    let place = try #require(traces.airs[index].air.mainColumns.firstIndex(of: column), "\(column)")
    traces.airs[index].main?[row, place] = value
  }

  private static func setPublic(
    _ traces: inout TraceSet, _ air: String, _ index: Int, _ value: BabyBear
  ) throws {
    let place = try #require(traces.airs.firstIndex { $0.air.name == air })
    traces.airs[place].publicValues[index] = value
  }

  @Test("N01 Heights with which p messages could cancel")
  func multiplicities() throws {
    /// One column, a hundred look-ups.
    struct Wide: AIR {
      let name = "Wide"
      func describe(in builder: CircuitBuilder) {
        let cell = builder.mainColumns("cell", count: 1).local[0]
        for _ in 0..<100 { builder.rangeCheck(cell, bits: 1, count: 1) }
      }
    }
    let (circuit, made) = try Self.honest()
    let text = try Self.findings(circuit, made) { traces in
      let main = try Trace(height: 1 << 25, width: 1)
      traces.airs.append(try AIRTrace(air: try Wide().description(), main: main))
    }
    #expect(text.contains("interactions are more than the field's order"), "\(text)")
    #expect(text.contains("AIR Wide is not part of the circuit"))
  }

  @Test("N02 Time that begins elsewhere than at 1, or ends at 2^29 or above")
  func time() throws {
    let (circuit, made) = try Self.honest()
    let begin = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "Connector", 0, "timestamp", 2)
      try Self.set(&traces, "Connector", 0, "timestampLow", 2)
    }
    #expect(begin.contains("time begins at 1"))
    let late = BabyBear((1 << 29) + 7)
    let end = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "Connector", 1, "timestamp", late)
      try Self.set(&traces, "Connector", 1, "timestampLow", 7)
    }
    #expect(end.contains("bus range"))
    let low = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "Connector", 1, "timestamp", late)
      try Self.set(&traces, "Connector", 1, "timestampLow", late)
    }
    #expect(low.contains("bus range"))
  }

  @Test("N09 A row of a buffer without its start; pointers and counts of more than 29 bits")
  func hintBuffers() throws {
    let (circuit, made) = try Self.honest()
    // Row 0 is the single word, rows 1 to 3 the buffer.
    let noStart = try Self.findings(circuit, made) { try Self.set(&$0, "HintStore", 1, "isStart", 0) }
    #expect(noStart.contains("a single word is one row"))
    let pointer = try Self.findings(circuit, made) { try Self.set(&$0, "HintStore", 1, "pointer[3]", 32) }
    #expect(pointer.contains("bus bitwise"))
    let count = try Self.findings(circuit, made) { try Self.set(&$0, "HintStore", 1, "remaining[3]", 32) }
    #expect(count.contains("bus bitwise"))
    let first = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "HintStore", 0, "isSingle", 0)
      try Self.set(&traces, "HintStore", 0, "isBuffer", 1)
    }
    #expect(first.contains("the first row begins an instruction"))
  }

  @Test("N10 A hint of no words")
  func emptyHint() throws {
    let (circuit, made) = try Self.honest()
    let single = try Self.findings(circuit, made) { try Self.set(&$0, "HintStore", 0, "remaining[0]", 0) }
    #expect(single.contains("the last row has one word left"))
    let buffer = try Self.findings(circuit, made) { try Self.set(&$0, "HintStore", 1, "remaining[0]", 0) }
    #expect(buffer.contains("one word less in the next row"))
  }

  @Test("N15 An AIR twice, a required AIR missing, another AIR under a name")
  func membership() throws {
    let (circuit, made) = try Self.honest()
    for member in circuit.members where member.isRequired {
      let name = member.description.name
      let text = try Self.findings(circuit, made) { $0.airs.removeAll { $0.air.name == name } }
      #expect(text.contains("AIR \(name) is required and missing"), "\(text)")
    }
    #if DEBUG
      let some = stride(from: 0, to: made.traces.airs.count, by: 4).map { made.traces.airs[$0] }
    #else
      let some = made.traces.airs
    #endif
    for trace in some {
      let text = try Self.findings(circuit, made) { $0.airs.append(trace) }
      #expect(text.contains("AIR \(trace.air.name) is there twice"), "\(text)")
    }
    // Without a table nobody answers look-ups; without an executor nobody passes the state on.
    for trace in some {
      _ = try Self.findings(circuit, made) { $0.airs.removeAll { $0.air.name == trace.air.name } }
    }
    struct Lenient: AIR {
      let name = "Phantom"
      func describe(in builder: CircuitBuilder) {
        let row = builder.main(PhantomColumns<Expression>.self).local
        builder.assertBool(row.isValid, "isValid is a bit")
        builder.lookup(
          .program, [row.pc, 1] + row.operands.array + [0, 0, 0, 0], count: row.isValid)
        builder.receive(.execution, [row.pc, row.timestamp], count: row.isValid)
        builder.send(.execution, [row.pc + 4, row.timestamp + 1], count: row.isValid)
      }
    }
    let other = try Self.findings(circuit, made) { traces in
      let index = try #require(traces.airs.firstIndex { $0.air.name == "Phantom" })
      traces.airs[index] = try AIRTrace(
        air: try Lenient().description(), main: traces.airs[index].main)
    }
    #expect(other.contains("AIR Phantom has other constraints"))
  }

  @Test("N16 Interactions, constraints and public values are those of the circuit")
  func descriptions() throws {
    let (circuit, made) = try Self.honest()
    let place = try #require(made.traces.airs.firstIndex { $0.air.name == "Phantom" })
    /// The phantom chip's AIR, with one part left out.
    struct Partial: AIR {
      enum Part: CaseIterable { case none, bit, gating, execution }
      var omitted: Part
      let name = "Phantom"

      func describe(in builder: CircuitBuilder) {
        let row = builder.main(PhantomColumns<Expression>.self).local
        if omitted != .bit { builder.assertBool(row.isValid, "isValid is a bit") }
        if omitted != .gating { builder.gatePadding(validity: row.isValid) }
        guard omitted != .execution else { return }
        builder.execute(
          Expression(Int(CircuitOpcode.phantom.rawValue)), row.operands.array,
          from: ExecutionState(pc: row.pc, timestamp: row.timestamp), nextPC: row.pc + 4, step: 1,
          count: row.isValid)
      }
    }
    for part in Partial.Part.allCases {
      var traces = made.traces
      traces.airs[place] = try AIRTrace(
        air: try Partial(omitted: part).description(), main: traces.airs[place].main)
      let report = try circuit.check(traces, committed: made.committed)
      let isOther = report.description.contains(
        "AIR Phantom has other constraints or interactions than the circuit's")
      #expect(report.isAccepted == (part == .none), "\(part)")
      #expect(isOther == (part != .none), "\(part): \(report.description)")
    }
    let connector = try #require(made.traces["Connector"])
    #expect(throws: TraceError.self) {
      try AIRTrace(
        air: connector.air, preprocessed: connector.preprocessed, main: connector.main,
        publicValues: connector.publicValues + [0])
    }
  }

  @Test("N32 Neither the order of AIRs nor what traces say of their rows decides")
  func claims() throws {
    let (circuit, made) = try Self.honest()
    var traces = made.traces
    traces.airs.reverse()
    for index in traces.airs.indices { traces.airs[index].rowCount = 0 }
    #expect(try circuit.check(traces, committed: made.committed).isAccepted)
    let text = try Self.findings(circuit, made) { traces in
      traces.airs.reverse()
      traces.airs.removeAll { $0.air.name == "Connector" }
    }
    #expect(text.contains("AIR Connector is required and missing"))
  }

  @Test("N33 A sum of messages that is not zero")
  func balance() throws {
    let (circuit, made) = try Self.honest()
    let gone = try Self.findings(circuit, made) { $0.airs.removeAll { $0.air.name == "Phantom" } }
    #expect(gone.contains("bus execution"))
    let twice = try Self.findings(circuit, made) { traces in
      let index = try #require(traces.airs.firstIndex { $0.air.name == "JalLui" })
      let row = try #require(traces.airs[index].main).row(0)
      let last = traces.airs[index].height - 1
      for (column, cell) in row.enumerated() { traces.airs[index].main?[last, column] = cell }
    }
    #expect(twice.contains("bus "))
  }

  @Test("N22 A phantom that counts as two, a connector that ends half")
  func booleans() throws {
    let (circuit, made) = try Self.honest()
    let phantom = try Self.findings(circuit, made) { try Self.set(&$0, "Phantom", 0, "isValid", 2) }
    #expect(phantom.contains("isValid is a bit"))
    let connector = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "Connector", 1, "isTerminate", 2)
      try Self.setPublic(&traces, "Connector", 2, 2)
    }
    #expect(connector.contains("isTerminate is a bit"))
    let call = try Self.findings(circuit, made) { try Self.set(&$0, "Connector", 1, "isCall", 2) }
    #expect(call.contains("isCall is a bit"))
  }

  @Test("N23 A buffer whose last row is the last row of the trace and not the last of the instruction")
  func openBuffer() throws {
    let records = Samples.hints(buffers: [4], singles: 0)
    var traces = try TraceGenerator(threads: 1).generate([
      TraceJob(HintStoreChip(), records: records), TraceJob(table: RangeTable()),
      TraceJob(table: BitwiseTable()),
    ])
    // Five words were announced, four are stored.
    for row in 0..<4 { try Self.set(&traces, "HintStore", row, "remaining[0]", BabyBear(5 - row)) }
    let report = try Checker(threads: 1).checkConstraints(traces)
    #expect(report.constraintSummary.map(\.label) == ["the last row has one word left"])
  }

  @Test("N29 An execution that begins elsewhere: program counter, public value")
  func begin() throws {
    let (circuit, made) = try Self.honest()
    let row = try Self.findings(circuit, made) { try Self.set(&$0, "Connector", 0, "pc", 0x1004) }
    #expect(row.contains("first program counter"))
    let value = try Self.findings(circuit, made) { try Self.setPublic(&$0, "Connector", 0, 0x1004) }
    #expect(value.contains("first program counter"))
    let both = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "Connector", 0, "pc", 0x1004)
      try Self.setPublic(&traces, "Connector", 0, 0x1004)
    }
    #expect(both.contains("bus execution"))
    #expect(both.contains("near miss: pc"))
  }

  @Test(
    "N31 Environment calls: counts on padding, an exit that is none, a next program counter that is another")
  func calls() throws {
    let (circuit, made) = try Self.honest()
    let calls = try #require(made.traces["EnvironmentCall"])
    #expect(calls.rowCount == 2 && calls.height == 2)
    // Row 0 is hint_next, row 1 exit.
    let exits = try Self.findings(circuit, made) { try Self.set(&$0, "EnvironmentCall", 0, "isExit", 1) }
    #expect(exits.contains("the calls 93 and 94 end the program"))
    let stays = try Self.findings(circuit, made) { try Self.set(&$0, "EnvironmentCall", 1, "isExit", 0) }
    #expect(stays.contains("no other call ends the program"))
    let further = try Self.findings(circuit, made) { traces in
      try Self.set(&traces, "EnvironmentCall", 1, "isExit", 0)
      try Self.set(&traces, "EnvironmentCall", 1, "numberInverse", 1)
    }
    #expect(further.contains("no other call ends the program"))
    let both = try Self.findings(circuit, made) { try Self.set(&$0, "EnvironmentCall", 1, "continues", 1) }
    #expect(both.contains("a call goes on or ends the program"))
    // Accesses that nobody announced: the state is not received.
    let silent = try Self.findings(circuit, made) { try Self.set(&$0, "EnvironmentCall", 0, "continues", 1) }
    #expect(silent.contains("bus host"))
    let padded = try TraceGenerator(threads: 1).generate([
      TraceJob(EnvironmentCallChip(), records: Array(Samples.calls.prefix(3)))
    ])
    for column in padded.airs[0].air.mainColumns {
      var traces = padded
      try Self.set(&traces, "EnvironmentCall", 3, column, 1)
      #expect(try !Checker(threads: 1).checkConstraints(traces).isAccepted, "\(column)")
    }
  }

  @Test("N34 A wrong exit code: by a call, by terminate, of a run that has not ended")
  func exitCodes() throws {
    let (circuit, made) = try Self.honest(code: 0x1234_5678)
    #expect(made.traces["Connector"]?.publicValues.suffix(4).map(\.canonical) == [0x78, 0x56, 0x34, 0x12])
    for byte in 0..<4 {
      let text = try Self.findings(circuit, made) { try Self.setPublic(&$0, "Connector", 3 + byte, 0) }
      #expect(text.contains("bus exit"))
      #expect(text.contains("near miss: code\(byte)"))
    }
    let terminated = try RecordedRun().checked(
      try RV32Program(code: RandomPrograms.assemble { $0.terminate(200) }, memoryLimit: 64 << 20))
    for byte in 0..<4 {
      let text = try Self.findings(terminated.circuit, terminated.made) {
        try Self.setPublic(&$0, "Connector", 3 + byte, 1)
      }
      #expect(text.contains(byte == 0 ? "bus program" : "terminate gives one byte"))
    }
    // The end of a run that a limit stopped is no end of the program.
    let stopped = try RecordedRun(instructions: 2).checked(
      try RV32Program(code: RandomPrograms.assemble { $0.exit(0) }, memoryLimit: 64 << 20))
    let end = try Self.findings(stopped.circuit, stopped.made) { traces in
      try Self.set(&traces, "Connector", 1, "isTerminate", 1)
      try Self.setPublic(&traces, "Connector", 2, 1)
    }
    #expect(end.contains("bus program"))
    let code = try Self.findings(stopped.circuit, stopped.made) { try Self.setPublic(&$0, "Connector", 3, 1) }
    #expect(code.contains("no exit code without an end"))
  }

  @Test("Forged multiplicities, programs, images and public values")
  func tables() throws {
    let (circuit, made) = try Self.honest()
    let frequency = try Self.findings(circuit, made) { traces in
      let index = try #require(traces.airs.firstIndex { $0.air.name == "Program" })
      traces.airs[index].main?[0, 0] += 1
    }
    #expect(frequency.contains("bus program"))
    let program = try Self.findings(circuit, made) { traces in
      let index = try #require(traces.airs.firstIndex { $0.air.name == "Program" })
      // Another immediate, of an instruction that was not executed.
      traces.airs[index].cached[0][0, 4] += 1
    }
    #expect(program.contains("AIR Program has other committed columns"))
    for trace in made.traces.airs where trace.air.name.hasPrefix("ImageTable") {
      let text = try Self.findings(circuit, made) { traces in
        let index = try #require(traces.airs.firstIndex { $0.air.name == trace.air.name })
        traces.airs[index].cached[0][0, 3] += 1
      }
      #expect(text.contains("AIR \(trace.air.name) has other committed columns"), "\(text)")
    }
    for (table, column) in [("RangeTable", "multiplicity"), ("BitwiseTable", "xorMultiplicity")] {
      let text = try Self.findings(circuit, made) { try Self.set(&$0, table, 5, column, 1000) }
      #expect(text.contains("bus"), "\(text)")
    }
    let value = try Self.findings(circuit, made) { try Self.setPublic(&$0, "PublicValuesBoundary", 8, 4) }
    #expect(value.contains("byte 0 is public"))
    let fixed = try Self.findings(circuit, made) { traces in
      let index = try #require(traces.airs.firstIndex { $0.air.name == "Connector" })
      traces.airs[index].preprocessed?[0, 0] = 1
    }
    #expect(fixed.contains("AIR Connector has other fixed columns"))
  }

  @Test("Forged heights: rows removed and added")
  func heights() throws {
    let (circuit, made) = try Self.honest()
    for name in ["BaseAlu", "Phantom", "HintStore"] {
      let trace = try #require(made.traces[name])
      guard let main = trace.main, main.height > 1 else { continue }
      let half = try Self.findings(circuit, made) { traces in
        let index = try #require(traces.airs.firstIndex { $0.air.name == name })
        traces.airs[index].main = try Trace(rows: (0..<main.height / 2).map { main.row($0) })
      }
      #expect(half.contains("bus"))
      let twice = try Self.findings(circuit, made) { traces in
        let index = try #require(traces.airs.firstIndex { $0.air.name == name })
        traces.airs[index].main = try Trace(rows: (0..<2 * main.height).map { main.row($0 % main.height) })
      }
      #expect(twice.contains("bus"))
    }
    var odd = made.traces
    let index = try #require(odd.airs.firstIndex { $0.air.name == "BaseAlu" })
    odd.airs[index].main = try Trace(height: 3, width: odd.airs[index].air.mainColumns.count)
    #expect(throws: TraceError.self) {
      try circuit.check(odd, committed: made.committed, checker: Checker(threads: 1))
    }
  }
}
