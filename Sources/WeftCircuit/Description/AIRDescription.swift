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
  public internal(set) var constraints: [Constraint]
  public let interactions: [Interaction]
  public let byteObligations: [ByteObligation]
  /// The node that says how many rows an instruction takes, where it takes more than one.
  public let rowsPerStep: Int?
  /// Whether rows may stand in any order: no constraint or interaction looks at the next row or at selectors, and no
  /// fixed column stands beside them.
  public let isOrderFree: Bool
  /// Variables that belong to the LogUp argument: none before the prover has added it.
  let argumentVariableCount: Int
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
    let mainPart = builder.cachedNames.count
    for index in old.indices where needed[index] {
      numbers[index] = nodes.count
      var node = old[index].mapOperands { numbers[$0] }
      if case .variable(.main(CircuitBuilder.commonPart, let offset), let column) = node {
        node = .variable(.main(part: mainPart, offset: offset), index: column)
      }
      nodes.append(node)
    }

    try self.init(
      name: name, preprocessedColumns: builder.preprocessedNames, cachedColumns: builder.cachedNames,
      mainColumns: builder.mainNames, publicValueNames: builder.publicNames, nodes: nodes,
      constraints: builder.constraints.map { constraint in
        Constraint(node: numbers[constraint.node], label: constraint.label, location: constraint.location)
      },
      interactions: builder.interactions.map { interaction in
        var renumbered = interaction
        renumbered.message = interaction.message.map { numbers[$0] }
        renumbered.count = numbers[interaction.count]
        return renumbered
      },
      byteObligations: builder.byteObligations.map { obligation in
        var renumbered = obligation
        renumbered.cell = numbers[obligation.cell]
        renumbered.enabled = numbers[obligation.enabled]
        return renumbered
      },
      rowsPerStep: builder.rowsPerStep.map { numbers[$0] }, hasZeroPadding: builder.hasZeroPadding)
  }

  /// An AIR that is given as data. Everything is checked: the order of the nodes, their columns, the numbers of
  /// constraints and interactions, the limits; degrees are computed, never taken over.
  public init(
    name: String, preprocessedColumns: [String] = [], cachedColumns: [[String]] = [],
    mainColumns: [String], publicValueNames: [String] = [], nodes: [SymbolicNode],
    constraints: [Constraint], interactions: [Interaction], byteObligations: [ByteObligation] = [],
    rowsPerStep: Int? = nil, hasZeroPadding: Bool = false
  ) throws(CircuitError) {
    var problems: [String] = []
    if nodes.count > Self.nodeLimit {
      problems.append("\(nodes.count) nodes are more than \(Self.nodeLimit)")
    }
    if constraints.count > Self.constraintLimit {
      problems.append("\(constraints.count) constraints are more than \(Self.constraintLimit)")
    }
    var degrees: [Int] = []
    degrees.reserveCapacity(nodes.count)
    var orderFree = true
    for (index, node) in nodes.enumerated() {
      if let operand = node.operands.first(where: { $0 < 0 || $0 >= index }) {
        problems.append("node \(index) uses the node \(operand), which does not stand before it")
        break
      }
      if case .variable(let entry, let column) = node {
        let width: Int? =
          switch entry {
          case .preprocessed: preprocessedColumns.count
          case .main(let part, _) where part >= 0 && part < cachedColumns.count: cachedColumns[part].count
          case .main(cachedColumns.count, _): mainColumns.count
          case .main: 0
          case .publicValue: publicValueNames.count
          case .permutation, .challenge, .exposed: nil
          }
        if let width, column < 0 || column >= width {
          problems.append("node \(index) is column \(column) of \(width) columns of \(entry)")
        }
        if entry.offset < 0 || entry.offset > 1 {
          problems.append("node \(index) looks \(entry.offset) rows ahead")
        }
        if entry.offset == 1 { orderFree = false }
      }
      if node.isSelector { orderFree = false }
      // A degree that matters is small; a bound keeps products of products from overflowing.
      degrees.append(min(node.degree { degrees[$0] }, 1 << 20))
    }
    let used =
      constraints.map(\.node) + interactions.flatMap { $0.message + [$0.count] }
      + byteObligations.flatMap { [$0.cell, $0.enabled] } + (rowsPerStep.map { [$0] } ?? [])
    if let node = used.first(where: { $0 < 0 || $0 >= nodes.count }) {
      problems.append("there is no node \(node)")
    }
    guard problems.isEmpty else { throw .badDescription(air: name, problems: problems) }

    var reached = [Bool](repeating: false, count: nodes.count)
    for node in used { reached[node] = true }
    for index in nodes.indices.reversed() where reached[index] {
      for operand in nodes[index].operands { reached[operand] = true }
    }
    argumentVariableCount = nodes.indices.count { index in
      guard reached[index], case .variable(let entry, _) = nodes[index] else { return false }
      return switch entry {
      case .permutation, .challenge, .exposed: true
      case .preprocessed, .main, .publicValue: false
      }
    }
    self.name = name
    self.preprocessedColumns = preprocessedColumns
    self.cachedColumns = cachedColumns
    self.mainColumns = mainColumns
    self.publicValueNames = publicValueNames
    self.nodes = nodes
    self.degrees = degrees
    self.constraints = constraints
    self.interactions = interactions
    self.byteObligations = byteObligations
    self.rowsPerStep = rowsPerStep
    self.hasZeroPadding = hasZeroPadding
    isOrderFree = orderFree && preprocessedColumns.isEmpty && cachedColumns.isEmpty
  }

  /// Nodes of an AIR at most. (reference/prover.md §6)
  public static var nodeLimit: Int { 1 << 20 }
  /// Constraints of an AIR at most.
  public static var constraintLimit: Int { 30_000 }
}
