import CMemoryBaseline
import Glibc
import WeftMemory

/// One memory with one workload, ready to be timed.
struct MemoryVariant {
  /// Where a memory comes from.
  enum Form: String, Codable, Sendable {
    /// A memory is created and destroyed inside the iteration.
    case fresh
    /// One memory, reset for each iteration, as a pool gives it.
    case steady
  }

  enum Kind: String, Sendable, CaseIterable {
    case memory = "EVMMemory"
    case byHandle = "EVMMemory by handle"
    case flat = "FlatEVMMemory"
    case baseline = "C"
  }

  /// Runs so many iterations and gives the sum of what they read.
  typealias Body = (Int) throws(EVMMemoryError) -> UInt64

  let kind: Kind
  let body: Body

  /// The sum of what was read, and the time it took.
  func run(_ iterations: Int) throws(CommandError) -> (sum: UInt64, nanoseconds: Int) {
    do throws(EVMMemoryError) {
      let start = Self.now()
      let sum = try body(iterations)
      return (sum, Self.now() &- start)
    } catch {
      throw CommandError(.mismatch, "\(kind.rawValue): \(error)")
    }
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }
}

extension MemoryRow {
  /// The memories that run the row, each new; the baseline first.
  func variants() throws(CommandError) -> [MemoryVariant] {
    do throws(EVMMemoryError) {
      let steadyBaseline = try SteadyBaseline(limit: limit ?? .max & ~31)
      let baseline = self.baseline
      var variants = [
        MemoryVariant(kind: .baseline) { n throws(EVMMemoryError) in baseline(steadyBaseline.target, n) },
        MemoryVariant(kind: .memory, body: try body { EVMMemoryReference() }),
      ]
      if hasHandles {
        variants.append(MemoryVariant(kind: .byHandle, body: try body { EVMMemoryByHandle() }))
      }
      if isFlat { variants.append(MemoryVariant(kind: .flat, body: try body { FlatEVMMemory() })) }
      return variants
    } catch {
      throw CommandError(.machine, "\(name): \(error)")
    }
  }
}

/// How often a workload runs, and around what.
enum MemoryRunner {
  typealias Workload = (BenchmarkedMemory) throws(EVMMemoryError) -> UInt64

  @inline(__always)
  static func fresh(
    _ workload: Workload, _ memory: BenchmarkedMemory, _ iterations: Int,
    capacity: Int = 4096,
    limit: Int? = nil
  ) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<iterations {
      try memory.initialize(capacity: capacity, limit: limit)
      defer { memory.deinitialize() }
      memory.keep()
      sum &+= try workload(memory)
      memory.keep()
    }
    return sum
  }

  @inline(__always)
  static func steady(
    _ workload: Workload, _ memory: BenchmarkedMemory, _ iterations: Int
  ) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<iterations {
      memory.reset()
      memory.keep()
      sum &+= try workload(memory)
    }
    return sum
  }

  /// Without a reset: the context has its size before the first iteration.
  @inline(__always)
  static func standing(
    _ workload: Workload, _ memory: BenchmarkedMemory, _ size: Int, _ iterations: Int
  ) throws(EVMMemoryError) -> UInt64 {
    memory.reset()
    _ = try memory.ensureContextCapacity(size)
    var sum: UInt64 = 0
    for _ in 0..<iterations {
      sum &+= try workload(memory)
      memory.keep()
    }
    return sum
  }
}

/// A memory that the steady workloads of a run share, and room for those that fresh ones make.
final class BenchmarkedPair<Memory: BenchmarkedMemoryKind> {
  let steady: Memory
  let slot: Memory

  init(_ make: () -> Memory, limit: Int? = nil) throws(EVMMemoryError) {
    let memory = make()
    do throws(EVMMemoryError) {
      try memory.benchmarked.initialize(capacity: 4096, limit: limit)
    } catch {
      memory.benchmarked.deallocate()
      throw error
    }
    steady = memory
    slot = make()
  }

  deinit {
    steady.benchmarked.deinitialize()
    steady.benchmarked.deallocate()
    slot.benchmarked.deallocate()
  }
}

/// The memory of the steady workloads in C.
final class SteadyBaseline {
  let target: OpaquePointer

  init(limit: Int = .max & ~31) throws(EVMMemoryError) {
    guard let memory = memory_baseline_create(4096, limit) else { throw .outOfMemory }
    target = memory
  }

  deinit { memory_baseline_destroy(target) }
}
