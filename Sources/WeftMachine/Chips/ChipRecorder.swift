import CWeftABI
import WeftMemory

/// Takes down what an extension states of a chip. Whatever it passes is looked at before it is used; what is wrong is
/// noted, with the name of the rule.
final class ChipRecorder {
  let form: NativeInstruction.Form
  let registers: NativeInstruction.RegisterUse
  private let ticks: UInt32
  let blockSizes: [Int]
  var chip = ChipDescription()
  private(set) var problems: [String] = []
  /// Per node: whether it depends on cells of accesses, on the next row.
  private var dependsOnCells: [Bool] = []
  private var dependsOnNext: [Bool] = []
  /// First nodes of what exists once.
  var registerNodes: [ChipDescription.Register: UInt32] = [:]
  var cellNodes: [UInt32: Int] = [:]
  var phase = 0

  static let nodeLimit = 1 << 17
  static let columnLimit = 4096
  static let statementLimit = 1 << 14
  private static let problemLimit = 20

  init(
    form: NativeInstruction.Form, registers: NativeInstruction.RegisterUse, ticks: UInt32, blockSizes: [Int]
  ) {
    self.form = form
    self.registers = registers
    self.ticks = ticks
    self.blockSizes = blockSizes
  }

  /// Runs the extension's function.
  func record(_ air: UnsafePointer<weft_air>) -> (ChipDescription, [String]) {
    chip.isLoop = air.pointee.row_count != nil
    guard let describe = air.pointee.describe else { return (chip, ["there is no describe function"]) }
    var builder = ChipBuilder.table
    builder.host = Unmanaged.passUnretained(self).toOpaque()
    let status = describe(air, &builder)
    if status != .succeeded { note("describe returned status \(status)") }
    finish(air.pointee.fill != nil)
    return (chip, problems)
  }

  static func of(_ builder: UnsafeMutablePointer<weft_air_builder>?) -> ChipRecorder? {
    builder?.pointee.host.map { Unmanaged<ChipRecorder>.fromOpaque($0).takeUnretainedValue() }
  }

  func note(_ problem: String) {
    if problems.count < Self.problemLimit, !problems.contains(problem) { problems.append(problem) }
  }

  /// What can be told only of the whole.
  private func finish(_ hasFill: Bool) {
    guard problems.isEmpty else { return }
    if !hasFill, chip.columnCount > 0 {
      note("rule columns: there are \(chip.columnCount) columns and no fill function")
    }
    if registers.contains(.writesRD) != (chip.result != nil) {
      note(
        registers.contains(.writesRD)
          ? "rule registers: nothing is said of rd, which the instruction writes"
          : "rule registers: rd is written, which the instruction does not declare")
    }
    for access in chip.accesses where access.isWrite && access.cells.isEmpty {
      note("rule memory: nothing is said of the cells after '\(access.label)'")
    }
    guard ticks != 0 else { return }
    let total = chip.accesses.count + registers.accessCount
    if chip.isLoop {
      note("rule timeStep: the instruction declares \(ticks) ticks, a loop has as many as its rows")
    } else if total != Int(ticks) {
      note("rule timeStep: \(total) accesses are stated, the instruction declares \(ticks) ticks")
    }
    for access in chip.accesses where !chip.isUnconditional(access) {
      note("rule timeStep: '\(access.label)' does not always happen, the instruction declares \(ticks) ticks")
    }
  }

  // MARK: Nodes

  static let nothing: UInt32 = 0xffff_ffff

  func append(_ node: ChipDescription.Node) -> UInt32 {
    guard chip.nodes.count < Self.nodeLimit else {
      note("rule size: more than \(Self.nodeLimit) nodes")
      return Self.nothing
    }
    chip.nodes.append(node)
    let (isCell, isNext) =
      switch node {
      case .cell: (true, false)
      case .column(_, let isNext): (false, isNext)
      case .pointer(let number):
        (
          chip.pointers[number].bytes.contains { dependsOnCells[$0] },
          chip.pointers[number].bytes.contains { dependsOnNext[$0] }
        )
      default: (false, false)
      }
    dependsOnCells.append(isCell || node.operands.contains { dependsOnCells[$0] })
    dependsOnNext.append(isNext || node.operands.contains { dependsOnNext[$0] })
    return UInt32(truncatingIfNeeded: chip.nodes.count &- 1)
  }

  /// A node that the extension names; nil where there is none, which is noted unless it follows from another problem.
  func node(_ number: UInt32, _ place: String) -> Int? {
    if Int(number) < chip.nodes.count { return Int(number) }
    if number != Self.nothing || problems.isEmpty { note("rule nodes: \(place): there is no node \(number)") }
    return nil
  }

  func nodes(_ pointer: UnsafePointer<weft_node>?, _ count: Int, _ place: String) -> [Int]? {
    guard let pointer else {
      note("rule nodes: \(place): the nodes are NULL")
      return nil
    }
    var result: [Int] = []
    for index in 0..<count {
      guard let node = node(pointer[index], place) else { return nil }
      result.append(node)
    }
    return result
  }

