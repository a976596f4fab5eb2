/// Price and bounds of a straight line of instructions, in eight bytes.
///
/// A line runs to the next instruction that leaves it, reads the gas left, or hands control over. It is paid as a
/// whole when it is entered: exact, because a frame that halts inside loses everything anyway.
struct Line: Equatable {
  /// Static gas in bits 0…31, words needed on the stack in 32…47, most words added in 48…63.
  var rawValue: UInt64

  @inline(__always) init(rawValue: UInt64) { self.rawValue = rawValue }

  @inline(__always) init(gas: UInt32, needs: UInt16, grows: UInt16) {
    rawValue = UInt64(gas) | UInt64(needs) &<< 32 | UInt64(grows) &<< 48
  }

  static var empty: Line { Line(rawValue: 0) }

  @inline(__always) var gas: Int64 { Int64(rawValue & 0xffff_ffff) }
  /// Words that must be on the stack.
  @inline(__always) var needs: Int { Int(truncatingIfNeeded: (rawValue &>> 32) & 0xffff) }
  /// Most words that the line adds to the stack.
  @inline(__always) var grows: Int { Int(truncatingIfNeeded: rawValue &>> 48) }

  /// Most words on a stack.
  static var stackLimit: Int { 1024 }

  /// The line that begins one instruction earlier.
  func preceded(gas: UInt32, inputs: Int, outputs: Int) -> Line {
    let total = UInt64(self.gas.magnitude) &+ UInt64(gas)
    let change = outputs &- inputs
    let needs = max(inputs, self.needs &- change)
    let grows = max(0, change, self.grows &+ change)
    // More than the stack can ever hold is as good as any larger number.
    let limit = Self.stackLimit &+ 1
    return Line(
      gas: UInt32(clamping: total), needs: UInt16(truncatingIfNeeded: min(needs, limit)),
      grows: UInt16(truncatingIfNeeded: min(grows, limit)))
  }
}
