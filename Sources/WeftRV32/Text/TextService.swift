import WeftMachine

/// What the host does at a slot whose instruction no handler carries out.
enum TextService {
  /// An executor's own Swift code.
  case executor(LoweredInstruction.Service, RV32Operands)
  /// C code of an extension.
  case native(NativeInstruction, word: UInt32)
  /// A part of the instruction set that needs the processor.
  case host(HostOperation, word: UInt32)
  /// A word that is no instruction.
  case illegal(word: UInt32)
  /// A jump or branch whose static target is misaligned or outside the text; harmless while it is not taken.
  /// Register indices are as in the instruction word, the immediate counts bytes of code.
  case jumpOutside(Operation, RV32Operands)
  /// Not part of any executable segment.
  case outside
}
