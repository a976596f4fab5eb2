import WeftMachine
import WeftMemory

/// What a metered run did since its segment began, as far as the heights of traces depend on it.
package struct MeterReading: Sendable {
  /// Instructions that retired, by the kind of their slots.
  package var retired: [Int]
  /// Those among them that the host carried out.
  package var services: [Int]
  /// The time that these took.
  package var serviceTicks: [Int]
  /// Traps from which the program went on at its handler.
  package var traps: Int
  /// Accesses that the host made, by space.
  package var hostAccesses: [AddressSpaceID: Int]
  /// The clock, which only the host has advanced.
  package var clock: Int
  package var memory: MemoryTraceHeights
}

extension Machine {
  /// The addresses that the machine has decoded slots for, one for every four bytes.
  package var textAddresses: (first: UInt32, count: Int) {
    guard let rv32 = processor as? RV32Processor else { return (0, 0) }
    return (rv32.text.start, rv32.text.count)
  }

  /// What the present segment of a metered run of persistent memory did so far; `nil` in other runs.
  /// - Parameter kinds: the kind of every slot of the text, below `kindCount`.
  package func meterReading(kinds: [UInt16], kindCount: Int) throws(MachineError) -> MeterReading? {
    guard let rv32 = processor as? RV32Processor, let meter = rv32.meter else { return nil }
    let memory = rv32.guest.memory
    let heights: MemoryTraceHeights?
    do throws(MemoryError) { heights = try memory.pointee.traceHeights() } catch { throw .memory(error) }
    guard let heights else { return nil }
    var reading = MeterReading(
      retired: Array(repeating: 0, count: kindCount), services: Array(repeating: 0, count: kindCount),
      serviceTicks: Array(repeating: 0, count: kindCount), traps: Int(clamping: meter.trapCount),
      hostAccesses: memory.pointee.hostAccessCounts.mapValues { Int(clamping: $0) },
      clock: Int(memory.pointee.timestamp), memory: heights)
    reading.retired.withUnsafeMutableBufferPointer { retired in
      kinds.withUnsafeBufferPointer { kinds in
        meter.forEachCount(lengths: rv32.text.slots) { slot, count in
          if count > 0, slot < kinds.count { retired[Int(kinds[slot])] &+= Int(clamping: count) }
        }
      }
    }
    for (slot, service) in meter.services where slot < kinds.count {
      reading.services[Int(kinds[slot])] += Int(clamping: service.count)
      reading.serviceTicks[Int(kinds[slot])] += Int(clamping: service.ticks)
    }
    return reading
  }

  /// Instructions that have retired since the program began, earlier segments included.
  package var retiredInstructions: UInt64 { processor.retiredInstructions }
}
