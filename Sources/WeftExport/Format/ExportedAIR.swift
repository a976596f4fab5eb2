import WeftCircuit

/// An AIR of the circuit that a directory holds traces of.
public struct ExportedAIR: Sendable {
  /// Its number in keys: the same whatever else is in the circuit.
  public let id: Int
  /// Whether traces without it say nothing.
  public let isRequired: Bool
  public let description: AIRDescription

  public init(id: Int, isRequired: Bool, description: AIRDescription) {
    self.id = id
    self.isRequired = isRequired
    self.description = description
  }
}

extension AIRDescription {
  /// Whether two descriptions demand the same of a trace: columns, graph, constraints, interactions. Labels and places
  /// in the source do not count, nor do the names of columns' groups beyond what the columns are called.
  public func demandsTheSame(as other: AIRDescription) -> Bool {
    name == other.name && preprocessedColumns == other.preprocessedColumns
      && cachedColumns == other.cachedColumns && mainColumns == other.mainColumns
      && publicValueNames == other.publicValueNames && nodes == other.nodes
      && constraints.map(\.node) == other.constraints.map(\.node)
      && interactions.count == other.interactions.count
      && zip(interactions, other.interactions).allSatisfy { a, b in
        a.bus == b.bus && a.role == b.role && a.message == b.message && a.count == b.count
          && a.weight == b.weight
      }
  }
}
