import Testing
import WeftCircuit
import WeftField
import WeftMachine

@testable import WeftRV32Circuit

/// A chip with the samples that try it, without its type.
struct ExecutorUnderTest: Sendable, CustomTestStringConvertible {
  let name: String
  let opcodes: [CircuitOpcode]
  /// Instructions over edge operands; `dense` for all pairs of edges.
  let samples: @Sendable (_ dense: Bool) -> [Sample]
  let description: @Sendable () throws -> AIRDescription
  let trace: @Sendable ([ExecutedInstruction]) throws -> AIRTrace
  /// The trace that two threads fill.
  let parallelTrace: @Sendable (ExecutorRecords) throws -> AIRTrace
  let audit: @Sendable ([ExecutedInstruction], SoundnessAudit.Options) throws -> SoundnessReport
  /// Rows for an instruction with wrong results, everything else derived from them: cells and what is wrong.
  let wrongRows: @Sendable (Sample, inout Numbers) -> [[BabyBear]]

  let addressBase: AddressBase

  var testDescription: String {
    addressBase == .zero ? name : "\(name) at \(hexadecimal(addressBase.address))"
  }

  init<C: ExecutorChip>(
    _ chip: C, samples: @escaping @Sendable (_ dense: Bool) -> [Sample],
    wrongOutcomes: @escaping @Sendable (Sample, C.Outcome, inout Numbers) -> [C.Outcome]
  ) {
    name = chip.name
    addressBase = chip.addressBase
    opcodes = C.opcodes
    self.samples = samples
    description = { try chip.description() }
    trace = { executed in
      let job = TraceJob(chip, records: ExecutorRecords(executed))
      return try #require(try TraceGenerator(threads: 1).generate([job]).airs.first)
    }
    parallelTrace = { records in
      try #require(try TraceGenerator(threads: 2).generate([TraceJob(chip, records: records)]).airs.first)
    }
    audit = { executed, options in
      try SoundnessAudit.audit(chip: chip, records: ExecutorRecords(executed), options: options)
    }
    wrongRows = { sample, numbers in
      let right = C.outcome(of: sample.executed)
      let honest = cells(C.row(sample.executed, right))
      let outcomes = wrongOutcomes(sample, right, &numbers).map { (sample.executed, $0) }
      let records = sample.wrongRecords(C.opcodes, &numbers).map { ($0, C.outcome(of: $0)) }
      return (outcomes + records).map { cells(C.row($0, $1)) }.filter { $0 != honest }
    }
  }

  /// The lint with what is known of the system.
  var lint: SymbolicLint.Options {
    var options = SymbolicLint.Options()
    options.timeBus = (number: Bus.execution.number, field: 1)
    options.programBus = (number: Bus.program.number, field: 1)
    options.opcodes = [name: Set(opcodes.map(\.rawValue))]
    return options
  }
}

/// The cells of a row.
func cells<C: ColumnLayout>(_ row: C) -> [BabyBear] where C.Cell == BabyBear {
  withUnsafeBytes(of: row) { Array($0.bindMemory(to: BabyBear.self)) }
}
