/// What tells one prime field from another.
///
/// All are computed properties, so that they become constants of specialised code.
protocol PrimeFieldParameters: Sendable {
  associatedtype Words: Limbs
  /// The prime p = 3 (mod 4), below R / 4.
  static var modulus: Words { get }
  /// −1 / p mod 2^64.
  static var inverseOfModulus: UInt64 { get }
  /// R mod p, the Montgomery form of one.
  static var one: Words { get }
  /// R² mod p.
  static var rSquared: Words { get }
}
