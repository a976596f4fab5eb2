import CWeftABI

/// What the slots of step functions point at. Entries stay in place until the table grows.
final class StepTable {
  private(set) var base: UnsafeMutablePointer<weft_step_slot>
  private var capacity = 16
  private var count = 0
  /// Entries of words that have been decoded anew.
  private var free: [Int32] = []

  init() {
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Gives the number of the new entry.
  func add(_ step: weft_step_slot) -> Int32 {
    if let number = free.popLast() {
      base[Int(number)] = step
      return number
    }
    if count == capacity {
      let larger = UnsafeMutablePointer<weft_step_slot>.allocate(capacity: capacity &* 2)
      larger.moveInitialize(from: base, count: count)
      base.deallocate()
      (base, capacity) = (larger, capacity &* 2)
    }
    (base + count).initialize(to: step)
    count &+= 1
    return Int32(truncatingIfNeeded: count &- 1)
  }

  func remove(_ number: Int32) { free.append(number) }
}
