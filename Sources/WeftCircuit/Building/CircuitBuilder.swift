import WeftField

/// What an AIR is described with: columns, selectors, constraints, interactions.
///
/// Mistakes (a look-up on a permutation bus, a layout with a foreign field) are gathered and reported together when
/// the description is made.
public final class CircuitBuilder {
  /// Stands for the common main part until all cached parts are known.
  static let commonPart = -1

  let graph = ExpressionGraph()
  private(set) var preprocessedNames: [String] = []
  private(set) var cachedNames: [[String]] = []
  private(set) var mainNames: [String] = []
  private(set) var publicNames: [String] = []
  private(set) var constraints: [Constraint] = []
  private var constraintNodes: Set<Int> = []
  private(set) var interactions: [Interaction] = []
  private(set) var byteObligations: [ByteObligation] = []
  private(set) var rowsPerStep: Int?
  private(set) var hasZeroPadding = false
  var problems: [String] = []

  init() {}

  // MARK: Columns

  /// Columns of the common main part, after those that were declared before.
  public func main<C: ColumnLayout>(_ layout: C.Type) -> RowWindow<C> where C.Cell == Expression {
    let first = mainNames.count
    let window = declare(layout) {
      .main(part: Self.commonPart, offset: $0)
    } at: {
      first + $0
    }
    mainNames += names(of: window.local)
    return window
  }

  /// `count` columns of the common main part without a layout; several are named `name[0]`, `name[1]`, ….
  public func mainColumns(_ name: String, count: Int) -> RowWindow<[Expression]> {
    let first = mainNames.count
    mainNames += numbered(name, count)
    func row(_ offset: Int) -> [Expression] {
      (0..<count).map { variable(.main(part: Self.commonPart, offset: offset), first + $0) }
    }
    return RowWindow(local: row(0), next: row(1))
  }

  /// The columns of a new cached part, which has a commitment of its own.
  public func cached<C: ColumnLayout>(_ layout: C.Type) -> RowWindow<C> where C.Cell == Expression {
    let part = cachedNames.count
    let window = declare(layout) {
      .main(part: part, offset: $0)
    } at: {
      $0
    }
    cachedNames.append(names(of: window.local))
    return window
  }

  /// Preprocessed columns: fixed by the AIR, the same in every proof.
  public func preprocessed<C: ColumnLayout>(_ layout: C.Type) -> RowWindow<C> where C.Cell == Expression {
    let first = preprocessedNames.count
    let window = declare(layout) {
      .preprocessed(offset: $0)
    } at: {
      first + $0
    }
    preprocessedNames += names(of: window.local)
    return window
  }

  /// `count` preprocessed columns without a layout.
  public func preprocessedColumns(_ name: String, count: Int) -> RowWindow<[Expression]> {
    let first = preprocessedNames.count
    preprocessedNames += numbered(name, count)
    func row(_ offset: Int) -> [Expression] {
      (0..<count).map { variable(.preprocessed(offset: offset), first + $0) }
    }
    return RowWindow(local: row(0), next: row(1))
  }

  /// Public values, which prover and verifier both know.
  public func publicValues<C: ColumnLayout>(_ layout: C.Type) -> C where C.Cell == Expression {
    let first = publicNames.count
    let window = declare(layout) { _ in
      .publicValue
    } at: {
      first + $0
    }
    publicNames += names(of: window.local)
    return window.local
  }

  /// `count` public values without a layout.
  public func publicValues(_ name: String, count: Int) -> [Expression] {
    let first = publicNames.count
    publicNames += numbered(name, count)
    return (0..<count).map { variable(.publicValue, first + $0) }
  }

  private func numbered(_ name: String, _ count: Int) -> [String] {
    count == 1 ? [name] : (0..<count).map { "\(name)[\($0)]" }
  }

  private func declare<C: ColumnLayout>(
    _ layout: C.Type, entry: (Int) -> ColumnEntry, at column: (Int) -> Int
  ) -> RowWindow<C> where C.Cell == Expression {
    func row(_ offset: Int) -> C {
      C(cells: (0..<C.width).map { variable(entry(offset), column($0)) })
    }
    return RowWindow(local: row(0), next: row(1))
  }

  private func names<C: ColumnLayout>(of layout: C) -> [String] where C.Cell == Expression {
    if let names = layout.columnNames { return names }
    problems.append("\(C.self) has a field that is neither a cell nor made of cells")
    return (0..<C.width).map { "\(C.self)#\($0)" }
  }

  private func variable(_ entry: ColumnEntry, _ index: Int) -> Expression {
    Expression(graph, graph.intern(.variable(entry, index: index)))
  }

  // MARK: Selectors

  /// 1 in the first row, 0 elsewhere; degree 1.
  public var isFirstRow: Expression { Expression(graph, graph.intern(.isFirstRow)) }
  /// 1 in the last row, 0 elsewhere; degree 1.
  public var isLastRow: Expression { Expression(graph, graph.intern(.isLastRow)) }
  /// 0 in the last row, 1 elsewhere; degree 0.
  public var isTransition: Expression { Expression(graph, graph.intern(.isTransition)) }

  // MARK: Entries

  func addConstraint(_ expression: Expression, _ label: String, _ file: String, _ line: Int) {
    let node = expression.node(in: graph)
    if case .constant(let value) = graph.nodes[node] {
      if !value.isZero { problems.append("the constraint \(label) is the constant \(value)") }
      return
    }
    // The same formula twice is one constraint.
    guard constraintNodes.insert(node).inserted else { return }
    constraints.append(
      Constraint(node: node, label: label, location: SourceLocation(file: file, line: line)))
  }

  func addInteraction(
    _ bus: Bus, _ role: Interaction.Role, _ message: [Expression], count: Expression, label: String?,
    _ file: String, _ line: Int
  ) {
    let table = role == .table || role == .lookup
    if table != (bus.kind == .lookup) {
      problems.append("a \(role.rawValue) does not belong on the \(bus.kind.rawValue) bus \(bus.name)")
    }
    let signed = role == .send || role == .lookup ? count : -count
    interactions.append(
      Interaction(
        bus: bus, role: role, message: message.map { $0.node(in: graph) }, count: signed.node(in: graph),
        weight: role == .table ? 0 : 1, label: label ?? "\(bus.name) \(role.rawValue)",
        location: SourceLocation(file: file, line: line)))
  }

  /// States that an instruction takes as many rows as the expression says; 1 where nothing is stated.
  public func setRowsPerStep(_ rows: Expression) { rowsPerStep = rows.node(in: graph) }

  func addByteObligation(_ obligation: ByteObligation) { byteObligations.append(obligation) }

  /// (1 − validity)·x = 0 for every column x of the common main part declared so far: rows of padding are zero. The
  /// validity itself, where it is a column, must be asserted to be a bit. (reference/circuits.md §12.1, rule 1)
  public func gatePadding(
    validity: Expression, file: String = #fileID, line: Int = #line
  ) {
    hasZeroPadding = true
    for index in mainNames.indices {
      let cell = variable(.main(part: Self.commonPart, offset: 0), index)
      if cell.payload == validity.payload && validity.graph === graph { continue }
      addConstraint((1 - validity) * cell, "padding: \(mainNames[index])", file, line)
    }
  }

  /// States, without a constraint, that rows of padding are all zero; the lint then checks that they are accepted.
  public func declareZeroPadding() { hasZeroPadding = true }
}
