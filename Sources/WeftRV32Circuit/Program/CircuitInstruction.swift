import WeftField

/// An instruction as the program table holds it: an opcode and operands a … g, field elements.
/// (reference/circuits.md §8)
@frozen
public struct CircuitInstruction: Hashable, Sendable {
  public var opcode: CircuitOpcode
  /// Which instruction of an extension it is, by its words (`InstructionChip.key`); 0 for all others.
  public var key: UInt32 = 0
  public var a: BabyBear
  public var b: BabyBear
  public var c: BabyBear
  public var d: BabyBear
  public var e: BabyBear
  public var f: BabyBear
  public var g: BabyBear

  @inlinable
  public init(
    _ opcode: CircuitOpcode, a: BabyBear = .zero, b: BabyBear = .zero, c: BabyBear = .zero,
    d: BabyBear = .zero,
    e: BabyBear = .zero, f: BabyBear = .zero, g: BabyBear = .zero
  ) {
    (self.opcode, self.a, self.b, self.c, self.d, self.e, self.f, self.g) = (opcode, a, b, c, d, e, f, g)
  }

  /// The opcode as the program table has it.
  public var opcodeNumber: UInt32 { opcode.rawValue &+ key }
}
