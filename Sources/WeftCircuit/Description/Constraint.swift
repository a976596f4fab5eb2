/// A formula that is zero in every row.
public struct Constraint: Hashable, Sendable {
  /// The number of the node.
  public var node: Int
  /// What the constraint says, unique where the author makes it so.
  public var label: String
  public var location: SourceLocation

  public init(node: Int, label: String, location: SourceLocation) {
    self.node = node
    self.label = label
    self.location = location
  }
}
