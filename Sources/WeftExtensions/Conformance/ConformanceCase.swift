import WeftRV32

/// A short program that executes one instruction of an extension a few times, on random registers and memory.
struct ConformanceCase {
  /// Values of x1 to x31 before the instructions.
  var registers: [UInt32]
  var words: [UInt32]
  var data: [UInt8]

  static let dataAddress: UInt32 = 0x10_0000
  static let dataSize: UInt32 = 4096
  static let codeAddress: UInt32 = 0x1000
  /// Guest memory of a case.
  static let memorySize: UInt64 = 0x20_0000

  /// - Parameter match, mask: the encoding; free bits are random.
  init(match: UInt32, mask: UInt32, using random: inout SplitMix64) {
    registers = (0..<31).map { _ in Self.value(&random) }
    words = (0..<3).map { _ in UInt32(truncatingIfNeeded: random.next()) & ~mask | match }
    data = (0..<Self.dataSize).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  /// Numbers that instructions tend to care about: addresses inside and around the data, small counts, corners.
  private static func value(_ random: inout SplitMix64) -> UInt32 {
    let bits = UInt32(truncatingIfNeeded: random.next())
    switch bits & 7 {
    case 0, 1: return dataAddress &+ (bits >> 3) % dataSize
    case 2: return dataAddress &+ (bits >> 3) % (dataSize / 32) &* 32
    case 3: return (bits >> 3) % 64
    case 4: return dataAddress &+ dataSize &- (bits >> 3) % 64
    case 5: return [0, 1, .max, 0x8000_0000, 0x7fff_ffff][Int((bits >> 3) % 5)]
    default: return bits
    }
  }

  /// Sets the registers and executes the instructions.
  var code: [UInt32] {
    var code: [UInt32] = []
    for (index, value) in registers.enumerated() {
      let rd = UInt32(truncatingIfNeeded: index &+ 1)
      let low = Int32(bitPattern: value &<< 20) >> 20
      let upper = value &- UInt32(bitPattern: low)
      code.append(upper | rd &<< 7 | 0x37)  // lui
      code.append(UInt32(bitPattern: low) &<< 20 | rd &<< 15 | rd &<< 7 | 0x13)  // addi
    }
    return code + words
  }

  /// The code, and `ebreak` at its end.
  func program() throws(ELFError) -> RV32Program { try Self.program(code + [0x0010_0073], data: data) }

  /// A program of some code, with data where the registers of cases point to.
  static func program(_ code: [UInt32], data: [UInt8]? = nil) throws(ELFError) -> RV32Program {
    try RV32Program(
      code: code, at: codeAddress,
      data: data ?? (0..<dataSize).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 5) },
      dataAt: dataAddress,
      memoryLimit: memorySize)
  }

  /// Instructions before the first one of the extension.
  var preamble: Int { 2 &* registers.count }

  /// The words, for messages.
  var text: String {
    words.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
  }
}

/// Sebastiano Vigna's SplitMix64: the same cases in every run.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
