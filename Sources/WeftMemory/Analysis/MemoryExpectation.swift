/// What memory should hold at the end of a run.
public struct MemoryExpectation: Hashable, Sendable {
  /// Values by cell.
  public var cells: [MemoryAddress: UInt32]

  public init(_ cells: [MemoryAddress: UInt32]) { self.cells = cells }

  /// A cell that holds something else.
  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    public var address: MemoryAddress
    public var expected: UInt32
    public var actual: UInt32

    public var description: String { "1 cell at \(address): expected \(expected), actual \(actual)" }
  }

  /// All differences, by address. Untouched cells count with the value they began with.
  public func differences(from image: MemoryImage) -> [Difference] {
    cells.filter { image[$0.key] != $0.value }
      .map { Difference(address: $0.key, expected: $0.value, actual: image[$0.key]) }
      .sorted { $0.address < $1.address }
  }
}
