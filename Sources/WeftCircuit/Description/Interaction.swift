/// A message of every row on a bus, with a count.
public struct Interaction: Hashable, Sendable {
  /// What the message does on its bus.
  public enum Role: String, Hashable, Sendable {
    case send
    case receive
    /// The message must be in a table of the bus.
    case lookup
    /// The message is a row of a table; the count is minus its multiplicity.
    case table
  }

  public var bus: Bus
  public var role: Role
  /// The numbers of the fields' nodes.
  public var message: [Int]
  /// The number of the count's node: positive for `send` and `lookup`, negated for `receive` and `table`.
  public var count: Int
  /// What a row counts towards the limit of the bus: 1, or 0 for tables.
  public var weight: Int
  public var label: String
  public var location: SourceLocation

  public init(
    bus: Bus, role: Role, message: [Int], count: Int, weight: Int, label: String, location: SourceLocation
  ) {
    self.bus = bus
    self.role = role
    self.message = message
    self.count = count
    self.weight = weight
    self.label = label
    self.location = location
  }
}

/// A cell that is written and must hold a byte wherever `enabled` is 1.
public struct ByteObligation: Hashable, Sendable {
  /// The numbers of the nodes.
  public var cell: Int
  public var enabled: Int
  /// Why the cell is a byte, where the author says that it follows from more than one look-up can show.
  public var reason: String?
  public var label: String
  public var location: SourceLocation
}
