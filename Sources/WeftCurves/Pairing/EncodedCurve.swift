/// A pairing-friendly curve whose points have an encoding in bytes.
///
/// A number below p is written with the most significant byte first, behind zeros where `encodedSize` is more than it
/// needs; a point is its two coordinates, infinity is zeros.
protocol EncodedCurve: PairingCurve {
  /// Bytes of an element of Fp.
  static var encodedSize: Int { get }
  /// Whether an element c0 + c1·i of Fp2 is c0 ‖ c1, not c1 ‖ c0.
  static var encodesRealPartFirst: Bool { get }
  /// Whether a point of the curve is of order r or 1.
  static func isInSubgroup(_ point: AffinePoint<G1<Self>>) -> Bool
  /// Whether a point of the twist is of order r or 1.
  static func isInSubgroup(_ point: AffinePoint<G2<Self>>) -> Bool
}

/// The curve or the twist of an `EncodedCurve`.
protocol EncodedGroup: WeierstrassCurve {
  /// Bytes of a coordinate.
  static var coordinateSize: Int { get }
  /// Reads a coordinate; `nil` for what encodes none.
  static func coordinate(at bytes: UnsafeRawPointer) -> Coordinate?
  static func store(_ coordinate: Coordinate, to bytes: UnsafeMutableRawPointer)
  static func isInSubgroup(_ point: AffinePoint<Self>) -> Bool
}

extension G1: EncodedGroup where Parameters: EncodedCurve {
  static var coordinateSize: Int { Parameters.encodedSize }

  static func coordinate(at bytes: UnsafeRawPointer) -> Fp<Parameters>? {
    let zeros = Parameters.encodedSize &- Fp<Parameters>.size
    var rest: UInt8 = 0
    for index in 0..<max(0, zeros) { rest |= (bytes + index).load(as: UInt8.self) }
    return rest == 0 ? Fp(bigEndian: bytes + zeros) : nil
  }

  static func store(_ coordinate: Fp<Parameters>, to bytes: UnsafeMutableRawPointer) {
    let zeros = Parameters.encodedSize &- Fp<Parameters>.size
    for index in 0..<max(0, zeros) { (bytes + index).storeBytes(of: 0, as: UInt8.self) }
    coordinate.store(bigEndianTo: bytes + zeros)
  }

  static func isInSubgroup(_ point: AffinePoint<Self>) -> Bool { Parameters.isInSubgroup(point) }
}

extension G2: EncodedGroup where Parameters: EncodedCurve {
  private typealias Base = G1<Parameters>

  static var coordinateSize: Int { Base.coordinateSize &* 2 }

  static func coordinate(at bytes: UnsafeRawPointer) -> Fp2<Parameters>? {
    guard let first = Base.coordinate(at: bytes),
      let second = Base.coordinate(at: bytes + Base.coordinateSize)
    else { return nil }
    return Parameters.encodesRealPartFirst ? Fp2(first, second) : Fp2(second, first)
  }

  static func store(_ coordinate: Fp2<Parameters>, to bytes: UnsafeMutableRawPointer) {
    let (real, imaginary) = (coordinate.c0, coordinate.c1)
    Base.store(Parameters.encodesRealPartFirst ? real : imaginary, to: bytes)
    Base.store(Parameters.encodesRealPartFirst ? imaginary : real, to: bytes + Base.coordinateSize)
  }

  static func isInSubgroup(_ point: AffinePoint<Self>) -> Bool { Parameters.isInSubgroup(point) }
}

extension AffinePoint where Curve: EncodedGroup {
  /// Bytes of an encoded point.
  static var size: Int { Curve.coordinateSize &* 2 }

  /// Reads `size` bytes; `nil` for what encodes no point of the curve.
  init?(at bytes: UnsafeRawPointer) {
    guard let x = Curve.coordinate(at: bytes),
      let y = Curve.coordinate(at: bytes + Curve.coordinateSize)
    else { return nil }
    self.init(x, y)
  }

  /// Writes `size` bytes.
  func store(to bytes: UnsafeMutableRawPointer) {
    Curve.store(x, to: bytes)
    Curve.store(y, to: bytes + Curve.coordinateSize)
  }
}
