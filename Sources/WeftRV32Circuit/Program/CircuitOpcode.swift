/// Opcodes of the program table. Executors of several opcodes number them in a row. (reference/circuits.md §8)
public enum CircuitOpcode: UInt32, CaseIterable, Sendable {
  case terminate = 0x000, phantom
  /// An environment call, and an instruction that the host carries out and no chip explains.
  case environmentCall = 0x002, service
  case add = 0x200, sub, xor, or, and
  case sll = 0x205, srl, sra
  case slt = 0x208, sltu
  case loadWord = 0x210, loadByteUnsigned, loadHalfUnsigned, storeWord, storeHalf, storeByte, loadByte,
    loadHalf
  case beq = 0x220, bne
  case blt = 0x225, bltu, bge, bgeu
  case jal = 0x230, lui
  case jalr = 0x235
  case auipc = 0x240
  case mul = 0x250, mulh, mulhsu, mulhu
  case div = 0x254, divu, rem, remu
  case hintStoreWord = 0x260, hintBuffer
  /// The first of the opcodes of extensions' instructions that have chips, one for each.
  case extensionInstruction = 0x1000
}
