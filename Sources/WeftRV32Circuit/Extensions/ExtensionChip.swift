import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftMemoryCircuit

/// The chip of an instruction of an extension: what the extension states, between the bridges that the host inserts.
///
/// One row is one execution, or, in a loop, a part of one: rows follow each other, time goes on from row to row, the
/// program look-up and the registers are in the first of them, and the state after it is sent by the last. Accesses of a
/// phase begin where those of the phase before have ended, which the last row sees. (`weft_air.h`)
public struct ExtensionChip: Chip {
  /// The instruction's mnemonic.
  public let name: String
  /// What tells the instruction apart from all others, by its words.
  let key: UInt32
  let chip: InstructionChip
  let addressBase: AddressBase
  let columns: ExtensionColumns
  /// Nodes that say whether accesses happen, with all that they are made of.
  private(set) var enabledNodes: [Int] = []

  /// The instruction's own opcode.
  public var opcode: UInt32 { CircuitOpcode.extensionInstruction.rawValue + key }
  var content: ChipDescription { chip.description }

  init(_ chip: InstructionChip, mnemonic: String, key: UInt32, addressBase: AddressBase) {
    name = mnemonic
    self.key = key
    self.chip = chip
    self.addressBase = addressBase
    columns = ExtensionColumns(chip)
    enabledNodes = closure(of: chip.description.accesses.map(\.enabled))
  }

  /// Whether every execution takes the same time, which the row itself shows.
  var hasConstantTime: Bool {
    !content.isLoop && content.accesses.allSatisfy(content.isUnconditional)
  }

  func spaceID(_ space: ChipDescription.Space) -> AddressSpaceID {
    switch space {
    case .memory: .memory
    case .own(let index): chip.spaces[index]
    }
  }

  public func describe(in builder: CircuitBuilder) {
    let (row, next) = columns.declare(in: builder)
    var values = [Expression](repeating: 0, count: content.nodes.count)
    evaluate(content.nodes.indices, row, next: next, into: &values)

    let (valid, first, last) = (row[columns.isValid], row[columns.isFirst], row[columns.isLast])
    builder.assertBool(valid, "isValid is a bit")
    if content.isLoop { chain(row, next, in: builder) }
    let ends = constrainAccesses(row, next, values, in: builder)
    let registerTime = row[columns.times[0]] - Expression(columns.registers.count)
    constrainRegisters(row, from: registerTime, in: builder)
    let writeTicks = constrainResult(row, values, at: ends, in: builder)

    builder.lookup(
      .program, [row[columns.pc], Expression(Int(opcode))] + operands(row), count: first,
      label: "the instruction")
    builder.receive(.execution, [row[columns.pc], registerTime], count: first, label: "state before")
    builder.send(
      .execution, [row[columns.pc] + 4, ends + Expression(writeTicks)], count: last, label: "state after")

    for (number, constraint) in content.constraints.enumerated() {
      builder.assertZero(values[constraint.node], constraint.label, file: name, line: number + 1)
    }
    for (number, lookup) in content.lookups.enumerated() {
      builder.lookup(
        lookup.bus == .range ? .range : .bitwise, lookup.message.map { values[$0] },
        count: values[lookup.enabled], label: lookup.label, file: name, line: number + 1)
    }
    // Less than 2^29, as all pointers are.
    for pointer in content.pointers {
      let top = values[pointer.bytes[3]] - Expression(topByte(of: pointer.space))
      builder.bytes(8 * top, 0, count: values[pointer.enabled], label: "a pointer has 29 bits")
    }
    builder.gatePadding(validity: valid)
  }

  /// Rows of one execution follow each other, and what belongs to all of it goes from row to row.
  private func chain(_ row: [Expression], _ next: [Expression], in builder: CircuitBuilder) {
    let (valid, first, last) = (row[columns.isValid], row[columns.isFirst], row[columns.isLast])
    let continues = valid - last
    builder.assertBool(first, "isFirst is a bit")
    builder.assertBool(last, "isLast is a bit")
    builder.whenFirstRow.assertEqual(valid, first, "the first row begins an execution")
    builder.whenLastRow.assertZero(continues, "the last row ends an execution")
    builder.whenTransition.assertEqual(
      next[columns.isValid] - next[columns.isFirst], continues, "a row follows where one has to")
    let inside = builder.when(continues)
    var carried = [(columns.pc, "pc")] + columns.starts.map { ($0, "the start of a phase") }
    if let result = columns.result {
      carried += [(result.pointer, "the pointer of rd"), (result.isWritten, "whether rd is written")]
    }
    for (column, what) in carried {
      inside.assertEqual(next[column], row[column], "\(what) stays")
    }
  }

