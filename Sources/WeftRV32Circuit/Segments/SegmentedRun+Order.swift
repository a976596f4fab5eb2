import WeftCircuit
import WeftMachine

extension SegmentedRun {
  /// Makes the traces of the segments that are left, several at a time, and gives them to a closure in their order.
  ///
  /// - Parameters:
  ///   - inFlight: segments whose traces are made or wait for their turn at one time; each may take what the limits allow.
  ///   - threads: threads that work on one segment.
  ///   - count: segments at the beginning that are cut and no more.
  ///   - body: called for one segment after the other, while traces of later ones are made.
  public mutating func forEachTraces(
    inFlight: Int = Parallel.processorCount, threads: Int = 1, skipping count: Int = 0,
    _ body: (CutSegment, RV32Traces) throws -> Void
  ) async throws {
    let tracer = tracer
    try await withThrowingTaskGroup(of: (CutSegment, RV32Traces).self) { group in
      var waiting: [Int: (CutSegment, RV32Traces)] = [:]
      var (started, delivered) = (count, count)
      /// Takes note of a segment's traces, and gives those whose turn it is.
      func deliver(_ made: (CutSegment, RV32Traces)) throws {
        waiting[made.0.segment.index] = made
        while let next = waiting.removeValue(forKey: delivered) {
          try body(next.0, next.1)
          delivered += 1
        }
      }
      while true {
        while started - delivered >= max(inFlight, 1), let made = try await group.next() {
          try deliver(made)
        }
        guard let cut = try next() else { break }
        if cut.segment.index < count { continue }
        group.addTask { (cut, try tracer.traces(of: cut.segment, tree: cut.tree, threads: threads)) }
        started += 1
      }
      for try await made in group { try deliver(made) }
    }
  }
}
