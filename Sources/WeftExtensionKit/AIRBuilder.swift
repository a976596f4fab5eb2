import CWeftABI

/// What a chip is described with. Mistakes are gathered by the host, which refuses the extension with all of them.
public struct AIRBuilder {
  /// The builder of the C interface, for what is not here.
  public let builder: UnsafeMutablePointer<weft_air_builder>

  /// Where accesses go.
  public enum Space: Sendable, Hashable {
    /// Guest memory, in blocks of four bytes.
    case memory
    /// One of the extension's own spaces, by its place in the table.
    case own(Int)

    var number: UInt32 {
      switch self {
      case .memory: WEFT_GUEST_SPACE
      case .own(let index): WEFT_OWN_SPACE &+ UInt32(truncatingIfNeeded: index)
      }
    }
  }

  private func node(_ number: UInt32?) -> AIRNode { AIRNode(number ?? WEFT_NO_NODE, builder) }

  /// Nodes that were made together.
  private func nodes(_ first: UInt32?, _ count: Int) -> [AIRNode] {
    (0..<count).map { index in
      node(first.map { $0 == WEFT_NO_NODE ? $0 : $0 &+ UInt32(truncatingIfNeeded: index) })
    }
  }

  // MARK: Columns

  /// `count` columns of the extension's own.
  public func columns(_ name: String, _ count: Int) -> [AIRNode] {
    let first = name.withCString {
      builder.pointee.columns(builder, $0, UInt32(truncatingIfNeeded: count))
    }
    return nodes(first, count)
  }

  public func column(_ name: String) -> AIRNode { columns(name, 1)[0] }

  /// Columns of bits.
  public func bits(_ name: String, _ count: Int) -> [AIRNode] {
    let bits = columns(name, count)
    for (index, bit) in bits.enumerated() { assertBool(bit, "\(name)[\(index)] is a bit") }
    return bits
  }

  /// A column of bits.
  public func bit(_ name: String) -> AIRNode {
    let bit = column(name)
    assertBool(bit, "\(name) is a bit")
    return bit
  }

  /// An own column in the next row of a loop.
  public func next(_ column: AIRNode) -> AIRNode {
    node(builder.pointee.next(builder, column.number(in: builder)))
  }

  /// 1 in rows that stand for an execution, 0 in padding.
  public var isValid: AIRNode { node(builder.pointee.selector(builder, UInt32(WEFT_IS_VALID))) }
  /// 1 in the first row of an execution.
  public var isFirst: AIRNode { node(builder.pointee.selector(builder, UInt32(WEFT_IS_FIRST))) }
  /// 1 in the last row of an execution.
  public var isLast: AIRNode { node(builder.pointee.selector(builder, UInt32(WEFT_IS_LAST))) }

  // MARK: Statements

  /// The expression is zero wherever `condition` is not.
  public func assertZero(_ expression: AIRNode, where condition: AIRNode? = nil, _ label: String) {
    let whole = condition.map { $0 * expression } ?? expression
    label.withCString { builder.pointee.assert_zero(builder, whole.number(in: builder), $0) }
  }

  /// The two are equal wherever `condition` is not zero.
  public func assertEqual(
    _ left: AIRNode, _ right: AIRNode, where condition: AIRNode? = nil, _ label: String
  ) {
    assertZero(left - right, where: condition, label)
  }

  /// The expression is 0 or 1.
  public func assertBool(_ expression: AIRNode, _ label: String) {
    assertZero(expression * (expression - 1), label)
  }

  /// `value` < 2^`bits`, at most 2^17, where `enabled` is 1.
  public func rangeCheck(_ value: AIRNode, bits: Int, where enabled: AIRNode, _ label: String) {
    lookup(WEFT_BUS_RANGE, [value, AIRNode(bits)], enabled, label)
  }

  /// Both are bytes, where `enabled` is 1.
  public func bytes(_ first: AIRNode, _ second: AIRNode, where enabled: AIRNode, _ label: String) {
    lookup(WEFT_BUS_BITWISE, [first, second, 0, 0], enabled, label)
  }

  /// Both are bytes and `result` is their exclusive or, where `enabled` is 1.
  public func xor(
    _ first: AIRNode, _ second: AIRNode, _ result: AIRNode, where enabled: AIRNode, _ label: String
  ) {
    lookup(WEFT_BUS_BITWISE, [first, second, result, 1], enabled, label)
  }

  private func lookup(_ bus: Int, _ message: [AIRNode], _ enabled: AIRNode, _ label: String) {
    let numbers = message.map { $0.number(in: builder) }
    label.withCString {
      builder.pointee.lookup(
        builder, UInt32(bus), numbers, UInt32(numbers.count), enabled.number(in: builder), $0)
    }
  }

  // MARK: Registers

  /// The four bytes of rs1, the lowest first; in a loop zero but in the first row.
  public var rs1: [AIRNode] { register(WEFT_READS_RS1) }
  public var rs2: [AIRNode] { register(WEFT_READS_RS2) }
  /// What rd held before, for instructions that read it.
  public var rd: [AIRNode] { register(WEFT_READS_RD) }

  private func register(_ which: Int) -> [AIRNode] {
    nodes(builder.pointee.register_read(builder, UInt32(which)), 4)
  }

  /// What rd gets: four bytes.
  public func setRD(_ bytes: [AIRNode]) {
    guard bytes.count == 4 else { return builder.pointee.register_write(builder, nil) }
    builder.pointee.register_write(builder, bytes.map { $0.number(in: builder) })
  }

  /// The immediate of forms I and S; the upper 20 bits of form U.
  public var immediate: AIRNode { node(builder.pointee.immediate(builder)) }
  public var immediateIsNegative: AIRNode { node(builder.pointee.immediate_is_negative(builder)) }

  // MARK: Memory

  /// Four bytes as a pointer into a space, bounded where `enabled` is 1.
  public func pointer(_ bytes: [AIRNode], in space: Space = .memory, where enabled: AIRNode) -> AIRNode {
    guard bytes.count == 4 else {
      return node(builder.pointee.pointer(builder, space.number, nil, enabled.number(in: builder)))
    }
    let numbers = bytes.map { $0.number(in: builder) }
    return node(builder.pointee.pointer(builder, space.number, numbers, enabled.number(in: builder)))
  }

  /// The cells of a block, read where `enabled` is 1, and zero elsewhere.
  public func read(
    _ space: Space = .memory, at pointer: AIRNode, count: Int = 4, where enabled: AIRNode, _ label: String
  ) -> [AIRNode] {
    let first = label.withCString {
      builder.pointee.memory_read(
        builder, space.number, pointer.number(in: builder), UInt32(truncatingIfNeeded: count),
        enabled.number(in: builder), $0)
    }
    return nodes(first, count)
  }

  /// Writes a block where `enabled` is 1. The closure gets the cells before, which are zero elsewhere, and gives those
  /// after.
  public func write(
    _ space: Space = .memory, at pointer: AIRNode, count: Int = 4, where enabled: AIRNode, _ label: String,
    _ cells: ([AIRNode]) -> [AIRNode]
  ) {
    let first = label.withCString {
      builder.pointee.memory_write(
        builder, space.number, pointer.number(in: builder), UInt32(truncatingIfNeeded: count),
        enabled.number(in: builder), $0)
    }
    let after = cells(nodes(first, count)).map { $0.number(in: builder) }
    builder.pointee.memory_set(builder, first, after.count == count ? after : nil)
  }

  /// What follows comes after all accesses before it, of all rows of a loop.
  public func nextPhase() { builder.pointee.next_phase(builder) }
}
