import WeftField

/// Inverses of the numbers that cells of bytes differ by or add up to: a table instead of a power.
enum SmallInverses {
  /// The largest magnitude: the sum of four bytes.
  static var limit: Int { 4 * 255 }

  private static let table = (-limit...limit).map { BabyBear($0).inverseOrZero }

  /// The inverse of a number of −`limit` … `limit`; 0 for 0.
  @inline(__always)
  static func inverse(_ number: Int) -> BabyBear { table[number &+ limit] }
}
