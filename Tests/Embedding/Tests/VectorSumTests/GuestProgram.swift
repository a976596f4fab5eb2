/// A guest of a few instruction words in one executable segment, as an ELF file.
enum GuestProgram {
  static let base: UInt32 = 0x10000

  /// Sums `count` words from `pointer` on, or from its own data on, and exits with the sum.
  static func summing(_ data: [UInt32], count: UInt32? = nil, pointer: UInt32? = nil) -> [UInt8] {
    let codeSize: UInt32 = 7 * 4
    let pointer = pointer ?? base + codeSize
    let count = count ?? UInt32(data.count)
    let code = [
      lui(10, pointer), addi(10, 10, pointer),
      lui(11, count), addi(11, 11, count),
      vectorSum(10, 10, 11),
      addi(17, 0, 93), ecall,
    ]
    return elf(code + data)
  }

  private static let ecall: UInt32 = 0x73

  private static func vectorSum(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> UInt32 {
    rs2 << 20 | rs1 << 15 | rd << 7 | 0x2b
  }

  private static func addi(_ rd: UInt32, _ rs1: UInt32, _ immediate: UInt32) -> UInt32 {
    immediate << 20 | rs1 << 15 | rd << 7 | 0x13
  }

  /// The upper 20 bits, rounded so that `addi` with the lower 12, which it sign-extends, gives the value.
  private static func lui(_ rd: UInt32, _ value: UInt32) -> UInt32 {
    (value &+ 0x800) & 0xffff_f000 | rd << 7 | 0x37
  }

  private static func elf(_ words: [UInt32]) -> [UInt8] {
    let size = UInt32(words.count) * 4
    // ELF32, little-endian, executable, RISC-V; one segment header follows the file header.
    let identification: [UInt32] = [0x464c_457f, 0x0001_0101, 0, 0]
    let header: [UInt32] = [243 << 16 | 2, 1, base, 52, 0, 0, 32 << 16 | 52, 40 << 16 | 1, 0]
    let readAndExecute: UInt32 = 5
    let segment: [UInt32] = [1, 84, base, base, size, size, readAndExecute, 4]
    return (identification + header + segment + words).flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
  }
}
