/// Why bytes are no recursive length prefix encoding, or not the one that was asked for.
public struct RLPError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// The encoding ends before what its length announces.
    case endOfInput(needed: Int, available: Int)
    /// Bytes follow behind the outermost value.
    case trailingBytes(count: Int)
    /// A length, or a single byte, has a shorter encoding.
    case notMinimal
    /// A length that no memory has.
    case lengthTooLarge
    /// An integer with zeros in front.
    case leadingZero
    case integerTooLarge(bits: Int, maximum: Int)
    case listExpected
    case bytesExpected
    case byteCount(Int, expected: Int)
    case itemCount(Int, expected: Int)
  }

  public var reason: Reason
  /// Where the value begins that is wrong.
  public var offset: Int

  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension RLPError: CustomStringConvertible {
  public var description: String { "RLP, offset \(offset): \(reason)" }
}

extension RLPError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .endOfInput(let needed, let available): "\(needed) bytes announced, \(available) left"
    case .trailingBytes(let count): "\(count) bytes behind the end"
    case .notMinimal: "a shorter encoding exists"
    case .lengthTooLarge: "a length of more than 63 bits"
    case .leadingZero: "an integer with zeros in front"
    case .integerTooLarge(let bits, let maximum):
      "an integer of \(bits) bits, at most \(maximum) are allowed"
    case .listExpected: "bytes, expected a list"
    case .bytesExpected: "a list, expected bytes"
    case .byteCount(let count, let expected): "\(count) bytes, expected \(expected)"
    case .itemCount(let count, let expected): "a list of \(count) items, expected \(expected)"
    }
  }
}
