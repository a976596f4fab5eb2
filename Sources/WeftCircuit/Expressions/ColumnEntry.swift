/// Where a variable of an expression stands. The cases are those of stark-backend's keys (reference/prover.md §6).
public enum ColumnEntry: Hashable, Sendable {
  /// A preprocessed column, in this row (`offset` 0) or the next one (1).
  case preprocessed(offset: Int)
  /// A column of a part of the main trace: the cached parts first, the common part last.
  case main(part: Int, offset: Int)
  /// A column of the LogUp argument; these appear once the prover has added its own constraints.
  case permutation(offset: Int)
  /// A public value of the AIR.
  case publicValue
  /// A challenge of the LogUp argument.
  case challenge
  /// A value that the prover exposes after the challenges: the cumulative sum.
  case exposed

  /// 0 for this row, 1 for the next one; 0 for what does not belong to a row.
  public var offset: Int {
    switch self {
    case .preprocessed(let offset), .main(_, let offset), .permutation(let offset): offset
    case .publicValue, .challenge, .exposed: 0
    }
  }

  /// What a variable counts in the degree of an expression.
  public var degree: Int {
    switch self {
    case .preprocessed, .main, .permutation: 1
    case .publicValue, .challenge, .exposed: 0
    }
  }
}
