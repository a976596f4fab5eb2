import CMemoryBaseline
import WeftMemory

/// A row of the table: a workload, what one value of it means, and what is asked of it.
struct MemoryRow: Sendable {
  enum Workload: String, Sendable, CaseIterable {
    case initialize, initializeLarge, initializeLimited, children, nested, bytes, words, uint256, expansion,
      data, copy
    case bounded, slices, deep, limit, resize, alignedResize, growth, call, hotWords, hotBytes, hotUInt256
  }

  let name: String
  let form: MemoryVariant.Form
  let workload: Workload
  /// Operations of one iteration, by which steady times are divided.
  let operations: Int
  /// The largest ratio to C. No row has a bar in nanoseconds: they would be those of one machine. To enter and to leave,
  /// for one, each have to wait for the depth that the other stored, which no code can make shorter than the processor
  /// does.
  var bar: Double?

  /// The limit of the memory, for rows that have one.
  var limit: Int? {
    switch workload {
    case .limit: 64 << 10
    case .initializeLimited: 10 << 20
    default: nil
    }
  }

  /// Whether a memory of one context can run it.
  var isFlat: Bool {
    switch workload {
    case .children, .nested, .deep, .call: false
    default: true
    }
  }

  /// Whether the row differs where every call names its context.
  var hasHandles: Bool {
    form == .steady && workload != .initialize && workload != .resize && workload != .alignedResize
  }

  /// The design document's rows, then ours.
  static let all: [MemoryRow] = fresh + steady

  private static let fresh: [MemoryRow] = [
    MemoryRow("Init (4KB)", .initialize, bar: 1.15),
    MemoryRow("Init (1MB)", .initializeLarge),
    MemoryRow("Init With Limit", .initializeLimited),
    MemoryRow("Child Context Revert/Commit ×10", .children),
    MemoryRow("Nested Contexts", .nested),
    MemoryRow("Byte Operations", .bytes),
    MemoryRow("Word Operations", .words),
    MemoryRow("U256 Operations", .uint256),
    MemoryRow("Memory Expansion", .expansion),
    MemoryRow("Large Data Copy", .data),
    MemoryRow("Memory Copy (MCOPY)", .copy),
    MemoryRow("Bounded Copy", .bounded),
    MemoryRow("Slice Reading", .slices),
    MemoryRow("Deep Context Operations", .deep),
    MemoryRow("Limit Enforcement", .limit),
    MemoryRow("Resize Operations", .resize),
    MemoryRow("Word-Aligned Resize", .alignedResize),
    MemoryRow("growth to 1 MiB", .growth),
    MemoryRow("call", .call),
  ]

  private static let steady: [MemoryRow] = [
    MemoryRow("reset", .steady, .initialize),
    MemoryRow("child enter + end", .steady, .children, 10, bar: 1.5),
    MemoryRow("nested ×3", .steady, .nested, bar: 0.9),
    MemoryRow("byte set+get, growing", .steady, .bytes, 100, bar: 0.9),
    MemoryRow("word set+get, growing", .steady, .words, 32, bar: 0.5),
    MemoryRow("u256 set+get, growing", .steady, .uint256, 16, bar: 0.5),
    MemoryRow("ensure +1 KiB", .steady, .expansion, 10, bar: 1.1),
    MemoryRow("setData 1 KiB", .steady, .data, 10, bar: 1.1),
    MemoryRow("copy 128 B", .steady, .copy, 10, bar: 1.1),
    MemoryRow("bounded 128 B, growing", .steady, .bounded, 20, bar: 0.8),
    MemoryRow("view 64 B", .steady, .slices, 100, bar: 1.1),
    MemoryRow("deep ×5, per set+get", .steady, .deep, 20, bar: 0.6),
    MemoryRow("limit reached", .steady, .limit, 13),
    MemoryRow("resize", .steady, .resize, 7),
    MemoryRow("word-aligned resize", .steady, .alignedResize, 7),
    MemoryRow("growth to 1 MiB, per 4 KiB", .steady, .growth, 256, bar: 1.05),
    MemoryRow("hot word", .steady, .hotWords, 1024, bar: 1.1),
    MemoryRow("hot byte", .steady, .hotBytes, 1024, bar: 1.1),
    MemoryRow("hot u256", .steady, .hotUInt256, 1024, bar: 1.15),
    MemoryRow("call", .steady, .call, bar: 1),
  ]

  private init(_ name: String, _ workload: Workload, bar: Double? = nil) {
    self.init(name, .fresh, workload, bar: bar)
  }

  private init(
    _ name: String, _ form: MemoryVariant.Form, _ workload: Workload, _ operations: Int = 1,
    bar: Double? = nil
  ) {
    self.name = name
    self.form = form
    self.workload = workload
    self.operations = operations
    self.bar = bar
  }
}
