import CMemoryBaseline
import WeftMemory

// Each workload in each form is a function of its own, so that nothing stands between the timer and the loop.

extension MemoryRow {
  typealias Baseline = @convention(c) (OpaquePointer?, Int) -> UInt64

  /// The row in C.
  var baseline: Baseline {
    switch (workload, form) {
    case (.initialize, .fresh): memory_baseline_init_4k
    case (.initializeLarge, .fresh): memory_baseline_init_1m
    case (.initializeLimited, .fresh): memory_baseline_init_limit
    case (.children, .fresh): memory_baseline_fresh_children
    case (.children, .steady): memory_baseline_children
    case (.nested, .fresh): memory_baseline_fresh_nested
    case (.nested, .steady): memory_baseline_nested
    case (.bytes, .fresh): memory_baseline_fresh_bytes
    case (.bytes, .steady): memory_baseline_bytes
    case (.words, .fresh): memory_baseline_fresh_words
    case (.words, .steady): memory_baseline_words
    case (.uint256, .fresh): memory_baseline_fresh_u256
    case (.uint256, .steady): memory_baseline_u256
    case (.expansion, .fresh): memory_baseline_fresh_expansion
    case (.expansion, .steady): memory_baseline_expansion
    case (.data, .fresh): memory_baseline_fresh_data
    case (.data, .steady): memory_baseline_data
    case (.copy, .fresh): memory_baseline_fresh_copy
    case (.copy, .steady): memory_baseline_copy
    case (.bounded, .fresh): memory_baseline_fresh_bounded
    case (.bounded, .steady): memory_baseline_bounded
    case (.slices, .fresh): memory_baseline_fresh_slices
    case (.slices, .steady): memory_baseline_slices
    case (.deep, .fresh): memory_baseline_fresh_deep
    case (.deep, .steady): memory_baseline_deep
    case (.limit, .fresh): memory_baseline_fresh_limit
    case (.limit, .steady): memory_baseline_limit
    case (.resize, .fresh): memory_baseline_fresh_resize
    case (.resize, .steady): memory_baseline_resize
    case (.alignedResize, .fresh): memory_baseline_fresh_aligned_resize
    case (.alignedResize, .steady): memory_baseline_aligned_resize
    case (.growth, .fresh): memory_baseline_fresh_growth
    case (.growth, .steady): memory_baseline_growth
    case (.call, .fresh): memory_baseline_fresh_call
    case (.call, .steady): memory_baseline_call
    case (.initialize, .steady), (.initializeLarge, .steady), (.initializeLimited, .steady):
      memory_baseline_reset
    case (.hotWords, _): memory_baseline_hot_words
    case (.hotBytes, _): memory_baseline_hot_bytes
    case (.hotUInt256, _): memory_baseline_hot_u256
    }
  }

