import WeftField
import WeftMachine

extension CircuitInstruction {
  /// What the program table says of a word of RV32IM or of Weft's own instructions; nil for words that are none of
  /// these, and for those that can never retire.
  ///
  /// Results to x0 of instructions that only compute become phantoms: x0 is never written. Source:
  /// reference/circuits.md §8.
  static func decode(_ word: UInt32) -> CircuitInstruction? {
    let funct3 = Int(word >> 12 & 7)
    let funct7 = word >> 25
    switch word & 0x7f {
    case 0x33 where funct7 == 1: return computing(multiplications[funct3], RV32Operands(rType: word))
    case 0x33:
      guard let opcode = registerOpcode(funct3, funct7) else { return nil }
      let operands = RV32Operands(rType: word)
      return computing(opcode, operands, c: register(operands.rs2), e: .one)
    case 0x13:
      let operands = RV32Operands(iType: word)
      if funct3 & 3 == 1 {
        guard let opcode = registerOpcode(funct3, funct7) else { return nil }
        return computing(opcode, operands, c: BabyBear(UInt32(operands.rs2)))
      }
      guard let opcode = registerOpcode(funct3, 0) else { return nil }
      return computing(opcode, operands, c: BabyBear(UInt32(bitPattern: operands.immediate) & 0xff_ffff))
    case 0x03:
      guard let opcode = loads[funct3] else { return nil }
      let operands = RV32Operands(iType: word)
      return addressed(opcode, operands.rd, operands, space: 2, f: BabyBear(operands.rd != 0))
    case 0x23:
      guard funct3 < 3 else { return nil }
      let operands = RV32Operands(sType: word)
      let opcode: CircuitOpcode = funct3 == 0 ? .storeByte : funct3 == 1 ? .storeHalf : .storeWord
      return addressed(opcode, operands.rs2, operands, space: 2, f: .one)
    case 0x63:
      guard let opcode = branches[funct3] else { return nil }
      let operands = RV32Operands(bType: word)
      return CircuitInstruction(
        opcode, a: register(operands.rs1), b: register(operands.rs2), c: BabyBear(Int(operands.immediate)),
        d: .one, e: .one)
    case 0x6f:
      let operands = RV32Operands(jType: word)
      return CircuitInstruction(
        .jal, a: register(operands.rd), c: BabyBear(Int(operands.immediate)), d: .one,
        f: BabyBear(operands.rd != 0))
    case 0x67 where funct3 == 0:
      let operands = RV32Operands(iType: word)
      return addressed(.jalr, operands.rd, operands, space: 0, f: BabyBear(operands.rd != 0))
    case 0x37, 0x17:
      let rd = RV32Operands(uType: word).rd
      if rd == 0 { return .nop }
      return word & 0x7f == 0x37
        ? CircuitInstruction(.lui, a: register(rd), c: BabyBear(word >> 12), d: .one, f: .one)
        : CircuitInstruction(.auipc, a: register(rd), c: BabyBear((word >> 12) << 4), d: .one)
    case 0x0f where funct3 < 2: return .nop
    case 0x73 where word == 0x73: return CircuitInstruction(.environmentCall)
    case 0x0b: return guestInstruction(word, funct3)
    default: return nil
    }
  }

  /// An instruction that does nothing but pass.
  static var nop: CircuitInstruction { CircuitInstruction(.phantom) }

  /// What no chip explains: the word says which instruction it is, `mayJump` whether another one than the next may
  /// follow.
  static func service(word: UInt32, mayJump: Bool) -> CircuitInstruction {
    CircuitInstruction(
      .service, a: BabyBear(word & 0xffff), b: BabyBear(word >> 16), c: BabyBear(mayJump))
  }

