import WeftField

extension CircuitBuilder {
  /// Puts a message on a permutation bus, `count` times (0 or 1; −1 is a receive).
  public func send(
    _ bus: Bus, _ message: [Expression], count: Expression = 1, label: String? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    addInteraction(bus, .send, message, count: count, label: label, file, line)
  }

  /// Takes a message off a permutation bus, `count` times.
  public func receive(
    _ bus: Bus, _ message: [Expression], count: Expression = 1, label: String? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    addInteraction(bus, .receive, message, count: count, label: label, file, line)
  }

  /// Demands that a message is in a table of the bus, where `count` is 1.
  public func lookup(
    _ bus: Bus, _ message: [Expression], count: Expression = 1, label: String? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    addInteraction(bus, .lookup, message, count: count, label: label, file, line)
  }

  /// The row of a table: a message and how often it is looked up.
  public func provide(
    _ bus: Bus, _ message: [Expression], multiplicity: Expression, label: String? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    addInteraction(bus, .table, message, count: multiplicity, label: label, file, line)
  }

  /// `value` < 2^`bits` where `count` is 1, bits ≤ 17.
  public func rangeCheck(
    _ value: Expression, bits: Expression, count: Expression, label: String? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    lookup(.range, [value, bits], count: count, label: label, file: file, line: line)
  }

  /// Both values are bytes where `count` is 1.
  public func bytes(
    _ x: Expression, _ y: Expression, count: Expression, label: String? = nil, file: String = #fileID,
    line: Int = #line
  ) {
    lookup(.bitwise, [x, y, 0, 0], count: count, label: label, file: file, line: line)
  }

  /// Both values are bytes and `z` is their exclusive or, where `count` is 1.
  public func xor(
    _ x: Expression, _ y: Expression, _ z: Expression, count: Expression, label: String? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    lookup(.bitwise, [x, y, z, 1], count: count, label: label, file: file, line: line)
  }

  /// States that the cells are written as bytes where `enabled` is 1. The lint demands that each is bounded: looked
  /// up, received in a message, a constant, or a choice among such; or, with a `reason`, that it is looked up in a
  /// formula.
  public func requireBytes(
    _ cells: [Expression], enabled: Expression, reason: String? = nil, label: String = "written cell",
    file: String = #fileID, line: Int = #line
  ) {
    for (index, cell) in cells.enumerated() {
      addByteObligation(
        ByteObligation(
          cell: cell.node(in: graph), enabled: enabled.node(in: graph), reason: reason,
          label: cells.count == 1 ? label : "\(label) \(index)",
          location: SourceLocation(file: file, line: line)))
    }
  }
}
