import WeftMachine
import WeftRV32

/// Instruction words, written down one by one.
struct Code {
  var words: [UInt32] = []

  mutating func append(_ word: UInt32) { words.append(word) }

  /// lui and addi.
  mutating func constant(_ register: UInt32, _ value: UInt32) {
    let low = UInt32(bitPattern: Int32(bitPattern: value << 20) >> 20)
    append((value &- low) & 0xffff_f000 | register << 7 | 0x37)
    append(low << 20 | register << 15 | register << 7 | 0x13)
  }

  /// weft.terminate
  mutating func terminate(_ code: UInt32) { append(code << 20 | 0x0b) }

  /// `exit` by an environment call.
  mutating func exit(_ code: UInt32) {
    constant(17, 93)
    constant(10, code)
    append(0x73)
  }
}

extension UInt32 {
  static func r(_ funct3: UInt32, _ funct7: UInt32, _ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> UInt32 {
    funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | 0x33
  }

  static func i(_ opcode: UInt32, _ funct3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ immediate: Int32) -> UInt32
  {
    UInt32(bitPattern: immediate) << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode
  }

  static func load(_ funct3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ offset: Int32) -> UInt32 {
    i(0x03, funct3, rd, rs1, offset)
  }

  static func store(_ funct3: UInt32, _ rs2: UInt32, _ rs1: UInt32, _ offset: Int32) -> UInt32 {
    let bits = UInt32(bitPattern: offset)
    return (bits >> 5 & 0x7f) << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | (bits & 31) << 7 | 0x23
  }

  static func branch(_ funct3: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ distance: Int32) -> UInt32 {
    let bits = UInt32(bitPattern: distance)
    return (bits >> 12 & 1) << 31 | (bits >> 5 & 0x3f) << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12
      | (bits >> 1 & 15) << 8 | (bits >> 11 & 1) << 7 | 0x63
  }

  static func jal(_ rd: UInt32, _ distance: Int32) -> UInt32 {
    let bits = UInt32(bitPattern: distance)
    return (bits >> 20 & 1) << 31 | (bits >> 1 & 0x3ff) << 21 | (bits >> 11 & 1) << 20
      | (bits >> 12 & 0xff) << 12 | rd << 7 | 0x6f
  }
}

/// Random programs of RV32IM and Weft's own instructions: registers with edge values, then computations, loads and
/// stores around x31, jumps and branches forward, sometimes over what would be executed otherwise.
struct RandomPrograms {
  /// Instructions of a program behind those that set its registers.
  static var length: Int { 60 }

  private var numbers: Numbers
  /// Where memory begins.
  private let base: UInt32
  private var code = Code()
  /// The farthest instruction to which a jump leads, by number.
  private var farthest = 0

  static func assemble(_ body: (inout Code) -> Void) -> [UInt32] {
    var code = Code()
    body(&code)
    return code.words
  }

  /// Programs one after the other in one text, each beginning where the one before ends.
  static func words(count: Int, seed: UInt64, base: UInt32 = 0) -> [UInt32] {
    var programs = RandomPrograms(numbers: Numbers(state: seed), base: base)
    for _ in 0..<count { programs.append() }
    if seed % 2 == 0 {
      programs.code.terminate(UInt32(seed & 255))
    } else {
      programs.code.exit(UInt32(seed & 0xffff))
    }
    return programs.code.words
  }

  private init(numbers: Numbers, base: UInt32) { (self.numbers, self.base) = (numbers, base) }

  private mutating func value() -> UInt32 {
    let edges: [UInt32] = [
      0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000,
      0xffff_ffff,
      0xffff_fffe, 31, 32,
    ]
    return numbers.below(2) == 0 ? edges[Int(numbers.below(UInt32(edges.count)))] : numbers.word()
  }

  /// Any register; x31 only to read.
  private mutating func register(written: Bool = false) -> UInt32 { numbers.below(written ? 31 : 32) }

  private mutating func append() {
    for register in UInt32(1)..<32 where register == 31 || numbers.below(3) == 0 {
      code.constant(register, register == 31 ? base + 0x10_0800 : value())
    }
    let end = code.words.count + Self.length
    while code.words.count < end { appendInstruction(room: end - code.words.count) }
  }

  /// The distance of a jump forward that stays inside the program, in bytes.
  private mutating func distance(_ room: Int) -> Int32 {
    let count = 1 + Int(numbers.below(UInt32(min(6, room))))
    farthest = max(farthest, code.words.count + count)
    return Int32(4 * count)
  }

  private mutating func appendInstruction(room: Int) {
    let (rd, rs1, rs2) = (register(written: true), register(), register())
    switch numbers.below(20) {
    case 0...4:
      let forms: [(UInt32, UInt32)] = [
        (0, 0), (0, 0x20), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (5, 0x20), (6, 0), (7, 0),
      ]
      let (funct3, funct7) = forms[Int(numbers.below(10))]
      code.append(.r(funct3, funct7, rd, rs1, rs2))
    case 5...8: code.append(.r(numbers.below(8), 1, rd, rs1, rs2))
    case 9...11:
      let funct3 = numbers.below(8)
      var immediate = (Int32(bitPattern: numbers.below(4096)) << 20) >> 20
      if funct3 & 3 == 1 {
        immediate = Int32(numbers.below(32)) | (funct3 == 5 && numbers.below(2) == 0 ? 0x400 : 0)
      }
      code.append(.i(0x13, funct3, rd, rs1, immediate))
    case 12, 13:
      let funct3 = [0, 1, 2, 4, 5][Int(numbers.below(5))] as UInt32
      let size = Int32(1) << Int32(funct3 & 3)
      code.append(.load(funct3, rd, 31, (Int32(numbers.below(2048)) - 1024) / size * size))
    case 14, 15:
      let funct3 = numbers.below(3)
      let size = Int32(1) << Int32(funct3)
      code.append(.store(funct3, rs2, 31, (Int32(numbers.below(2048)) - 1024) / size * size))
    case 16: code.append(numbers.word() & 0xffff_f000 | rd << 7 | (numbers.below(2) == 0 ? 0x37 : 0x17))
    case 17:
      let kinds: [UInt32] = [0, 1, 4, 5, 6, 7]
      code.append(
        .branch(kinds[Int(numbers.below(6))], rs1, numbers.below(4) == 0 ? rs1 : rs2, distance(room)))
    case 18 where room > 3 && rd != 0 && farthest <= code.words.count:
      // auipc, then a jump by that register behind both; no jump leads between them.
      code.append(rd << 7 | 0x17)
      code.append(.i(0x67, 0, register(written: true), rd, 8 + Int32(numbers.below(2))))
    case 18: code.append(.jal(rd, distance(room)))
    default:
      switch numbers.below(3) {
      case 0: code.append(0x0ff0_000f)  // fence
      case 1: code.append(numbers.below(4) << 20 | 4 << 20 | rs1 << 15 | 3 << 12 | rd << 7 | 0x0b)  // phantom
      default:  // reveal: the offset in x0, the word in rs1
        code.append(.i(0x0b, 2, 0, rs1, Int32(4 * numbers.below(32))))
      }
    }
  }
}
