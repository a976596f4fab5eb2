import WeftField

/// An AIR as data: what the checker evaluates, the prover proves and the verifier verifies.
///
/// Nodes stand in topological order, operands first; those that no constraint and no interaction needs are dropped.
public struct AIRDescription: Sendable {
  public let name: String
  /// Names of the columns.
  public let preprocessedColumns: [String]
  /// Names of the columns of every cached part.
  public let cachedColumns: [[String]]
  /// Names of the columns of the common main part.
  public let mainColumns: [String]
  public let publicValueNames: [String]

  public let nodes: [SymbolicNode]
  /// The degree multiple of every node.
  public let degrees: [Int]
  /// In the order in which they were stated.
  public let constraints: [Constraint]
  public let interactions: [Interaction]
  public let byteObligations: [ByteObligation]
  /// The node that says how many rows an instruction takes, where it takes more than one.
  public let rowsPerStep: Int?
  /// Whether rows may stand in any order: no constraint or interaction looks at the next row or at selectors.
  public let isOrderFree: Bool
  /// Whether the AIR says that its rows of padding are zero.
  public let hasZeroPadding: Bool

  /// The part of the common main columns in `ColumnEntry.main`.
  public var mainPart: Int { cachedColumns.count }

  /// The largest degree of a constraint.
  public var maximumDegree: Int { constraints.map { degrees[$0.node] }.max() ?? 0 }

  /// The buses, each once, by number.
  public var buses: [Bus] { Set(interactions.map(\.bus)).sorted { $0.number < $1.number } }

  init(name: String, _ builder: CircuitBuilder) throws(CircuitError) {
    var problems = builder.problems
    if builder.graph.hasForeignOperands { problems.append("an expression of another builder was used") }
    if builder.mainNames.isEmpty && builder.cachedNames.isEmpty && builder.preprocessedNames.isEmpty {
      problems.append("there are no columns")
    }
    for (kind, names) in [("main", builder.mainNames), ("preprocessed", builder.preprocessedNames)]
      + builder.cachedNames.map({ ("cached", $0) })
    {
      var seen: Set<String> = []
      for name in names where !seen.insert(name).inserted {
        problems.append("two \(kind) columns are named \(name)")
      }
    }
    guard problems.isEmpty else { throw .badDescription(air: name, problems: problems) }

    // Keep what is needed, in the old order, which is topological.
    let old = builder.graph.nodes
    var needed = [Bool](repeating: false, count: old.count)
    for constraint in builder.constraints { needed[constraint.node] = true }
    for interaction in builder.interactions {
      needed[interaction.count] = true
      for field in interaction.message { needed[field] = true }
    }
    for obligation in builder.byteObligations {
      needed[obligation.cell] = true
      needed[obligation.enabled] = true
    }
    if let rows = builder.rowsPerStep { needed[rows] = true }
    for index in old.indices.reversed() where needed[index] {
      for operand in old[index].operands { needed[operand] = true }
    }
    var numbers = [Int](repeating: -1, count: old.count)
    var nodes: [SymbolicNode] = []
    var degrees: [Int] = []
    let mainPart = builder.cachedNames.count
    var orderFree = true
    for index in old.indices where needed[index] {
      numbers[index] = nodes.count
      var node = old[index].mapOperands { numbers[$0] }
      if case .variable(.main(CircuitBuilder.commonPart, let offset), let column) = node {
        node = .variable(.main(part: mainPart, offset: offset), index: column)
      }
      if case .variable(let entry, _) = node, entry.offset == 1 { orderFree = false }
      if node.isSelector { orderFree = false }
      nodes.append(node)
      degrees.append(builder.graph.degrees[index])
    }

    self.name = name
    preprocessedColumns = builder.preprocessedNames
    cachedColumns = builder.cachedNames
    mainColumns = builder.mainNames
    publicValueNames = builder.publicNames
    self.nodes = nodes
    self.degrees = degrees
    constraints = builder.constraints.map { constraint in
      Constraint(node: numbers[constraint.node], label: constraint.label, location: constraint.location)
    }
    interactions = builder.interactions.map { interaction in
      var renumbered = interaction
      renumbered.message = interaction.message.map { numbers[$0] }
      renumbered.count = numbers[interaction.count]
      return renumbered
    }
    byteObligations = builder.byteObligations.map { obligation in
      var renumbered = obligation
      renumbered.cell = numbers[obligation.cell]
      renumbered.enabled = numbers[obligation.enabled]
      return renumbered
    }
    rowsPerStep = builder.rowsPerStep.map { numbers[$0] }
    isOrderFree = orderFree && builder.preprocessedNames.isEmpty
    hasZeroPadding = builder.hasZeroPadding
  }
}
