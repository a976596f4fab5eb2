import Testing

@testable import WeftEVM

/// Expected numbers come from EIP-4844's own formula over unbounded integers.
@Suite("Blob gas")
struct BlobScheduleTests {
  private static let blob = BlobSchedule.gasPerBlob

  @Test("Each fork's schedule", arguments: Fork.allCases)
  func schedules(_ fork: Fork) {
    let schedule = BlobSchedule(fork)
    let expected: (UInt64, UInt64, UInt64)? =
      switch fork {
      case .cancun: (3, 6, 3_338_477)
      case .prague, .osaka: (6, 9, 5_007_716)
      case .bpo1: (10, 15, 8_346_193)
      case .bpo2: (14, 21, 11_684_671)
      default: nil
      }
    #expect(schedule?.target == expected?.0 && schedule?.maximum == expected?.1)
    #expect(schedule?.updateFraction == expected?.2)
    #expect(GasSchedule(fork).maximumTransactionBlobs == (fork >= .osaka ? 6 : 0))
  }

  @Test(
    "The price follows the excess",
    arguments: [
      (Fork.cancun, 0, 1), (.cancun, 393_216, 1), (.cancun, 7_864_320, 10), (.cancun, 13_107_200, 50),
      (.cancun, 131_072_000, 112_419_783_351_538_363),
      (.cancun, 200_000_000, 104_116_911_553_853_437_920_042_949),
      (.prague, 786_432, 1), (.prague, 11_796_480, 10), (.prague, 131_072_000, 232_931_037_523),
      (.osaka, 200_000_000, 221_315_816_840_568_244), (.bpo1, 131_072_000, 6_612_058),
      (.bpo1, 200_000_000, 25_527_476_631), (.bpo2, 131_072_000, 74_416), (.bpo2, 200_000_000, 27_137_919),
    ] as [(Fork, UInt64, UInt128)])
  func prices(_ fork: Fork, _ excess: UInt64, _ price: UInt128) throws {
    #expect(try #require(BlobSchedule(fork)).price(excess: excess) == price)
  }

  @Test("A price beyond 128 bits is nobody's to pay", arguments: [1 << 32, 1 << 63, .max] as [UInt64])
  func absurdExcess(_ excess: UInt64) throws {
    #expect(try #require(BlobSchedule(.cancun)).price(excess: excess) == nil)
    #expect(BlobSchedule(target: 3, maximum: 6, updateFraction: 0).price(excess: excess) == nil)
    let block = BlockEnvironment(excessBlobGas: excess)
    #expect(block.blobBaseFee(.cancun) == nil)
    #expect(block.blobBaseFee(.shanghai) == nil)
  }

  @Test(
    "The excess of the next block is what was used above the target",
    arguments: [
      (0, 0, 0), (0, 6, 0), (0, 7, 1), (786_431, 0, -1), (786_432, 0, 0), (1_310_720, 3, 7),
      (1 << 24, 3, 125),
    ] as [(UInt64, UInt64, Int)])
  func nextExcess(_ excess: UInt64, _ blobs: UInt64, _ expectedBlobs: Int) throws {
    let schedule = try #require(BlobSchedule(.prague))
    let next = schedule.nextExcess(excess: excess, used: blobs * Self.blob, baseFee: 7, fork: .prague)
    // −1: below the target by less than a blob, which is nothing as well.
    #expect(next == UInt64(max(0, expectedBlobs)) * Self.blob)
  }

  @Test(
    "From Osaka on it cannot fall where execution costs more than blobs",
    arguments: [
      // Below the floor: excess + used · (max − target) / max.
      (1_310_720, 3, 1000, 1_441_792), (786_432, 0, 100, 786_432),
      // 8,192 · base fee is not above 131,072 · price: as before.
      (1_310_720, 3, 16, 917_504), (786_432, 0, 16, 0),
    ] as [(UInt64, UInt64, UInt64, UInt64)])
  func reserve(_ excess: UInt64, _ blobs: UInt64, _ baseFee: UInt64, _ expected: UInt64) throws {
    let schedule = try #require(BlobSchedule(.osaka))
    let used = blobs * Self.blob
    #expect(schedule.nextExcess(excess: excess, used: used, baseFee: baseFee, fork: .osaka) == expected)
    let before = schedule.nextExcess(excess: excess, used: used, baseFee: baseFee, fork: .prague)
    #expect(before == max(excess + used, 786_432) - 786_432)
  }
}
