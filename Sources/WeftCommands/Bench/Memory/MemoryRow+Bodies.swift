import CMemoryBaseline
import WeftMemory

// Each kind of memory has a function that is not generic and into which the workloads are inlined: nothing stands
// between the timer and the loop.

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
  /// The row on `EVMMemory`.
  func memoryBody() throws(EVMMemoryError) -> MemoryVariant.Body {
    let pair = try BenchmarkedPair({ .memory(EVMMemoryReference()) }, limit: limit)
    return { n throws(EVMMemoryError) in
      guard case .memory(let memory) = pair.steady, case .memory(let slot) = pair.slot else { return 0 }
      return try run(memory, slot, n)
    }
  }

  @inline(never)
  private func run(
    _ memory: EVMMemoryReference, _ slot: EVMMemoryReference, _ n: Int
  ) throws(EVMMemoryError) -> UInt64 {
    try run(on: .memory(memory), .memory(slot), n)
  }

  /// The row on `EVMMemory` with a handle in every call.
  func handleBody() throws(EVMMemoryError) -> MemoryVariant.Body {
    let pair = try BenchmarkedPair({ .byHandle(EVMMemoryByHandle()) }, limit: limit)
    return { n throws(EVMMemoryError) in
      guard case .byHandle(let memory) = pair.steady, case .byHandle(let slot) = pair.slot else { return 0 }
      return try run(memory, slot, n)
    }
  }

  @inline(never)
  private func run(
    _ memory: EVMMemoryByHandle, _ slot: EVMMemoryByHandle, _ n: Int
  ) throws(EVMMemoryError) -> UInt64 {
    try run(on: .byHandle(memory), .byHandle(slot), n)
  }

  /// The row on a memory of one context.
  func flatBody() throws(EVMMemoryError) -> MemoryVariant.Body {
    let pair = try BenchmarkedPair({ .flat(FlatEVMMemory()) }, limit: limit)
    return { n throws(EVMMemoryError) in
      guard case .flat(let memory) = pair.steady, case .flat(let slot) = pair.slot else { return 0 }
      return try run(memory, slot, n)
    }
  }

  @inline(never)
  private func run(
    _ memory: FlatEVMMemory, _ slot: FlatEVMMemory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64 {
    try run(on: .flat(memory), .flat(slot), n)
  }

  /// The row on the model.
  func modelBody() throws(EVMMemoryError) -> MemoryVariant.Body {
    let pair = try BenchmarkedPair({ .model(ModelMemory()) }, limit: limit)
    return { n throws(EVMMemoryError) in
      guard case .model(let memory) = pair.steady, case .model(let slot) = pair.slot else { return 0 }
      return try run(memory, slot, n)
    }
  }

  @inline(never)
  private func run(
    _ memory: ModelMemory, _ slot: ModelMemory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64 {
    try run(on: .model(memory), .model(slot), n)
  }

  @inline(__always)
  private func run(
    on memory: BenchmarkedMemory, _ slot: BenchmarkedMemory, _ n: Int
  ) throws(EVMMemoryError) -> UInt64 {
    switch (workload, form) {
    case (.children, .fresh): return try MemoryRunner.fresh(Children.run, slot, n)
    case (.children, .steady):
      return try MemoryRunner.steady(Children.run, memory, n)
    case (.nested, .fresh): return try MemoryRunner.fresh(NestedContexts.run, slot, n)
    case (.nested, .steady):
      return try MemoryRunner.steady(NestedContexts.run, memory, n)
    case (.deep, .fresh): return try MemoryRunner.fresh(DeepContexts.run, slot, n)
    case (.deep, .steady):
      return try MemoryRunner.steady(DeepContexts.run, memory, n)
    case (.call, .fresh): return try MemoryRunner.fresh(CallInNewMemory.run, slot, n)
    case (.call, .steady):
      return try MemoryRunner.standing(Call.run, memory, 256, n)
    case (.initialize, .fresh):
      return try MemoryRunner.fresh(Initialization.run, slot, n)
    case (.initializeLarge, .fresh):
      return try MemoryRunner.fresh(Initialization.run, slot, n, capacity: 1 << 20)
    case (.initializeLimited, .fresh):
      return try MemoryRunner.fresh(Initialization.run, slot, n, limit: 10 << 20)
    case (.initialize, .steady), (.initializeLarge, .steady), (.initializeLimited, .steady):
      return try MemoryRunner.steady(Initialization.run, memory, n)
    case (.bytes, .fresh): return try MemoryRunner.fresh(ByteOperations.run, slot, n)
    case (.bytes, .steady):
      return try MemoryRunner.steady(ByteOperations.run, memory, n)
    case (.words, .fresh): return try MemoryRunner.fresh(WordOperations.run, slot, n)
    case (.words, .steady):
      return try MemoryRunner.steady(WordOperations.run, memory, n)
    case (.uint256, .fresh): return try MemoryRunner.fresh(UInt256Operations.run, slot, n)
    case (.uint256, .steady):
      return try MemoryRunner.steady(UInt256Operations.run, memory, n)
    case (.expansion, .fresh):
      return try MemoryRunner.fresh(Expansion.run, slot, n)
    case (.expansion, .steady):
      return try MemoryRunner.steady(Expansion.run, memory, n)
    case (.data, .fresh): return try MemoryRunner.fresh(DataCopies.run, slot, n)
    case (.data, .steady):
      return try MemoryRunner.steady(DataCopies.run, memory, n)
    case (.copy, .fresh): return try MemoryRunner.fresh(OverlappingCopies.run, slot, n)
    case (.copy, .steady):
      return try MemoryRunner.steady(OverlappingCopies.run, memory, n)
    case (.bounded, .fresh): return try MemoryRunner.fresh(BoundedCopies.run, slot, n)
    case (.bounded, .steady):
      return try MemoryRunner.steady(BoundedCopies.run, memory, n)
    case (.slices, .fresh): return try MemoryRunner.fresh(Slices.run, slot, n)
    case (.slices, .steady):
      return try MemoryRunner.steady(Slices.run, memory, n)
    case (.limit, .fresh):
      return try MemoryRunner.fresh(LimitEnforcement.run, slot, n, limit: 64 << 10)
    case (.limit, .steady):
      return try MemoryRunner.steady(LimitEnforcement.run, memory, n)
    case (.resize, .fresh): return try MemoryRunner.fresh(Resizes.run, slot, n)
    case (.resize, .steady):
      return try MemoryRunner.steady(Resizes.run, memory, n)
    case (.alignedResize, .fresh):
      return try MemoryRunner.fresh(AlignedResizes.run, slot, n)
    case (.alignedResize, .steady):
      return try MemoryRunner.steady(AlignedResizes.run, memory, n)
    case (.growth, .fresh): return try MemoryRunner.fresh(Growth.run, slot, n)
    case (.growth, .steady):
      return try MemoryRunner.steady(Growth.run, memory, n)
    case (.hotWords, _):
      return try MemoryRunner.standing(HotWords.run, memory, 32_768, n)
    case (.hotBytes, _):
      return try MemoryRunner.standing(HotBytes.run, memory, 32_768, n)
    case (.hotUInt256, _):
      return try MemoryRunner.standing(HotUInt256.run, memory, 32_768, n)
    }
  }
}
