/// A pairing-friendly curve of embedding degree 12 with a sextic twist over Fp2.
protocol PairingCurve: TowerParameters {
  /// b of the curve over Fp.
  static var coefficient: Fp<Self> { get }
  static var twist: SexticTwist { get }
  /// Kept once.
  static var twistConstants: TwistConstants<Self> { get }
  /// The length of the Miller loop.
  static var loop: SignedDigits { get }
  /// What the optimal ate pairing has behind the loop.
  static func finishLoop(_ product: inout Fp12<Self>, _ pairs: UnsafeMutableBufferPointer<MillerPair<Self>>)
  /// A power by the hard part of the final exponent, (p⁴ − p² + 1) / r, or a multiple by a number prime to r.
  static func hardPart(_ element: Fp12<Self>) -> Fp12<Self>
}

/// Whether the twist y² = x³ + b′ has b′ = b / ξ or b′ = b · ξ.
enum SexticTwist: Sendable { case divided, multiplied }

/// The curve over Fp.
enum G1<Parameters: PairingCurve>: WeierstrassCurve {
  static var b: Fp<Parameters> { Parameters.coefficient }
}

/// The twist over Fp2.
enum G2<Parameters: PairingCurve>: WeierstrassCurve {
  static var b: Fp2<Parameters> { Parameters.twistConstants.coefficient }
}

/// What follows from the kind of a twist.
///
/// A point (x, y) of the twist stands for (x·w², y·w³), or (x / w², y / w³) where b′ = b · ξ: so the power p of that
/// point is (x̄·γ², ȳ·γ³) or (x̄ / γ², ȳ / γ³) on the twist. This is the endomorphism ψ.
struct TwistConstants<Parameters: PairingCurve>: Sendable {
  /// b′.
  let coefficient: Fp2<Parameters>
  /// The factors of ψ.
  let x: Fp2<Parameters>
  let y: Fp2<Parameters>

  init() {
    let gamma = Parameters.frobenius.powers
    switch Parameters.twist {
    case .divided:
      coefficient = Parameters.nonresidue.inverse * Parameters.coefficient
      (x, y) = (gamma.1, gamma.2)
    case .multiplied:
      coefficient = Parameters.nonresidue * Parameters.coefficient
      (x, y) = (gamma.1.inverse, gamma.2.inverse)
    }
  }
}

extension AffinePoint {
  /// ψ of a point of a twist.
  func psi<Parameters>() -> Self where Curve == G2<Parameters> {
    let constants = Parameters.twistConstants
    return Self(unchecked: x.conjugate * constants.x, y.conjugate * constants.y)
  }
}

extension JacobianPoint {
  /// ψ of a point of a twist.
  func psi<Parameters>() -> Self where Curve == G2<Parameters> {
    let constants = Parameters.twistConstants
    return Self(x.conjugate * constants.x, y.conjugate * constants.y, z.conjugate)
  }
}