  /// States the accesses to memory, and gives the time after all of them, in the last row.
  private func constrainAccesses(
    _ row: [Expression], _ next: [Expression], _ values: [Expression], in builder: CircuitBuilder
  ) -> Expression {
    let memory = MemoryBridge(builder)
    let (valid, first, last) = (row[columns.isValid], row[columns.isFirst], row[columns.isLast])
    var ends = columns.times.map { row[$0] }
    for (access, place) in zip(content.accesses, columns.accesses) {
      let enabled = values[access.enabled]
      let cells = (0..<access.cellCount).map { row[place.cells + $0] }
      let age = MemoryAccessAuxiliary(age: DifferenceDigits(low: row[place.age], high: row[place.age + 1]))
      let space = spaceID(access.space)
      let after = access.isWrite ? access.cells.map { values[$0] } : cells
      memory.write(
        space: Expression(Int(space.rawValue)), pointer: values[access.pointer], previous: cells, after,
        at: ends[access.phase], age, enabled: enabled, label: access.label)
      if access.isWrite {
        builder.requireBytes(after, enabled: enabled, label: "'\(access.label)'", file: name, line: 0)
      }
      if !content.isUnconditional(access) {
        builder.gate(age.cells + cells, where: valid - enabled, label: access.label)
      }
      ends[access.phase] += content.isUnconditional(access) && !content.isLoop ? 1 : enabled
    }
    guard content.isLoop else { return ends[0] }
    for phase in ends.indices {
      builder.when(valid - last).assertEqual(
        next[columns.times[phase]], ends[phase], "time goes on from row to row, phase \(phase)")
      guard phase > 0 else { continue }
      let start = row[columns.starts[phase - 1]]
      builder.when(first).assertEqual(row[columns.times[phase]], start, "phase \(phase) begins at its start")
      builder.when(last).assertEqual(
        ends[phase - 1], start, "phase \(phase) begins where the one before ends")
    }
    return ends[ends.count - 1]
  }

  private func constrainRegisters(_ row: [Expression], from time: Expression, in builder: CircuitBuilder) {
    let (valid, first) = (row[columns.isValid], row[columns.isFirst])
    let memory = MemoryBridge(builder)
    for (index, register) in columns.registers.enumerated() {
      let bytes = (0..<4).map { row[register.bytes + $0] }
      let age = MemoryAccessAuxiliary(
        age: DifferenceDigits(low: row[register.age], high: row[register.age + 1]))
      memory.read(
        space: 1, pointer: row[register.pointer], bytes, at: time + Expression(index), age, enabled: first,
        label: "\(register.which)")
      guard content.isLoop else { continue }
      let isCarried = register.pointer == columns.result?.pointer
      builder.gate(
        (isCarried ? [] : [row[register.pointer]]) + bytes + age.cells, where: valid - first,
        label: "\(register.which)")
    }
    guard content.isLoop else { return }
    builder.gate(
      [columns.immediate, columns.immediateIsNegative].compactMap(\.self).map { row[$0] },
      where: valid - first,
      label: "immediate")
  }

  /// States the write of rd, and gives the ticks that it takes.
  private func constrainResult(
    _ row: [Expression], _ values: [Expression], at time: Expression, in builder: CircuitBuilder
  ) -> Int {
    guard let place = columns.result, let bytes = content.result?.map({ values[$0] }) else { return 0 }
    let isWritten = row[place.isWritten]
    let enabled = content.isLoop ? isWritten * row[columns.isLast] : isWritten
    let before = (0..<4).map { row[place.before + $0] }
    let age = MemoryAccessAuxiliary(age: DifferenceDigits(low: row[place.age], high: row[place.age + 1]))
    builder.assertBool(isWritten, "whether rd is written is a bit")
    MemoryBridge(builder).write(
      space: 1, pointer: row[place.pointer], previous: before, bytes, at: time, age, enabled: enabled,
      label: "rd")
    builder.requireBytes(bytes, enabled: enabled, label: "rd", file: name, line: 0)
    builder.gate(age.cells + before, where: row[columns.isValid] - enabled, label: "rd")
    return 1
  }

  /// The operands a … g, as `CircuitInstruction.extensionInstruction` has them.
  private func operands(_ row: [Expression]) -> [Expression] {
    func pointer(_ which: ChipDescription.Register) -> Expression {
      columns.registers.first { $0.which == which }.map { row[$0.pointer] } ?? 0
    }
    let rd = columns.result.map { row[$0.pointer] } ?? pointer(.rd)
    let immediate = columns.immediate.map { row[$0] }
    return [
      chip.form == .s ? pointer(.rs2) : rd, pointer(.rs1), immediate ?? pointer(.rs2), 1, 0,
      columns.result.map { row[$0.isWritten] } ?? 0, columns.immediateIsNegative.map { row[$0] } ?? 0,
    ]
  }
}
