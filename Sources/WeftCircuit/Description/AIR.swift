import WeftField

/// An algebraic intermediate representation: columns, constraints over two rows, interactions.
public protocol AIR: Sendable {
  /// The name in reports, unique in a system.
  var name: String { get }

  /// Declares columns and states constraints and interactions. The same calls every time.
  func describe(in builder: CircuitBuilder)

  /// The preprocessed columns' values, where the AIR has such columns.
  func preprocessedTrace() throws(TraceError) -> Trace?
}

extension AIR {
  public func preprocessedTrace() throws(TraceError) -> Trace? { nil }

  /// The AIR as data.
  public func description() throws(CircuitError) -> AIRDescription {
    let builder = CircuitBuilder()
    describe(in: builder)
    return try AIRDescription(name: name, builder)
  }
}
