/// The fields of a 32-bit RISC-V instruction word that name its operands.
public struct RV32Operands: Sendable, Hashable {
  /// Destination register, 0…31.
  public var rd: Int
  /// First source register, 0…31.
  public var rs1: Int
  /// Second source register, 0…31.
  public var rs2: Int
  /// The sign-extended immediate; 0 for R-type words.
  public var immediate: Int32

  public init(rd: Int, rs1: Int, rs2: Int, immediate: Int32) {
    self.rd = rd
    self.rs1 = rs1
    self.rs2 = rs2
    self.immediate = immediate
  }

  // Immediate layouts: RISC-V Unprivileged ISA 20191213, section 2.3.

  public init(rType word: UInt32) {
    self.init(word, immediate: 0)
  }

  public init(iType word: UInt32) {
    self.init(word, immediate: Int32(bitPattern: word) >> 20)
  }

  public init(sType word: UInt32) {
    let high = Int32(bitPattern: word) >> 25
    let low = Int32(bitPattern: (word >> 7) & 0x1f)
    self.init(word, immediate: high << 5 | low)
  }

  /// The immediate is the distance in bytes from the branch to its target.
  public init(bType word: UInt32) {
    let sign = Int32(bitPattern: word) >> 31
    let bit11 = Int32(bitPattern: (word >> 7) & 1)
    let bits10to5 = Int32(bitPattern: (word >> 25) & 0x3f)
    let bits4to1 = Int32(bitPattern: (word >> 8) & 0xf)
    self.init(word, immediate: sign << 12 | bit11 << 11 | bits10to5 << 5 | bits4to1 << 1)
  }

  public init(uType word: UInt32) {
    self.init(word, immediate: Int32(bitPattern: word & 0xffff_f000))
  }

  /// The immediate is the distance in bytes from the jump to its target.
  public init(jType word: UInt32) {
    let sign = Int32(bitPattern: word) >> 31
    let bits19to12 = Int32(bitPattern: (word >> 12) & 0xff)
    let bit11 = Int32(bitPattern: (word >> 20) & 1)
    let bits10to1 = Int32(bitPattern: (word >> 21) & 0x3ff)
    self.init(word, immediate: sign << 20 | bits19to12 << 12 | bit11 << 11 | bits10to1 << 1)
  }

  private init(_ word: UInt32, immediate: Int32) {
    self.init(
      rd: Int((word >> 7) & 0x1f), rs1: Int((word >> 15) & 0x1f), rs2: Int((word >> 20) & 0x1f),
      immediate: immediate)
  }
}
