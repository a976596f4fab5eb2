/// Where an instruction finds a word: in a register that the word names, or in one that the manifest names.
public enum OperandSource: Sendable, Hashable {
  case rd, rs1, rs2
  /// x1 to x31, the same for every word.
  case fixed(UInt8)
}

extension OperandSource {
  /// `rd`, `rs1`, `rs2`, `x5`, `a0`.
  public init?(_ name: String) {
    switch name {
    case "rd": self = .rd
    case "rs1": self = .rs1
    case "rs2": self = .rs2
    default:
      guard let number = Self.numbers[name] else { return nil }
      self = .fixed(number)
    }
  }

  /// All names, for suggestions.
  static var names: [String] { ["rd", "rs1", "rs2"] + numbers.keys.sorted() }

  // RISC-V ELF psABI 1.0, section 1.1. x0 is no operand: it is a constant.
  private static let numbers: [String: UInt8] = {
    let names = [
      "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
      "s2",
      "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
    ]
    var numbers: [String: UInt8] = ["fp": 8]
    for (index, name) in names.enumerated() {
      let number = UInt8(truncatingIfNeeded: index &+ 1)
      numbers[name] = number
      numbers["x\(number)"] = number
    }
    return numbers
  }()

  /// The bits of an instruction word that name the register.
  var field: UInt32 {
    switch self {
    case .rd: 0x0000_0f80
    case .rs1: 0x000f_8000
    case .rs2: 0x01f0_0000
    case .fixed: 0
    }
  }
}

extension OperandSource: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rd: "rd"
    case .rs1: "rs1"
    case .rs2: "rs2"
    case .fixed(let number): "x\(number)"
    }
  }
}
