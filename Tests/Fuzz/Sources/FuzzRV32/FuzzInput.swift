import Weft

/// A fuzz input: four bytes of settings, the length of the code in words, the code, and the guest's input.
///
/// | byte | |
/// |---|---|
/// | 0 | bits 0–1 mode, bit 2 machine environment, bit 3 misaligned access emulated, bit 4 ends by `tohost`; |
/// | | bits 5–7 shift the limit of 20,000 instructions right: endless loops would take most of the time |
/// | 1 | output limit in bytes |
/// | 2, 3 | instructions of the first part |
/// | 4, 5 | words of code |
struct FuzzInput {
  static let memorySize: UInt64 = 1 << 20
  private static let textAddress: UInt32 = 0x1000
  private static let dataAddress: UInt32 = 0x8000

  let mode: RunMode
  let options: RV32Program.Options
  let limits: Limits
  /// Instructions before the run is interrupted for the first time.
  let firstPart: UInt64
  let code: [UInt8]
  let items: [[UInt8]]

  /// Nil for fewer bytes than a header and one instruction.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 10 else { return nil }
    let modes: [RunMode] = [.fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords)]
    mode = modes[Int(bytes[0] & 3)]
    options = RV32Program.Options(
      environment: bytes[0] & 4 == 0 ? .user : .machine,
      misalignedAccess: bytes[0] & 8 == 0 ? .trap : .emulate,
      endConvention: bytes[0] & 16 == 0 ? .environmentCall : .toHost)
    let instructions: UInt64 = 20_000 >> UInt64(bytes[0] >> 5)
    limits = Limits(
      instructions: instructions, memory: Self.memorySize, outputBytes: Int(bytes[1]), recordBytes: 8 << 20)
    firstPart = min(UInt64(bytes[2]) | UInt64(bytes[3]) << 8, instructions)
    let words = min(max(1, Int(bytes[4]) | Int(bytes[5]) << 8), (bytes.count - 6) / 4, 4096)
    code = Array(bytes[6..<6 + words * 4])
    // The rest is the guest's input, in two items.
    let rest = Array(bytes[(6 + words * 4)...])
    items = [Array(rest.prefix(rest.count / 2)), Array(rest.dropFirst(rest.count / 2))]
  }

  /// An executable with the code as text and a page of zeros as data.
  var elf: [UInt8] {
    let base = options.environment.memoryBase
    let isMachine = options.environment == .machine
    var words: [UInt32] = [
      0x464c_457f, 0x0001_0101, 0, 0, 243 << 16 | 2, 1, base + Self.textAddress, 52, 0, 0,
    ]
    words += [32 << 16 | 52, 40 << 16 | 2, 0]
    let size = UInt32(code.count)
    words += [1, 116, base + Self.textAddress, base + Self.textAddress, size, size, isMachine ? 7 : 5, 4]
    words += [1, 116, base + Self.dataAddress, base + Self.dataAddress, 0, 4096, 6, 4]
    return words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } } + code
  }
}
