import WeftMachine

/// The state of the machine environment: CSRs as plain storage, but for those that tell what the machine is, and the
/// privilege mode.
///
/// It gives the official suites what a user-level machine can give: their start code reads and writes CSRs, takes
/// traps through `mtvec` and returns by `mret`; there are no interrupts, no translation and no protection.
final class MachineMode {
  /// The register of every CSR number, 12 bits.
  private let registers: UnsafeMutablePointer<UInt32>
  private static let registerCount = 4096
  private var isUser = false
  /// Instructions retired when the last trap was taken: a trap in the first instruction of the handler ends the run.
  private var lastTrap: UInt64?

  init() {
    registers = .allocate(capacity: Self.registerCount)
    registers.initialize(repeating: 0, count: Self.registerCount)
    registers[Self.misa] = 1 << 30 | 1 << 12 | 1 << 8  // XLEN 32, M, I
  }

  deinit { registers.deallocate() }

  private static let mstatus = 0x300, misa = 0x301, mtvec = 0x305, mepc = 0x341, mcause = 0x342, mtval = 0x343
  /// The debugger's triggers (tselect, tdata1 and on), of which there are none.
  private static let triggers = 0x7a0...0x7af
  private static let mpp: UInt32 = 3 << 11

  /// Everything as plain words, for snapshots.
  var words: [UInt32] {
    get {
      let trap = lastTrap.map { $0 &+ 1 } ?? 0
      return Array(UnsafeBufferPointer(start: registers, count: Self.registerCount)) + [
        isUser ? 1 : 0, UInt32(truncatingIfNeeded: trap), UInt32(truncatingIfNeeded: trap &>> 32),
      ]
    }
    set {
      guard newValue.count == Self.registerCount + 3 else { return }
      for (index, word) in newValue.dropLast(3).enumerated() { registers[index] = word }
      isUser = newValue[Self.registerCount] == 1
      let trap =
        UInt64(newValue[Self.registerCount + 1]) | UInt64(newValue[Self.registerCount + 2]) &<< 32
      lastTrap = trap == 0 ? nil : trap &- 1
    }
  }

  subscript(number: UInt32) -> UInt32 {
    get { registers[Int(number & 0xfff)] }
    set {
      let number = Int(number & 0xfff)
      switch number {
      // mhartid (0xf14) and its neighbours, numbers from 0xc00 on, are read-only and read 0.
      case 0xc00..., Self.misa, Self.triggers: break
      // There are no modes but user (0) and machine (3).
      case Self.mstatus where newValue & Self.mpp != Self.mpp: registers[number] = newValue & ~Self.mpp
      // Without 16-bit instructions the low bits are 0 (RISC-V Privileged ISA 20211203, section 3.1.14).
      case Self.mepc: registers[number] = newValue & ~3
      default: registers[number] = newValue
      }
    }
  }

  /// The trap handler; `nil` when there is none, or when it cannot execute its first instruction.
  func handler(of trap: Trap, retired: UInt64) -> UInt32? {
    let handler = registers[Self.mtvec] & ~3
    return handler != 0 && trap.exceptionCode != nil && lastTrap != retired ? handler : nil
  }

  /// Enters the trap handler.
  func enter(_ trap: Trap, pc: UInt32, retired: UInt64) {
    lastTrap = retired
    registers[Self.mcause] = trap.cause == .environmentCall ? (isUser ? 8 : 11) : trap.exceptionCode ?? 0
    registers[Self.mepc] = pc
    registers[Self.mtval] = UInt32(truncatingIfNeeded: trap.value)
    registers[Self.mstatus] = registers[Self.mstatus] & ~Self.mpp | (isUser ? 0 : Self.mpp)
    isUser = false
  }

  /// Leaves the trap handler: the address to go on at.
  func leave() -> UInt32 {
    isUser = registers[Self.mstatus] & Self.mpp == 0
    registers[Self.mstatus] &= ~Self.mpp
    return registers[Self.mepc]
  }
}
