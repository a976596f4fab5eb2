/// The digits −1, 0 and 1 of a number in non-adjacent form, of which at most every second is not zero.
struct SignedDigits: Sendable {
  /// Bits where the digit is 1, and where it is −1.
  private let positive: UInt128
  private let negative: UInt128

  /// - Parameter value: below 2^126.
  init(_ value: UInt128) {
    // (G. W. Reitwiesner, Binary arithmetic, 1960.)
    let half = value &>> 1
    let sum = value &+ half
    let different = half ^ sum
    positive = sum & different
    negative = half & different
  }

  /// Calls `body` with each digit, from the most significant one that is not zero to the lowest.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    let length = 128 &- (positive | negative).leadingZeroBitCount
    var mask: UInt128 = length == 0 ? 0 : 1 &<< UInt128(truncatingIfNeeded: length &- 1)
    while mask != 0 {
      body(positive & mask != 0 ? 1 : negative & mask != 0 ? -1 : 0)
      mask &>>= 1
    }
  }
}
