/// A channel over which AIRs exchange messages: what is sent must be received, what is looked up must be in a table.
public struct Bus: Hashable, Sendable {
  /// How the messages of a bus balance.
  public enum Kind: String, Hashable, Sendable {
    /// Every message is sent as often as it is received.
    case permutation
    /// Every message that is looked up is in a table, which counts its look-ups.
    case lookup
  }

  /// The number, unique in a system; it separates the messages of different buses.
  public let number: Int
  /// The name that reports use.
  public let name: String
  public let kind: Kind
  /// The names of the message's fields. Fields beyond the last name are numbered: messages may vary in length.
  public let fields: [String]

  public init(_ number: Int, name: String, kind: Kind, fields: [String]) {
    self.number = number
    self.name = name
    self.kind = kind
    self.fields = fields
  }

  /// The name of a field of a message.
  public func fieldName(_ index: Int) -> String {
    index < fields.count ? fields[index] : "[\(index)]"
  }

  /// Look-ups of numbers of up to 17 bits: `[value, bits]` (reference/circuits.md §3).
  public static let range = Bus(3, name: "range", kind: .lookup, fields: ["value", "bits"])
  /// Look-ups of pairs of bytes and of their exclusive or: `[x, y, z, op]` (reference/circuits.md §3).
  public static let bitwise = Bus(7, name: "bitwise", kind: .lookup, fields: ["x", "y", "z", "op"])

  /// Checks that no two different buses share a number.
  public static func requireUnique(_ buses: some Sequence<Bus>) throws(CircuitError) {
    var known: [Int: Bus] = [:]
    for bus in buses {
      if let other = known[bus.number], other != bus {
        throw .duplicateBus(number: bus.number, first: other.name, second: bus.name)
      }
      known[bus.number] = bus
    }
  }
}
