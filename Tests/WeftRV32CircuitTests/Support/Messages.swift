import Testing
import WeftField
import WeftRV32Circuit

@testable import WeftCircuit

/// A message on a permutation bus or a look-up in the program.
struct Message: Hashable, Comparable, CustomStringConvertible {
  var bus: String
  var role: Interaction.Role
  var fields: [UInt32]

  var description: String { "\(bus) \(role.rawValue) \(fields)" }

  static func < (left: Message, right: Message) -> Bool {
    if (left.bus, left.role.rawValue) != (right.bus, right.role.rawValue) {
      return (left.bus, left.role.rawValue) < (right.bus, right.role.rawValue)
    }
    return left.fields.lexicographicallyPrecedes(right.fields)
  }
}

extension AIRTrace {
  /// The messages of a row on the buses of memory, execution and program, sorted; look-ups of other buses must be in
  /// their tables.
  func messages(row: Int, tables: [any LookupTable] = [RangeTable(), BitwiseTable()]) throws -> [Message] {
    var messages: [Message] = []
    let roots = air.interactions.flatMap { $0.message + [$0.count] }
    var values = self.values(of: roots, row: row)[...]
    for interaction in air.interactions {
      let fields = values.prefix(interaction.message.count).map(\.canonical)
      let count = values[values.startIndex + interaction.message.count].signed
      values = values.dropFirst(interaction.message.count + 1)
      if count == 0 { continue }
      #expect(abs(count) == 1, "the count of \(interaction.label)")
      if let table = tables.first(where: { $0.bus == interaction.bus }) {
        #expect(table.contains(fields), "row \(row): \(interaction.label): \(fields) is in no table")
      } else {
        messages.append(Message(bus: interaction.bus.name, role: interaction.role, fields: fields))
      }
    }
    return messages.sorted()
  }
}

extension Sample {
  /// The messages that the instruction must have.
  var messages: [Message] {
    let (record, instruction) = (executed.record, executed.instruction)
    let pc = record.programCounter - executed.addressBase
    var messages = [
      Message(
        bus: "program", role: .lookup,
        fields: [pc, instruction.opcode.rawValue]
          + [
            instruction.a, instruction.b, instruction.c, instruction.d, instruction.e, instruction.f,
            instruction.g,
          ].map(\.canonical)),
      Message(bus: "execution", role: .receive, fields: [pc, record.timestamp]),
      Message(bus: "execution", role: .send, fields: [nextPC, record.timestamp + ticks]),
    ]
    for access in accesses {
      messages.append(
        Message(
          bus: "memory", role: .receive,
          fields: [access.space, access.pointer] + access.before + [access.previousTime]))
      messages.append(
        Message(
          bus: "memory", role: .send, fields: [access.space, access.pointer] + access.after + [access.time]))
    }
    return messages.sorted()
  }
}
