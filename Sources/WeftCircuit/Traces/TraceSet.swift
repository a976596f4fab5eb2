import WeftField

/// An AIR with the traces of one run.
public struct AIRTrace: Sendable {
  public let air: AIRDescription
  /// The preprocessed columns; nil when the AIR has none.
  public var preprocessed: Trace?
  /// The cached parts.
  public var cached: [Trace]
  /// The common main part; nil when the AIR has no such columns.
  public var main: Trace?
  public var publicValues: [BabyBear]
  /// Rows that are not padding.
  public var rowCount: Int

  public init(
    air: AIRDescription, preprocessed: Trace? = nil, cached: [Trace] = [], main: Trace?,
    publicValues: [BabyBear] = [], rowCount: Int? = nil
  ) throws(TraceError) {
    self.air = air
    self.preprocessed = preprocessed
    self.cached = cached
    self.main = main
    self.publicValues = publicValues
    let height = main?.height ?? preprocessed?.height ?? cached.first?.height ?? 0
    self.rowCount = rowCount ?? height
    try validate()
  }

  /// Rows, padding included.
  public var height: Int { main?.height ?? preprocessed?.height ?? cached.first?.height ?? 0 }

  /// Cells of the cached and the common parts.
  public var cellCount: Int { cached.reduce(main?.cellCount ?? 0) { $0 + $1.cellCount } }

  /// Demands the shape that the AIR describes.
  func validate() throws(TraceError) {
    func demand(_ what: String, _ found: Int, _ expected: Int) throws(TraceError) {
      if found != expected { throw .badShape(air: air.name, what: what, expected: expected, found: found) }
    }
    let height = height
    guard height > 0, height & (height - 1) == 0 else { throw .badHeight(air: air.name, height: height) }
    try demand("the number of preprocessed columns", preprocessed?.width ?? 0, air.preprocessedColumns.count)
    try demand("the number of main columns", main?.width ?? 0, air.mainColumns.count)
    try demand("the number of cached parts", cached.count, air.cachedColumns.count)
    try demand("the number of public values", publicValues.count, air.publicValueNames.count)
    try demand(
      "the number of columns of the LogUp argument, which are the prover's,", air.argumentVariableCount, 0)
    if let preprocessed { try demand("the height of the preprocessed part", preprocessed.height, height) }
    for (index, part) in cached.enumerated() {
      try demand("the number of columns of cached part \(index)", part.width, air.cachedColumns[index].count)
      try demand("the height of cached part \(index)", part.height, height)
    }
  }
}

/// The traces of a run, in the order of their AIRs.
public struct TraceSet: Sendable {
  public var airs: [AIRTrace]

  public init(_ airs: [AIRTrace]) { self.airs = airs }

  public subscript(name: String) -> AIRTrace? { airs.first { $0.air.name == name } }

  /// What is wrong with the choice of AIRs, as sentences: required ones that are absent, and any that are there twice.
  /// (reference/circuits.md §15, N15)
  public func presenceFindings(required: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for air in airs { counts[air.air.name, default: 0] += 1 }
    return required.filter { counts[$0] == nil }.map { "the AIR \($0) is absent" }
      + counts.filter { $0.value > 1 }.keys.sorted().map { "the AIR \($0) is there \(counts[$0] ?? 0) times" }
  }

  /// Rows of all AIRs, padding included.
  public var rowCount: Int { airs.reduce(0) { $0 + $1.height } }

  /// Cells of the cached and the common parts of all AIRs.
  public var cellCount: Int { airs.reduce(0) { $0 + $1.cellCount } }
}
