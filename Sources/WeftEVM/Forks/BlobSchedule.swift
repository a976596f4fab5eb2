/// Blobs per block and what their price follows (EIP-4844, 7691, 7892).
public struct BlobSchedule: Sendable, Hashable {
  /// Blobs per block that leave the price as it is.
  public var target: UInt64
  /// Most blobs of a block.
  public var maximum: UInt64
  /// How slowly the price follows: `BLOB_BASE_FEE_UPDATE_FRACTION`.
  public var updateFraction: UInt64

  public init(target: UInt64, maximum: UInt64, updateFraction: UInt64) {
    self.target = target
    self.maximum = maximum
    self.updateFraction = updateFraction
  }

  /// Gas of one blob.
  public static var gasPerBlob: UInt64 { 131_072 }

  /// The schedule of a fork; `nil` before Cancun.
  public init?(_ fork: Fork) {
    switch fork {
    case .cancun: self.init(target: 3, maximum: 6, updateFraction: 3_338_477)
    case .prague, .osaka: self.init(target: 6, maximum: 9, updateFraction: 5_007_716)
    case .bpo1: self.init(target: 10, maximum: 15, updateFraction: 8_346_193)
    case .bpo2: self.init(target: 14, maximum: 21, updateFraction: 11_684_671)
    default: return nil
    }
  }

  /// Price of one unit of blob gas when the block before left `excess`: `fakeExponential(1, excess, fraction)` of
  /// EIP-4844. `nil` where it does not fit 128 bits; nobody could pay it.
  public func price(excess: UInt64) -> UInt128? {
    guard updateFraction > 0 else { return nil }
    let fraction = UInt128(updateFraction)
    var term = fraction
    var sum: UInt128 = 0
    var index: UInt128 = 1
    while term > 0 {
      let (next, overflow) = sum.addingReportingOverflow(term)
      let product = term.multipliedFullWidth(by: UInt128(excess))
      let divisor = fraction &* index
      if overflow || product.high >= divisor { return nil }
      sum = next
      term = divisor.dividingFullWidth(product).quotient
      index &+= 1
    }
    return sum / fraction
  }

  /// Excess of the next block (EIP-4844; from Osaka with the floor of EIP-7918).
  public func nextExcess(excess: UInt64, used: UInt64, baseFee: UInt64, fork: Fork) -> UInt64 {
    let total = excess &+ used
    let targetGas = target &* Self.gasPerBlob
    if total < targetGas { return 0 }
    if fork >= .osaka, maximum > 0, let price = price(excess: excess) {
      let execution = UInt128(baseFee).multipliedReportingOverflow(by: 8192)
      let blob = price.multipliedReportingOverflow(by: UInt128(Self.gasPerBlob))
      if !blob.overflow, execution.overflow || execution.partialValue > blob.partialValue {
        let share = UInt128(used) &* UInt128(maximum &- target) / UInt128(maximum)
        return excess &+ UInt64(truncatingIfNeeded: share)
      }
    }
    return total &- targetGas
  }
}
