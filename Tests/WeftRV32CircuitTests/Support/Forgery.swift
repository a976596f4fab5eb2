import Testing
import WeftField
import WeftRV32Circuit

@testable import WeftCircuit

/// A trace of a chip of which one row is forged, and what notices it.
struct Forgery {
  let trace: AIRTrace
  let row: Int
  var cells: [BabyBear]

  /// The first row of the trace, or another one.
  init(_ trace: AIRTrace, row: Int = 0) {
    self.trace = trace
    self.row = row
    cells = trace.main?.row(row) ?? []
  }

  /// A cell by the name of its column.
  subscript(column: String) -> BabyBear {
    get { cells[index(column)] }
    set { cells[index(column)] = newValue }
  }

  private func index(_ column: String) -> Int {
    guard let index = trace.air.mainColumns.firstIndex(of: column) else {
      Issue.record("there is no column \(column)")
      return 0
    }
    return index
  }

  /// The limbs of a word.
  mutating func set(_ column: String, word: UInt32) {
    for (i, byte) in RV32Model.bytes(word).enumerated() { self["\(column)[\(i)]"] = BabyBear(byte) }
  }

  /// What notices the row, sorted: labels of constraints, of look-ups that are in no table, and of counts that are none;
  /// "received" when what is taken from memory and from the state is not what the honest row takes.
  func findings() throws -> [String] {
    var forged = trace
    for (column, value) in cells.enumerated() { forged.main?[row, column] = value }
    let air = trace.air
    let values = forged.values(of: air.constraints.map(\.node), row: row)
    var findings = zip(air.constraints, values).filter { !$1.isZero }.map(\.0.label)
    let tables: [any LookupTable] = [RangeTable(), BitwiseTable()]
    let program = Set(
      try (0..<trace.height).flatMap { try trace.lookups(row: $0, bus: .program).map(\.fields) })
    for interaction in air.interactions {
      let values = forged.values(of: interaction.message + [interaction.count], row: row).map(\.canonical)
      let (message, count) = (Array(values.dropLast()), BabyBear(values[values.count - 1]).signed)
      if count == 0 { continue }
      let isMessage = count == 1 || count == -1 && interaction.role != .lookup
      if !isMessage { findings.append("count of \(interaction.label)") }
      guard interaction.role == .lookup else { continue }
      let isThere = tables.first { $0.bus == interaction.bus }?.contains(message) ?? program.contains(message)
      if !isThere { findings.append(interaction.label) }
    }
    if try forged.received(row: row) != trace.received(row: row) { findings.append("received") }
    return findings.sorted()
  }
}

extension AIRTrace {
  /// The messages of look-ups of a bus in a row.
  func lookups(row: Int, bus: Bus) throws -> [Message] {
    air.interactions.filter { $0.bus == bus }.compactMap { interaction in
      let values = self.values(of: interaction.message + [interaction.count], row: row).map(\.canonical)
      return values.last == 0
        ? nil : Message(bus: bus.name, role: interaction.role, fields: Array(values.dropLast()))
    }
  }

  /// What a row takes from memory and from the state beyond what it gives itself.
  func received(row: Int) throws -> [Message] {
    var received: [Message] = []
    var sent: [[UInt32]] = []
    for bus in [Bus.memory, .execution] {
      for message in try lookups(row: row, bus: bus) {
        if message.role == .receive { received.append(message) } else { sent.append(message.fields) }
      }
    }
    return received.filter { message in
      guard let own = sent.firstIndex(of: message.fields) else { return true }
      sent.remove(at: own)
      return false
    }.sorted()
  }
}