  /// An instruction of an extension that has a chip, with the operands that it declares: a register that it does not
  /// touch is no part of what it does.
  static func extensionInstruction(_ key: UInt32, _ chip: InstructionChip, word: UInt32) -> CircuitInstruction
  {
    let (form, registers, operands) = (chip.form, chip.registers, chip.form.operands(of: word))
    func pointer(_ index: Int, _ uses: NativeInstruction.RegisterUse) -> BabyBear {
      registers.isDisjoint(with: uses) ? .zero : register(index)
    }
    let rs2 = pointer(operands.rs2, .readsRS2)
    var instruction = CircuitInstruction(
      .extensionInstruction, a: form == .s ? rs2 : pointer(operands.rd, [.readsRD, .writesRD]),
      b: pointer(operands.rs1, .readsRS1),
      c: form == .r
        ? rs2
        : form == .u
          ? BabyBear(UInt32(bitPattern: operands.immediate) >> 12) : BabyBear(Int(operands.immediate)),
      d: .one, f: BabyBear(registers.contains(.writesRD) && operands.rd != 0),
      g: BabyBear(form != .u && operands.immediate < 0))
    instruction.key = key
    return instruction
  }

  private static func register(_ index: Int) -> BabyBear { BabyBear(UInt32(index) &* 4) }

  private static func computing(
    _ opcode: CircuitOpcode, _ operands: RV32Operands, c: BabyBear? = nil, e: BabyBear = .zero
  ) -> CircuitInstruction {
    if operands.rd == 0 { return .nop }
    return CircuitInstruction(
      opcode, a: register(operands.rd), b: register(operands.rs1), c: c ?? register(operands.rs2), d: .one,
      e: e)
  }

  /// A load, a store or a jump by register: a register, a base register and 16 bits of immediate with its sign.
  private static func addressed(
    _ opcode: CircuitOpcode, _ first: Int, _ operands: RV32Operands, space: Int, f: BabyBear
  ) -> CircuitInstruction {
    CircuitInstruction(
      opcode, a: register(first), b: register(operands.rs1),
      c: BabyBear(UInt32(bitPattern: operands.immediate) & 0xffff), d: .one, e: BabyBear(space), f: f,
      g: BabyBear(operands.immediate < 0))
  }

  private static func guestInstruction(_ word: UInt32, _ funct3: Int) -> CircuitInstruction? {
    let operands = RV32Operands(iType: word)
    switch funct3 {
    case 0 where (0...255).contains(operands.immediate):
      return CircuitInstruction(.terminate, c: BabyBear(Int(operands.immediate)))
    case 1 where operands.immediate == 0:
      return CircuitInstruction(.hintStoreWord, b: register(operands.rd), d: .one, e: .two)
    case 1 where operands.immediate == 1:
      return CircuitInstruction(
        .hintBuffer, a: register(operands.rs1), b: register(operands.rd), d: .one, e: .two)
    case 2:
      var base = operands
      (base.rs1, base.rd) = (operands.rd, operands.rs1)
      return addressed(.storeWord, base.rd, base, space: 3, f: .one)
    case 3:
      // The numbers of Weft's own phantoms begin at 0x20, those of extensions keep theirs above 2^12.
      let number = UInt32(bitPattern: operands.immediate) & 0xfff
      return CircuitInstruction(
        .phantom, a: register(operands.rd), b: register(operands.rs1),
        c: BabyBear(number < 4 ? 0x20 + number : 0x1000 + number))
    default: return nil
    }
  }

  /// Of an R-type word, and of an I-type word with the same funct3.
  private static func registerOpcode(_ funct3: Int, _ funct7: UInt32) -> CircuitOpcode? {
    switch (funct3, funct7) {
    case (0, 0): .add
    case (0, 0x20): .sub
    case (1, 0): .sll
    case (2, 0): .slt
    case (3, 0): .sltu
    case (4, 0): .xor
    case (5, 0): .srl
    case (5, 0x20): .sra
    case (6, 0): .or
    case (7, 0): .and
    default: nil
    }
  }

  private static let multiplications: [CircuitOpcode] = [
    .mul, .mulh, .mulhsu, .mulhu, .div, .divu, .rem, .remu,
  ]
  private static let loads: [CircuitOpcode?] = [
    .loadByte, .loadHalf, .loadWord, nil, .loadByteUnsigned, .loadHalfUnsigned, nil, nil,
  ]
  private static let branches: [CircuitOpcode?] = [.beq, .bne, nil, nil, .blt, .bge, .bltu, .bgeu]
}
