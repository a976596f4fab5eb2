import WeftCircuit
import WeftMachine

/// Where the columns of an extension's chip stand: first those that the host inserts, then the extension's own.
struct ExtensionColumns: Sendable {
  /// A register that is read.
  struct Register: Sendable {
    var which: ChipDescription.Register
    /// Where the register is in its space.
    var pointer: Int
    /// The first of four.
    var bytes: Int
    /// The first of two.
    var age: Int
  }

  /// rd, where it is written.
  struct Result: Sendable {
    var pointer: Int
    /// 0 where rd is x0, which is not written.
    var isWritten: Int
    /// The first of four: what rd held before.
    var before: Int
    var age: Int
  }

  /// The auxiliary columns of an access, and its cells before.
  struct Access: Sendable {
    var age: Int
    var cells: Int
  }

  /// Names with how many columns each has, in their order.
  private(set) var groups: [(name: String, count: Int)] = []
  private(set) var width = 0
  private(set) var isValid = 0
  /// The same column where an execution is one row.
  private(set) var isFirst = 0
  private(set) var isLast = 0
  private(set) var pc = 0
  /// Per phase the time of its next access.
  private(set) var times: [Int] = []
  /// Per phase but the first when it begins.
  private(set) var starts: [Int] = []
  private(set) var registers: [Register] = []
  private(set) var result: Result?
  private(set) var immediate: Int?
  private(set) var immediateIsNegative: Int?
  private(set) var accesses: [Access] = []
  /// The first of the extension's own.
  private(set) var own = 0

  /// The columns that agree in rows that are whole executions, and in padding.
  static let groupNames = ["host.isValid", "host.isFirst", "host.isLast"]

  init(_ chip: InstructionChip) {
    let description = chip.description
    isValid = add(Self.groupNames[0])
    isFirst = description.isLoop ? add(Self.groupNames[1]) : isValid
    isLast = description.isLoop ? add(Self.groupNames[2]) : isValid
    pc = add("host.pc")
    for phase in 0..<description.phaseCount {
      times.append(add(phase == 0 ? "host.time" : "host.time\(phase)"))
      if phase > 0 { starts.append(add("host.start\(phase)")) }
    }
    if chip.registers.contains(.writesRD) {
      result = Result(
        pointer: add("host.rd.pointer"), isWritten: add("host.rd.isWritten"),
        before: add("host.rd.before", 4),
        age: add("host.rd.writeAge", 2))
    }
    for (which, use) in [
      (.rs1, .readsRS1), (.rs2, .readsRS2), (.rd, .readsRD),
    ] as [(ChipDescription.Register, NativeInstruction.RegisterUse)] where chip.registers.contains(use) {
      let name = "host.\(which)"
      let known = which == .rd ? result?.pointer : nil
      registers.append(
        Register(
          which: which, pointer: known ?? add("\(name).pointer"), bytes: add(name, 4),
          age: add("\(name).age", 2)))
    }
    if chip.form != .r { immediate = add("host.immediate") }
    if chip.form == .i || chip.form == .s { immediateIsNegative = add("host.immediateIsNegative") }
    for access in description.accesses {
      accesses.append(
        Access(
          age: add("host.access(\(access.label)).age", 2),
          cells: add("host.access(\(access.label)).before", access.cellCount)))
    }
    own = width
    for group in description.columns { _ = add(group.name, group.count) }
  }

  private mutating func add(_ name: String, _ count: Int = 1) -> Int {
    groups.append((name, count))
    width += count
    return width - count
  }

  /// Declares the columns: this row and the next one.
  func declare(in builder: CircuitBuilder) -> (row: [Expression], next: [Expression]) {
    var (local, next): ([Expression], [Expression]) = ([], [])
    for group in groups {
      let window = builder.mainColumns(group.name, count: group.count)
      local += window.local
      next += window.next
    }
    return (local, next)
  }
}
