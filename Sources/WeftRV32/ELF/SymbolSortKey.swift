/// A symbol's address, rank and number in 64 bits, ordered as such.
///
/// Bits 63–32 hold the address, 31–28 the rank, 19–0 the number (`SymbolTable.symbolLimit` is below 2²⁰).
struct SymbolSortKey {
  private let bits: UInt64

  init(address: UInt32, rank: UInt64, index: UInt64) {
    bits = UInt64(address) << 32 | (rank & 0xf) << 28 | (index & 0xf_ffff)
  }

  var index: UInt32 { UInt32(truncatingIfNeeded: bits & 0xf_ffff) }

  /// Sorts by address, then rank: least significant digit first, four digits of nine bits from bit 28 up.
  ///
  /// Linear, so that a file with a million symbols in the worst order loads in milliseconds.
  static func sorted(_ keys: [SymbolSortKey]) -> [SymbolSortKey] {
    var source = keys
    var target = keys
    for shift in stride(from: UInt64(28), to: 64, by: 9) {
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
          distribute(source, into: target, shift: shift)
        }
      }
      swap(&source, &target)
    }
    return source
  }

  /// One stable counting pass. Every digit is below 512 and the counts add up to the number of keys, so all
  /// indices are in range.
  private static func distribute(
    _ source: UnsafeBufferPointer<SymbolSortKey>, into target: UnsafeMutableBufferPointer<SymbolSortKey>,
    shift: UInt64
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 512) { positions in
      positions.initialize(repeating: 0)
      for key in source { positions[key.digit(at: shift)] &+= 1 }
      var position = 0
      for digit in positions.indices {
        let count = positions[digit]
        positions[digit] = position
        position &+= count
      }
      for key in source {
        target[positions[key.digit(at: shift)]] = key
        positions[key.digit(at: shift)] &+= 1
      }
    }
  }

  private func digit(at shift: UInt64) -> Int { Int(truncatingIfNeeded: bits &>> shift & 511) }
}
