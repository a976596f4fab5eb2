import CMemoryBaseline
import WeftMemory

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
}

extension MemoryRow {
  /// The row on memories of one kind, which makes them.
  func body<Memory: BenchmarkedMemoryKind>(_ make: () -> Memory) throws(EVMMemoryError) -> MemoryVariant.Body
  {
    let pair = try BenchmarkedPair(make, limit: limit)
    return { n throws(EVMMemoryError) in try run(pair.steady, pair.slot, n) }
  }

  // Several functions: past a size of the caller, the optimiser stops inlining. Each is compiled once for every kind.

  private func run<Memory: BenchmarkedMemoryKind>(
    _ memory: Memory, _ slot: Memory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64 {
    if form == .fresh {
      if let sum = try firstFresh(slot, n) { return sum }
      return try secondFresh(slot, n) ?? 0
    }
    if let sum = try firstSteady(memory, n) { return sum }
    if let sum = try secondSteady(memory, n) { return sum }
    return try thirdSteady(memory, n) ?? 0
  }

  @inline(never)
  private func firstFresh<Memory: BenchmarkedMemoryKind>(
    _ memory: Memory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64? { try firstFresh(on: memory.benchmarked, n) }

  @inline(never)
  private func secondFresh<Memory: BenchmarkedMemoryKind>(
    _ memory: Memory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64? { try secondFresh(on: memory.benchmarked, n) }

  @inline(never)
  private func firstSteady<Memory: BenchmarkedMemoryKind>(
    _ memory: Memory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64? { try firstSteady(on: memory.benchmarked, n) }

  @inline(never)
  private func secondSteady<Memory: BenchmarkedMemoryKind>(
    _ memory: Memory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64? { try secondSteady(on: memory.benchmarked, n) }

  @inline(never)
  private func thirdSteady<Memory: BenchmarkedMemoryKind>(
    _ memory: Memory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64? { try thirdSteady(on: memory.benchmarked, n) }
}

extension MemoryRow {
  @inline(__always)
  private func firstFresh(on memory: BenchmarkedMemory, _ n: Int) throws(EVMMemoryError) -> UInt64? {
    switch workload {
    case .children: return try MemoryRunner.fresh(Children.run, memory, n)
    case .nested: return try MemoryRunner.fresh(NestedContexts.run, memory, n)
    case .deep: return try MemoryRunner.fresh(DeepContexts.run, memory, n)
    case .call: return try MemoryRunner.fresh(CallInNewMemory.run, memory, n)
    case .initialize: return try MemoryRunner.fresh(Initialization.run, memory, n)
    case .initializeLarge: return try MemoryRunner.fresh(Initialization.run, memory, n, capacity: 1 << 20)
    case .initializeLimited: return try MemoryRunner.fresh(Initialization.run, memory, n, limit: 10 << 20)
    case .bytes: return try MemoryRunner.fresh(ByteOperations.run, memory, n)
    case .words: return try MemoryRunner.fresh(WordOperations.run, memory, n)
    case .uint256: return try MemoryRunner.fresh(UInt256Operations.run, memory, n)
    default: return nil
    }
  }

  @inline(__always)
  private func secondFresh(on memory: BenchmarkedMemory, _ n: Int) throws(EVMMemoryError) -> UInt64? {
    switch workload {
    case .expansion: return try MemoryRunner.fresh(Expansion.run, memory, n)
    case .data: return try MemoryRunner.fresh(DataCopies.run, memory, n)
    case .copy: return try MemoryRunner.fresh(OverlappingCopies.run, memory, n)
    case .bounded: return try MemoryRunner.fresh(BoundedCopies.run, memory, n)
    case .slices: return try MemoryRunner.fresh(Slices.run, memory, n)
    case .limit: return try MemoryRunner.fresh(LimitEnforcement.run, memory, n, limit: 64 << 10)
    case .resize: return try MemoryRunner.fresh(Resizes.run, memory, n)
    case .alignedResize: return try MemoryRunner.fresh(AlignedResizes.run, memory, n)
    case .growth: return try MemoryRunner.fresh(Growth.run, memory, n)
    default: return nil
    }
  }

  @inline(__always)
  private func firstSteady(on memory: BenchmarkedMemory, _ n: Int) throws(EVMMemoryError) -> UInt64? {
    switch workload {
    case .children: return try MemoryRunner.steady(Children.run, memory, n)
    case .nested: return try MemoryRunner.steady(NestedContexts.run, memory, n)
    case .deep: return try MemoryRunner.steady(DeepContexts.run, memory, n)
    case .call: return try MemoryRunner.standing(Call.run, memory, 256, n)
    case .initialize, .initializeLarge, .initializeLimited:
      return try MemoryRunner.steady(Initialization.run, memory, n)
    case .bytes: return try MemoryRunner.steady(ByteOperations.run, memory, n)
    case .words: return try MemoryRunner.steady(WordOperations.run, memory, n)
    default: return nil
    }
  }

  @inline(__always)
  private func secondSteady(on memory: BenchmarkedMemory, _ n: Int) throws(EVMMemoryError) -> UInt64? {
    switch workload {
    case .uint256: return try MemoryRunner.steady(UInt256Operations.run, memory, n)
    case .expansion: return try MemoryRunner.steady(Expansion.run, memory, n)
    case .data: return try MemoryRunner.steady(DataCopies.run, memory, n)
    case .copy: return try MemoryRunner.steady(OverlappingCopies.run, memory, n)
    case .bounded: return try MemoryRunner.steady(BoundedCopies.run, memory, n)
    case .slices: return try MemoryRunner.steady(Slices.run, memory, n)
    case .limit: return try MemoryRunner.steady(LimitEnforcement.run, memory, n)
    default: return nil
    }
  }

  @inline(__always)
  private func thirdSteady(on memory: BenchmarkedMemory, _ n: Int) throws(EVMMemoryError) -> UInt64? {
    switch workload {
    case .resize: return try MemoryRunner.steady(Resizes.run, memory, n)
    case .alignedResize: return try MemoryRunner.steady(AlignedResizes.run, memory, n)
    case .growth: return try MemoryRunner.steady(Growth.run, memory, n)
    case .hotWords: return try MemoryRunner.standing(HotWords.run, memory, 32_768, n)
    case .hotBytes: return try MemoryRunner.standing(HotBytes.run, memory, 32_768, n)
    case .hotUInt256: return try MemoryRunner.standing(HotUInt256.run, memory, 32_768, n)
    default: return nil
    }
  }
}
