import WeftMachine
import WeftMemory

/// The register file as handlers with instruction records use it: 33 cells of a value and the time of its last access,
/// 32 bits each.
///
/// The controller keeps values and times apart; engines take them over when they start and give them back when they
/// leave.
struct RegisterCells {
  private let cells: UnsafeMutablePointer<UInt64>
  private static let count = ExecutionState.discardedRegister + 1

  init() {
    cells = .allocate(capacity: Self.count)
    cells.initialize(repeating: 0, count: Self.count)
  }

  func deallocate() { cells.deallocate() }

  /// What handlers get as their register file.
  var base: Registers { UnsafeMutableRawPointer(cells).assumingMemoryBound(to: UInt32.self) }

  func load(from guest: Guest) {
    let registers = guest.registers
    for index in 0..<Self.count {
      cells[index] = UInt64(registers[index]) | UInt64(registers[index &+ Self.timesOffset]) &<< 32
    }
  }

  func store(to guest: Guest) {
    let registers = guest.registers
    for index in 0..<Self.count {
      registers[index] = UInt32(truncatingIfNeeded: cells[index])
      registers[index &+ Self.timesOffset] = UInt32(truncatingIfNeeded: cells[index] &>> 32)
    }
  }

  /// Words from a register to its time in the controller's layout.
  private static let timesOffset = MemoryRegion.registerTimesOffset / 4
}
