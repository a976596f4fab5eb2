// One type per instruction, so that handlers, the reference engine and fused groups can name it. The first operand is
// the top of the stack.

enum Add: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { first &+ second }
}

enum Mul: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { first &* second }
}

enum Sub: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { first &- second }
}

enum Less: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { UInt256(first < second) }
}

enum Greater: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { UInt256(second < first) }
}

enum SignedLess: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 {
    UInt256(first.isLessSigned(than: second))
  }
}

enum SignedGreater: BinaryOperation {
  @inline(__always) static var hasCarries: Bool { true }

  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 {
    UInt256(second.isLessSigned(than: first))
  }
}

enum Equal: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { UInt256(first == second) }
}

enum And: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { first & second }
}

enum Or: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { first | second }
}

enum Xor: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { first ^ second }
}

enum ByteOf: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { second.byte(first) }
}

enum ShiftLeft: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { second.shiftedLeft(by: first) }
}

enum ShiftRight: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { second.shiftedRight(by: first) }
}

enum ShiftArithmetic: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { second.arithmeticShiftedRight(first) }
}

enum SignExtend: BinaryOperation {
  @inline(__always)
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256 { second.signExtended(first) }
}

enum IsZero: UnaryOperation {
  @inline(__always) static func apply(_ operand: UInt256) -> UInt256 { UInt256(operand.isZero) }
}

enum Not: UnaryOperation {
  @inline(__always) static func apply(_ operand: UInt256) -> UInt256 { ~operand }
}

enum CountLeadingZeros: UnaryOperation {
  @inline(__always) static func apply(_ operand: UInt256) -> UInt256 {
    UInt256(UInt64(truncatingIfNeeded: operand.leadingZeroBitCount))
  }
}

extension UInt256 {
  /// What a comparison gives.
  @inline(__always) fileprivate init(_ isTrue: Bool) { self.init(isTrue ? 1 : 0 as UInt64) }
}
