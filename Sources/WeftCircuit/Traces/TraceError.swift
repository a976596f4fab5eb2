/// What can go wrong while traces are made.
public enum TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The memory of a trace could not be had.
  case outOfMemory(rows: Int, columns: Int)
  /// Heights are powers of two.
  case badHeight(air: String, height: Int)
  /// A layout is filled into a trace of another width.
  case layoutMismatch(layout: String, columns: Int, width: Int)
  /// A trace, or the number of public values, does not have the shape that the AIR describes.
  case badShape(air: String, what: String, expected: Int, found: Int)
  /// A chip cannot fill its rows from what it was given.
  case badRecord(air: String, row: Int, reason: String)
  case badDescription(CircuitError)

  public var description: String {
    switch self {
    case .outOfMemory(let rows, let columns): "no memory for a trace of \(rows) rows and \(columns) columns"
    case .badHeight(let air, let height): "AIR \(air): the height \(height) is not a power of two"
    case .layoutMismatch(let layout, let columns, let width):
      "the layout \(layout) has \(columns) columns, the trace \(width)"
    case .badShape(let air, let what, let expected, let found):
      "AIR \(air): \(what) should be \(expected) and is \(found)"
    case .badRecord(let air, let row, let reason): "AIR \(air), row \(row): \(reason)"
    case .badDescription(let error): error.description
    }
  }
}
