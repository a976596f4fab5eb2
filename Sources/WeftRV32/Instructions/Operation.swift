/// What a decoded instruction does: the choice among the bodies of the engines.
///
/// Several instructions share one: `lui` and `auipc` are both a `constant` once decoded, a computing instruction
/// whose result goes to `x0` is `idle`.
enum Operation: UInt8, CaseIterable {
  case add, sub, sll, slt, sltu, xor, srl, sra, or, and, mul, mulh, mulhsu, mulhu, div, divu, rem
  case remu
  case addi, slti, sltiu, xori, ori, andi, slli, srli, srai
  case constant, idle
  case lb, lh, lw, lbu, lhu, sb, sh, sw
  case beq, bne, blt, bge, bltu, bgeu, jal, jalr
  case service
  /// An instruction of an extension in C: part of its straight line; in fast runs the threaded engine carries it out,
  /// elsewhere the host.
  case native
}
