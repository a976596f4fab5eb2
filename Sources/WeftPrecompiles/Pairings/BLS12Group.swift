/// The two groups of BLS12-381.
enum BLS12Group: Sendable {
  /// G1, of the curve over Fp.
  case curve
  /// G2, of the twist over Fp2.
  case twist

  /// Bytes of an encoded coordinate, an element of the group's field.
  var coordinateSize: Int { self == .curve ? 64 : 128 }
  /// Bytes of an encoded point.
  var pointSize: Int { coordinateSize * 2 }
}
