import CWeftABI

/// What a metered run counts besides memory: entries of straight lines, and what the host carried out.
final class Meter {
  let lineEntries: UnsafeMutablePointer<Int64>
  private let slotCount: Int
  /// What the host carried out, by slot.
  private(set) var services: [Int: Services] = [:]
  /// Traps from which the program went on at its handler.
  private(set) var trapCount: UInt64 = 0

  /// Instructions of one slot that the host carried out, and the time that they took.
  struct Services {
    var count: UInt64 = 0
    var ticks: UInt64 = 0
  }

  init(slots: Int) {
    slotCount = slots
    lineEntries = .allocate(capacity: slots)
    lineEntries.initialize(repeating: 0, count: slots)
  }

  deinit { lineEntries.deallocate() }

  /// Forgets everything.
  func reset() {
    lineEntries.update(repeating: 0, count: slotCount)
    services.removeAll(keepingCapacity: true)
    trapCount = 0
  }

  /// Counts one instruction that the host carried out.
  /// - Parameter length: instructions from there to the end of its line.
  func count(_ index: Int?, length: UInt16, ticks: UInt64 = 0) {
    guard let index, index < slotCount else { return }
    lineEntries[index] &+= 1
    // The rest of the line is counted when it is entered.
    if length > 1, index &+ 1 < slotCount { lineEntries[index &+ 1] &-= 1 }
    services[index, default: Services()].count &+= 1
    services[index, default: Services()].ticks &+= ticks
  }

  /// Counts a trap from which the program goes on.
  func countTrap() { trapCount &+= 1 }

  /// How often each slot retired: a line entered at slot k counts for every slot from k to its end.
  func instructionCounts(lengths slots: UnsafeMutablePointer<weft_instruction>) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: slotCount)
    forEachCount(lengths: slots) { counts[$0] = $1 }
    return counts
  }

  /// Calls a closure with every slot and how often it retired.
  @inline(__always)
  func forEachCount(lengths slots: UnsafeMutablePointer<weft_instruction>, _ body: (Int, UInt64) -> Void) {
    var running: Int64 = 0
    var index = 0
    while index < slotCount {
      running &+= lineEntries[index]
      body(index, UInt64(clamping: running))
      if slots[index].length <= 1 { running = 0 }
      index &+= 1
    }
  }
}
