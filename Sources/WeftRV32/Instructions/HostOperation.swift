/// Engine operations that no handler does: the processor carries them out between two handlers.
///
/// Numbered behind `Operation` in the same byte of a `LoweredInstruction`.
enum HostOperation: UInt8 {
  /// ECALL: a call by number, or a trap in the machine environment.
  case environmentCall = 0xe0
  case breakpoint
  /// The six instructions of Zicsr.
  case controlAndStatusRegister
  /// Return from a machine-mode trap.
  case machineReturn
}
