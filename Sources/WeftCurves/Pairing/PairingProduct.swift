/// A product of pairings that grows pair by pair, in a fixed amount of memory, with one final exponentiation.
struct PairingProduct<Parameters: PairingCurve>: ~Copyable {
  typealias Pair = MillerPair<Parameters>

  /// Pairs whose loops share their squarings.
  private static var groupSize: Int { 16 }

  private var product = Fp12<Parameters>.one
  private let pairs: UnsafeMutableBufferPointer<Pair>
  private var count = 0

  /// The product of the pairings that `body` appends; `nil` where it returns false.
  static func value(of body: (inout Self) -> Bool) -> Fp12<Parameters>? {
    withUnsafeTemporaryAllocation(of: Pair.self, capacity: groupSize) { pairs in
      var product = Self(pairs: pairs)
      return body(&product) ? product.finish() : nil
    }
  }

  private init(pairs: UnsafeMutableBufferPointer<Pair>) { self.pairs = pairs }

  /// Multiplies by the pairing of two points, of which the second must be of order r.
  mutating func append(_ p: AffinePoint<G1<Parameters>>, _ q: AffinePoint<G2<Parameters>>) {
    if p.isInfinity || q.isInfinity { return }
    if count == Self.groupSize { flush() }
    pairs.initializeElement(at: count, to: Pair(p, q))
    count &+= 1
  }

  private consuming func finish() -> Fp12<Parameters> {
    flush()
    // The easy part, (p⁶ − 1)(p² + 1).
    let first = product.conjugate * product.inverse
    return Parameters.hardPart(first.frobenius.frobenius * first)
  }

  private mutating func flush() {
    guard count > 0 else { return }
    let group = UnsafeMutableBufferPointer(rebasing: pairs[..<count])
    count = 0
    let tripled = Parameters.twistConstants.coefficient.tripled
    var value = Fp12<Parameters>.one
    var isFirst = true
    Parameters.loop.forEach { digit in
      // The multiples are those of the most significant digit from the start.
      if isFirst {
        isFirst = false
        return
      }
      value = value.squared
      for index in group.indices {
        value.multiply(by: group[index].double(tripledCoefficient: tripled))
        if digit != 0 {
          let q = group[index].q
          value.multiply(by: group[index].add(digit > 0 ? q : -q))
        }
      }
    }
    Parameters.finishLoop(&value, group)
    product *= value
  }
}
