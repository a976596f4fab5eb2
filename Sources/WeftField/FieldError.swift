/// What can be wrong with numbers that are to become field elements.
public enum FieldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A number that is not below the prime; `index` is its place among those that were converted.
  case notCanonical(value: UInt64, index: Int)
  /// A batch inversion met a zero.
  case zeroHasNoInverse(index: Int)
  /// No root of unity of the order 2^`logOrder` exists in the field.
  case noRootOfUnity(logOrder: Int)

  public var description: String {
    switch self {
    case .notCanonical(let value, let index):
      "value \(value) at index \(index) is not below the field's order \(BabyBear.order)"
    case .zeroHasNoInverse(let index): "the element at index \(index) is zero and has no inverse"
    case .noRootOfUnity(let logOrder):
      "the field has no root of unity of order 2^\(logOrder); the largest is 2^\(BabyBear.twoAdicity)"
    }
  }
}
