import WeftCircuit
import WeftField

/// A register or a memory word: four bytes, the lowest first.
typealias Word<Cell> = InlineArray<4, Cell>

extension InlineArray<4, BabyBear> {
  /// The bytes of a number.
  @inline(__always)
  init(_ value: UInt32) {
    self = [
      BabyBear(value & 255), BabyBear((value &>> 8) & 255), BabyBear((value &>> 16) & 255),
      BabyBear(value &>> 24),
    ]
  }
}

extension UInt32 {
  /// Byte `index` of the number, 0 being the lowest.
  @inline(__always)
  func byte(_ index: Int) -> UInt32 { (self &>> UInt32(truncatingIfNeeded: 8 &* index)) & 255 }

  /// The sum of the four bytes.
  @inline(__always)
  var byteSum: Int { Int((self & 0xff) &+ byte(1) &+ byte(2) &+ byte(3)) }
}
