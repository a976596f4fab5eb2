/// The world a guest program is built for: what surrounds the RV32IM instructions.
///
/// The environment decides where memory lies, which ELF files load and what ECALL means.
public enum GuestEnvironment: Sendable, Equatable, CaseIterable {
  /// A user program: memory starts at address 0, text is read-only, environment calls carry Linux's and
  /// newlib's numbers, CSR instructions are illegal.
  case user

  /// A bare-metal program, as the official suites (riscv-tests, riscv-arch-test) are built: memory starts at
  /// 0x8000_0000, CSRs are plain storage, traps go to `mtvec`, text is writable, misaligned accesses are
  /// emulated, and the program ends by a store to `tohost`.
  case machine

  /// The lowest address of guest memory, in bytes.
  public var memoryBase: UInt32 {
    switch self {
    case .user: 0
    case .machine: 0x8000_0000
    }
  }

  /// Whether a segment may be writable and executable at once, and one without any permission stands for all
  /// of them. GNU ld links riscv-tests into a single segment with `p_flags` 0.
  public var allowsWritableText: Bool { self == .machine }

  /// Whether the RVC bit in `e_flags` is accepted. Suite files carry it for 16-bit padding that never runs; in
  /// a user program it announces instructions that would trap.
  public var acceptsCompressedFlag: Bool { self == .machine }
}
