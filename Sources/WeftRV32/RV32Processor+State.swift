import WeftMachine
import WeftMemory

// What others ask of a processor that stands: counts, instructions, its state.
extension RV32Processor {
  public var instructionCounts: [UInt64] {
    guard let meter else { return [] }
    var counts = [UInt64](repeating: 0, count: table.entries.count)
    for (index, count) in meter.instructionCounts(lengths: text.slots).enumerated() {
      let entry = Int(text.entries[index])
      if counts.indices.contains(entry) { counts[entry] &+= count }
    }
    return counts
  }

  public var touchedMemory: Int? {
    meter == nil ? nil : guest.memory.pointee.touchedByteCount(of: .memory)
  }

  public func instruction(at address: UInt64) -> (word: UInt32, entry: Int?)? {
    guard let address = UInt32(exactly: address), let index = text.index(of: address) else { return nil }
    let entry = Int(text.entries[index])
    return (guest.peekWord(at: address), entry < 0 ? nil : entry)
  }

  public func beginSegment() { meter?.reset() }

  public func saveState() -> ProcessorState {
    ProcessorState(
      programCounter: UInt64(pc), retiredInstructions: retiredInstructions, recordCount: records?.count ?? 0,
      words: machineMode?.words ?? [])
  }

  public func restoreState(_ state: ProcessorState) {
    isPristine = false
    unfinished = nil
    pc = UInt32(truncatingIfNeeded: state.programCounter)
    retiredInstructions = state.retiredInstructions
    records?.truncate(to: state.recordCount)
    machineMode?.words = state.words
    if text.wasChanged || program.options.environment.allowsWritableText {
      text.redecode(text.indices) { [guest] address in guest.peekWord(at: address) }
    }
  }
}
