import Bits
import Testing
import WeftMachine

@testable import WeftExtensions

@Suite("Bits")
struct BitsTests {
  /// What an instruction computes, here with the standard library's operations.
  struct Operation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var funct7: UInt32
    var model: @Sendable (UInt32, UInt32) -> UInt32
    /// The same in C, which hosts may use as well.
    var reference: @Sendable (UInt32, UInt32) -> UInt32

    static let all = [
      Operation(
        testDescription: "popcount", funct7: 0, model: { x, _ in UInt32(x.nonzeroBitCount) },
        reference: { x, _ in bits_popcount(x) }),
      Operation(
        testDescription: "clz", funct7: 1, model: { x, _ in UInt32(x.leadingZeroBitCount) },
        reference: { x, _ in bits_leading_zeros(x) }),
      Operation(
        testDescription: "ctz", funct7: 2, model: { x, _ in UInt32(x.trailingZeroBitCount) },
        reference: { x, _ in bits_trailing_zeros(x) }),
      Operation(
        testDescription: "reverse", funct7: 3, model: { x, _ in x.byteSwapped },
        reference: { x, _ in bits_reverse_bytes(x) }),
      Operation(
        testDescription: "deposit", funct7: 5, model: deposit, reference: { bits_deposit($0, $1) }),
      Operation(
        testDescription: "extract", funct7: 6, model: extract, reference: { bits_extract($0, $1) }),
    ]

    @Sendable private static func deposit(_ x: UInt32, _ mask: UInt32) -> UInt32 {
      let places = (0..<32).filter { mask >> $0 & 1 == 1 }
      return zip(0..., places).reduce(0) { result, pair in result | (x >> pair.0 & 1) << pair.1 }
    }

    @Sendable private static func extract(_ x: UInt32, _ mask: UInt32) -> UInt32 {
      let places = (0..<32).filter { mask >> $0 & 1 == 1 }
      return zip(0..., places).reduce(0) { result, pair in result | (x >> pair.1 & 1) << pair.0 }
    }
  }

  private static let corners: [UInt32] = [0, 1, .max, 1 << 31, .max >> 1, 0x5555_5555, 0x0ff0_0ff0]

  /// All pairs of corner cases, then random words.
  private static let operands: [(UInt32, UInt32)] = {
    var random = SystemRandomNumberGenerator()
    let pairs = corners.flatMap { x in corners.map { (x, $0) } }
    return pairs + (0..<200).map { _ in (.random(in: 0 ... .max, using: &random), .random(in: 0 ... .max)) }
  }()

  @Test("Every operation gives what its model gives", arguments: Operation.all, SampleExtension.Form.allCases)
  func results(operation: Operation, form: SampleExtension.Form) throws {
    let bits = try SampleExtension(name: .bits, form: form).load()
    let pairs = Self.operands
    let data = pairs.flatMap { [$0.0, $0.1] }.flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 0xff) }
    }
    let results = Layout.data + UInt32(data.count)
    let code =
      li(5, Layout.data) + li(9, results) + li(10, UInt32(pairs.count)) + [
        .lw(6, 5, 0), .lw(7, 5, 4), .r(0x2b, 0, operation.funct7, 8, 6, 7), .sw(8, 9, 0),
        .addi(5, 5, 8), .addi(9, 9, 4), .addi(10, 10, -1), .bne(10, 0, -28), .ebreak,
      ]
    let space = [UInt8](repeating: 0, count: 4 * pairs.count)
    let state = try runEverywhere(code, data: data + space, extensions: [bits])
    #expect(state.trap?.cause == .breakpoint)
    for (index, pair) in pairs.enumerated() {
      let expected = operation.model(pair.0, pair.1)
      #expect(state.word(results + 4 * UInt32(index)) == expected, "of \(pair)")
      #expect(operation.reference(pair.0, pair.1) == expected, "in C, of \(pair)")
    }
  }

  @Test("The destination may be an operand, and x0 stays zero", arguments: SampleExtension.Form.allCases)
  func registers(form: SampleExtension.Form) throws {
    let bits = try SampleExtension(name: .bits, form: form).load()
    let code =
      li(5, 0x0000_00ff) + li(6, 0xf0f0_f0f0) + [
        .r(0x2b, 0, 5, 5, 5, 6), .r(0x2b, 0, 0, 0, 6, 0), .r(0x2b, 0, 6, 6, 6, 6), .r(0x2b, 0, 1, 7, 0, 0),
        .r(0x2b, 0, 5, 8, 6, 0), .add(9, 0, 0), .ebreak,
      ]
    let state = try runEverywhere(code, extensions: [bits])
    #expect(state.registers[5...9] == [0x0000_f0f0, 0xffff, 32, 0, 0])
  }

  @Test("Words that are no operation stay illegal")
  func illegal() throws {
    let bits = try SampleExtension(name: .bits, form: .linked).load()
    for funct7: UInt32 in [4, 7, 127] {
      let state = try runEverywhere([.r(0x2b, 0, funct7, 5, 6, 7), .ebreak], extensions: [bits])
      #expect(state.trap?.cause == .illegalInstruction)
    }
  }
}
