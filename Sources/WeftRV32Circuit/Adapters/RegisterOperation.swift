import WeftCircuit

/// What an instruction does that reads two operands and writes a register.
struct RegisterOperation: ExecutorOperation {
  var isValid: Expression
  var opcode: Expression
  /// The value of rs1.
  var first: [Expression]
  /// The value of rs2, or the immediate.
  var second: [Expression]
  /// The value that rd gets, four bytes.
  var result: [Expression]
  /// Why the bytes of the result are bytes, where one look-up alone does not show it.
  var byteReason: String?
}
