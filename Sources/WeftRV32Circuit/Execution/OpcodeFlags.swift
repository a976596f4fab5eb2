import WeftCircuit
import WeftField

/// Flags that say which of a chip's opcodes a row executes: bits, one of which is set on rows that are not padding.
struct OpcodeFlags {
  /// The sum of the flags.
  let isValid: Expression
  /// base + Σ i·flag_i.
  let opcode: Expression

  /// Constrains the flags, given with their opcodes, the chip's first opcode first.
  init(
    _ flags: KeyValuePairs<CircuitOpcode, Expression>, in builder: CircuitBuilder, file: String = #fileID,
    line: Int = #line
  ) {
    let base = flags.first?.key.rawValue ?? 0
    var opcode: Expression = 0
    for (index, (code, flag)) in flags.enumerated() {
      builder.assertBool(flag, "flag \(index), of \(code), is a bit", file: file, line: line)
      opcode += flag * Expression(Int(code.rawValue) - Int(base))
    }
    isValid = flags.map(\.value).sum()
    if flags.count > 1 {
      builder.assertBool(isValid, "at most one flag is set", file: file, line: line)
    }
    self.opcode = Expression(Int(base)) + opcode
  }
}