  /// A count that has to be known before the accesses are, in this row alone.
  func enabled(_ number: UInt32, _ place: String) -> Int? {
    guard let node = node(number, place) else { return nil }
    if dependsOnCells[node] || dependsOnNext[node] {
      note("rule count: \(place): whether it happens depends on cells of memory or on the next row")
      return nil
    }
    return node
  }

  func text(_ pointer: UnsafePointer<CChar>?, _ what: String) -> String? {
    var bytes: [UInt8] = []
    if let pointer {
      while bytes.count <= 80, pointer[bytes.count] != 0 {
        bytes.append(UInt8(bitPattern: pointer[bytes.count]))
      }
    }
    let isPrintable = !bytes.contains { $0 < 0x20 || $0 == 0x7f }
    guard !bytes.isEmpty, bytes.count <= 80, isPrintable, let text = String(validating: bytes, as: UTF8.self)
    else {
      note("rule labels: \(what) has no label of 1 to 80 bytes of UTF-8")
      return nil
    }
    return text
  }

  func columns(_ name: UnsafePointer<CChar>?, _ count: UInt32) -> UInt32 {
    guard let name = text(name, "columns") else { return Self.nothing }
    let known = chip.columnCount
    guard count > 0, Int(count) <= Self.columnLimit &- known else {
      note(
        "rule size: \(count) columns '\(name)' beside \(known); from 1 to \(Self.columnLimit) are possible")
      return Self.nothing
    }
    if chip.columns.contains(where: { $0.name == name }) {
      note("rule columns: two are named '\(name)'")
      return Self.nothing
    }
    chip.columns.append(ChipDescription.Columns(name: name, count: Int(count)))
    let first = append(.column(known, isNext: false))
    for index in 1..<max(1, Int(count)) { _ = append(.column(known &+ index, isNext: false)) }
    return first
  }

  func next(_ column: UInt32) -> UInt32 {
    guard let node = node(column, "next") else { return Self.nothing }
    guard chip.isLoop, case .column(let index, false) = chip.nodes[node] else {
      note(
        chip.isLoop
          ? "rule nodes: next of node \(node), which is no column of the extension's own"
          : "rule nodes: only loops have a next row")
      return Self.nothing
    }
    return append(.column(index, isNext: true))
  }

  func selector(_ which: UInt32) -> UInt32 {
    switch which {
    case UInt32(WEFT_IS_VALID): return append(.isValid)
    case UInt32(WEFT_IS_FIRST): return append(chip.isLoop ? .isFirst : .isValid)
    case UInt32(WEFT_IS_LAST): return append(chip.isLoop ? .isLast : .isValid)
    default:
      note("rule nodes: there is no selector \(which)")
      return Self.nothing
    }
  }

  func constant(_ value: UInt32) -> UInt32 {
    guard value < AddressSpace.fieldOrder else {
      note("rule nodes: the constant \(value) is not below the order of the field")
      return Self.nothing
    }
    return append(.constant(value))
  }

  func combine(_ left: UInt32, _ right: UInt32, _ make: (Int, Int) -> ChipDescription.Node) -> UInt32 {
    guard let left = node(left, "an operand"), let right = node(right, "an operand") else {
      return Self.nothing
    }
    return append(make(left, right))
  }

  // MARK: Statements

  /// Whether one more of something may be stated.
  func hasRoom(_ count: Int, _ what: String) -> Bool {
    if count < Self.statementLimit { return true }
    note("rule size: more than \(Self.statementLimit) \(what)")
    return false
  }

  func assertZero(_ expression: UInt32, _ label: UnsafePointer<CChar>?) {
    guard hasRoom(chip.constraints.count, "constraints"), let label = text(label, "a constraint"),
      let node = node(expression, "constraint '\(label)'")
    else { return }
    chip.constraints.append(ChipDescription.Constraint(node: node, label: label))
  }

  func lookup(
    _ bus: UInt32, _ message: UnsafePointer<weft_node>?, _ count: UInt32, _ enabled: UInt32,
    _ label: UnsafePointer<CChar>?
  ) {
    guard hasRoom(chip.lookups.count, "look-ups"), let label = text(label, "a look-up") else { return }
    guard let bus = ChipDescription.Lookup.Bus(rawValue: bus) else {
      note(
        "rule bus: look-up '\(label)': bus \(bus) is the system's; extensions look up on 3, range, and 7, bitwise"
      )
      return
    }
    guard Int(count) == bus.fieldCount else {
      note("rule bus: look-up '\(label)': \(count) fields, a message of \(bus) has \(bus.fieldCount)")
      return
    }
    let place = "look-up '\(label)'"
    guard let message = nodes(message, Int(count), place), let enabled = node(enabled, place) else { return }
    chip.lookups.append(
      ChipDescription.Lookup(bus: bus, message: message, enabled: enabled, label: label))
  }
}
