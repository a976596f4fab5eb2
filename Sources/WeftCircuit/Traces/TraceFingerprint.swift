import WeftField

/// 128 bits that differ for traces of different bytes, but for accidents: to compare traces across processes. It is no
/// commitment.
public struct TraceFingerprint: Hashable, Sendable, CustomStringConvertible {
  public private(set) var first: UInt64 = 0x243f_6a88_85a3_08d3
  public private(set) var second: UInt64 = 0x1319_8a2e_0370_7344

  init() {}

  /// 32 hexadecimal digits.
  public var description: String {
    [first, second].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Two sums of different kinds, each step invertible in the number it takes.
  @inline(__always)
  private mutating func add(_ number: UInt64) {
    first = (first ^ number) &* 0x9e37_79b9_7f4a_7c15
    first ^= first &>> 29
    second = (second &+ number) &* 0xd6e8_feb8_6659_fd93
    second ^= second &>> 32
  }

  fileprivate mutating func add(_ trace: Trace?) {
    add(UInt64(trace?.height ?? 0) << 32 | UInt64(trace?.width ?? 0))
    guard let trace else { return }
    let (elements, count) = (trace.elements, trace.cellCount)
    var index = 0
    while index &+ 2 <= count {
      add(UInt64(elements[index].montgomery) &<< 32 | UInt64(elements[index &+ 1].montgomery))
      index &+= 2
    }
    if index < count { add(UInt64(elements[index].montgomery)) }
    withExtendedLifetime(trace) {}
  }

  fileprivate mutating func add(_ numbers: some Sequence<UInt64>) {
    for number in numbers { add(number) }
  }
}

extension TraceSet {
  /// The fingerprint of all AIRs: their names, all parts of their traces and their public values.
  public var fingerprint: TraceFingerprint {
    var result = TraceFingerprint()
    for air in airs {
      result.add(air.air.name.utf8.map { UInt64($0) })
      result.add(air.preprocessed)
      for part in air.cached { result.add(part) }
      result.add(air.main)
      result.add([UInt64(air.publicValues.count)] + air.publicValues.map { UInt64($0.montgomery) })
    }
    return result
  }
}
