import Testing
import WeftEVM

@Suite struct UInt256Tests {
  @Test func halvesAndLimbsAreTheSameBits() {
    let word = UInt256(limbs: 1, 2, 3, 4)
    #expect(word == UInt256(low: word.low, high: word.high))
    #expect(!word.isZero && !word.fitsInUInt64 && UInt256(7).fitsInUInt64 && UInt256.zero.isZero)
  }
}