  /// The row for a memory with contexts.
  func body<Memory: CheckpointedMemory & ~Copyable>(
    of memory: SteadyMemory<Memory>
  ) -> MemoryVariant.Body {
    typealias Runner = MemoryRunner<Memory>
    typealias Work = MemoryWorkloads<Memory>
    switch (workload, form) {
    case (.initialize, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.initializeLarge, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n, capacity: 1 << 20) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.initializeLimited, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n, limit: 10 << 20) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.initialize, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.bytes, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.bytes(m) }
      }
    case (.bytes, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.bytes(m) }
      }
    case (.words, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.words(m) }
      }
    case (.words, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.words(m) }
      }
    case (.uint256, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.uint256(m) }
      }
    case (.uint256, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.uint256(m) }
      }
    case (.expansion, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.expansion(m) }
      }
    case (.expansion, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.expansion(m) }
      }
    case (.data, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.data(m) }
      }
    case (.data, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.data(m) }
      }
    case (.copy, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.copy(m) }
      }
    case (.copy, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.copy(m) }
      }
    case (.bounded, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.bounded(m) }
      }
    case (.bounded, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.bounded(m) }
      }
    case (.slices, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.slices(m) }
      }
    case (.slices, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.slices(m) }
      }
    case (.limit, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n, limit: 64 << 10) { m throws(EVMMemoryError) in try Work.limit(m) }
      }
    case (.limit, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.limit(m) }
      }
    case (.resize, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.resize(m) }
      }
    case (.resize, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.resize(m) }
      }
    case (.alignedResize, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.alignedResize(m) }
      }
    case (.alignedResize, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.alignedResize(m) }
      }
    case (.growth, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.growth(m) }
      }
    case (.growth, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.growth(m) }
      }
    case (.children, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.children(m) }
      }
    case (.children, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.children(m) }
      }
    case (.nested, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.nested(m) }
      }
    case (.nested, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.nested(m) }
      }
    case (.deep, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.deep(m) }
      }
    case (.deep, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.deep(m) }
      }
    case (.call, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.callInNew(m) }
      }
    case (.call, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 256, n) { m throws(EVMMemoryError) in try Work.call(m) }
      }
    case (.hotWords, _):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 32_768, n) { m throws(EVMMemoryError) in try Work.hotWords(m) }
      }
    case (.hotBytes, _):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 32_768, n) { m throws(EVMMemoryError) in try Work.hotBytes(m) }
      }
    case (.hotUInt256, _):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 32_768, n) { m throws(EVMMemoryError) in try Work.hotUInt256(m) }
      }
    case (.initializeLarge, .steady), (.initializeLimited, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    }
  }

  /// The row for a memory of one context; `nil` for rows with several.
  func flatBody<Memory: BenchmarkedMemory & ~Copyable>(
    of memory: SteadyMemory<Memory>
  ) -> MemoryVariant.Body? {
    typealias Runner = MemoryRunner<Memory>
    typealias Work = MemoryWorkloads<Memory>
    switch (workload, form) {
    case (.initialize, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.initializeLarge, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n, capacity: 1 << 20) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.initializeLimited, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n, limit: 10 << 20) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.initialize, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.initialize(m) }
      }
    case (.bytes, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.bytes(m) }
      }
    case (.bytes, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.bytes(m) }
      }
    case (.words, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.words(m) }
      }
    case (.words, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.words(m) }
      }
    case (.uint256, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.uint256(m) }
      }
    case (.uint256, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.uint256(m) }
      }
    case (.expansion, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.expansion(m) }
      }
    case (.expansion, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.expansion(m) }
      }
    case (.data, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.data(m) }
      }
    case (.data, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.data(m) }
      }
    case (.copy, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.copy(m) }
      }
    case (.copy, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.copy(m) }
      }
    case (.bounded, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.bounded(m) }
      }
    case (.bounded, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.bounded(m) }
      }
    case (.slices, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.slices(m) }
      }
    case (.slices, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.slices(m) }
      }
    case (.limit, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n, limit: 64 << 10) { m throws(EVMMemoryError) in try Work.limit(m) }
      }
    case (.limit, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.limit(m) }
      }
    case (.resize, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.resize(m) }
      }
    case (.resize, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.resize(m) }
      }
    case (.alignedResize, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.alignedResize(m) }
      }
    case (.alignedResize, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.alignedResize(m) }
      }
    case (.growth, .fresh):
      return { n throws(EVMMemoryError) in
        try Runner.fresh(n) { m throws(EVMMemoryError) in try Work.growth(m) }
      }
    case (.growth, .steady):
      return { n throws(EVMMemoryError) in
        try Runner.steady(memory.target, n) { m throws(EVMMemoryError) in try Work.growth(m) }
      }
    case (.hotWords, _):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 32_768, n) { m throws(EVMMemoryError) in try Work.hotWords(m) }
      }
    case (.hotBytes, _):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 32_768, n) { m throws(EVMMemoryError) in try Work.hotBytes(m) }
      }
    case (.hotUInt256, _):
      return { n throws(EVMMemoryError) in
        try Runner.standing(memory.target, 32_768, n) { m throws(EVMMemoryError) in try Work.hotUInt256(m) }
      }
    case (.initializeLarge, .steady), (.initializeLimited, .steady), (.children, _), (.nested, _), (.deep, _),
      (.call, _):
      return nil
    }
  }
}
