/// What tells one tower of extensions from another.
///
/// Fp2 = Fp[i] / (i² + 1), Fp6 = Fp2[v] / (v³ − ξ), Fp12 = Fp6[w] / (w² − v).
protocol TowerParameters: PrimeFieldParameters {
  /// ξ, neither a square nor a cube.
  static var nonresidue: Fp2<Self> { get }
  /// The product with ξ.
  static func multipliedByNonresidue(_ element: Fp2<Self>) -> Fp2<Self>
  /// Kept once: how the power p acts on the tower.
  static var frobenius: FrobeniusConstants<Self> { get }
}

/// Constants of the power p, all from γ = ξ^((p − 1) / 6): w^p = γ·w, as w^6 = ξ.
struct FrobeniusConstants<Parameters: TowerParameters>: Sendable {
  /// γ, γ², γ³, γ⁴, γ⁵.
  let powers: (Fp2<Parameters>, Fp2<Parameters>, Fp2<Parameters>, Fp2<Parameters>, Fp2<Parameters>)
  /// γ^(2(p + 1)) = ξ^((p² − 1) / 3): a cube root of one, not one itself.
  let cubeRootOfOne: Fp<Parameters>

  init() {
    let one = Parameters.Words { $0 == 0 ? 1 : 0 }
    let gamma = Parameters.nonresidue.power(
      Parameters.modulus.subtracting(one).difference.divided(by: 6))
    let square = gamma.squared
    powers = (gamma, square, square * gamma, square.squared, square.squared * gamma)
    cubeRootOfOne = square.norm
  }
}
