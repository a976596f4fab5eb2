import Bits
import BulkMemory
import WeftExtensions
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

/// A short program that executes every instruction of Bits and BulkMemory on operands where something changes.
enum ProvableCode {
  /// Where the data of the program lies behind the start of memory, and how much that is.
  static let dataOffset: UInt32 = 0x10_0000
  static let dataSize: UInt32 = 256

  static func extensions(_ form: Form = .linked) throws -> [any VMExtension] {
    switch form {
    case .linked:
      [
        try NativeExtension(linked: "bits", weft_bits_extension()),
        try NativeExtension(linked: "bulk-memory", BulkMemory.bulkMemory.pointer),
      ]
    case .object:
      [try ExtensionLoader().load("libWeftBits.so"), try ExtensionLoader().load("libWeftBulkMemory.so")]
    }
  }

  enum Form: Sendable, CaseIterable { case linked, object }

  /// - Parameter isDense: more operands, for builds that are fast.
  static func program(isDense: Bool = false, environment: GuestEnvironment = .user) throws -> RV32Program {
    let data = (0..<dataSize).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }
    let base = environment.memoryBase
    return try RV32Program(
      code: RandomPrograms.assemble { code in
        bits(isDense, in: &code)
        bulk(isDense, base + dataOffset, in: &code)
        code.exit(0)
      }, at: base + 0x1000, data: data, dataAt: base + dataOffset,
      options: RV32Program.Options(environment: environment), memoryLimit: 64 << 20)
  }

  private static func bits(_ isDense: Bool, in code: inout Code) {
    let masks: [UInt32] = [0, .max, 0x0001_ffff, 0x8000_7fff, 0xaaaa_5555]
    let values: [UInt32] = isDense ? [0, 1, 0x8000_0000, .max, 0x00f0_1234] : [0, 0x8f00_1234]
    for (number, x) in values.enumerated() {
      for mask in isDense ? masks : [masks[number + 2]] {
        code.constant(5, x)
        code.constant(6, mask)
        for funct7 in [0, 1, 2, 3, 5, 6] as [UInt32] {
          // x0 is not written.
          let rd: UInt32 = mask == .max && funct7 == 5 ? 0 : 7
          code.append(funct7 << 25 | 6 << 20 | 5 << 15 | rd << 7 | 0x2b)
        }
      }
    }
  }

  private static func bulk(_ isDense: Bool, _ data: UInt32, in code: inout Code) {
    let places: [(UInt32, UInt32)] =
      isDense ? (0..<16).map { ($0 & 3, $0 >> 2) } : [(0, 0), (3, 1), (1, 2)]
    let counts: [UInt32] = isDense ? [0, 1, 3, 4, 9, 30] : [0, 1, 9]
    for (number, (from, to)) in places.enumerated() {
      for count in isDense ? counts : [counts[number], 5] {
        code.constant(6, count)
        code.constant(5, data + 64 + from)
        code.constant(7, data + 68 + to)
        instruction(0, 0, rd: 7, 5, 6, &code)  // copy, overlapping
        code.constant(8, UInt32(64 + to))
        instruction(1, 0, rd: 8, 5, 6, &code)  // load
        code.constant(7, data + 128 + to)
        instruction(1, 1, rd: 7, 8, 6, &code)  // store: equal to what lies at x5
        code.constant(9, count)
        instruction(0, 2, rd: 9, 5, 7, &code)  // compare
        code.constant(10, 0x1234_56a5 + UInt32(number))
        code.constant(11, min(count, 2))
        instruction(0, 1, rd: 7, 10, 11, &code)  // fill the beginning
        code.constant(9, count)
        instruction(0, 2, rd: 9, 5, 7, &code)
        code.constant(9, count)
        instruction(0, 2, rd: 9, 7, 5, &code)
      }
    }
  }

  private static func instruction(
    _ funct3: UInt32, _ funct7: UInt32, rd: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ code: inout Code
  ) {
    code.append(funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | 0x7b)
  }
}
