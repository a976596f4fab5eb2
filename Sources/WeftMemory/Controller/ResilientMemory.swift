/// What to do about a memory operation that failed.
public enum RecoveryAction: Sendable, Hashable {
  /// Try the same operation again. A failed operation has changed nothing, so it finds the same state.
  case retry
  /// Go over to the backup for good and try there.
  case useBackup
  /// Report the error.
  case fail
}

/// Decides what to do about errors.
public struct RecoveryStrategy: Sendable {
  private let decide: @Sendable (MemoryError, Int) -> RecoveryAction

  /// - Parameter decide: the action for an error and the number of attempts the operation has had on the memory that
  ///   failed.
  public init(_ decide: @escaping @Sendable (_ error: MemoryError, _ attempts: Int) -> RecoveryAction) {
    self.decide = decide
  }

  /// Retries some times, then goes over to the backup.
  public static func retrying(_ times: Int) -> RecoveryStrategy {
    RecoveryStrategy { _, attempts in attempts <= times ? .retry : .useBackup }
  }

  func action(_ error: MemoryError, _ attempts: Int) -> RecoveryAction { decide(error, attempts) }
}

/// Memory with a mirror that takes its place when it fails.
///
/// The mirror performs every operation that succeeded, so its history is the run's: after a change-over its log is the one
/// to prove, and numbers of records from before it hold there. A mirror that fails, or answers otherwise, is dropped. An
/// operation has at most `attemptLimit` attempts on a memory, whatever the strategy says.
public struct ResilientMemory<Memory: AddressableMemory & ~Copyable>: ~Copyable {
  /// The memory in use.
  public private(set) var memory: Memory
  private var backup: Memory?
  private let strategy: RecoveryStrategy

  public static var attemptLimit: Int { 16 }

  /// - Parameter backup: a memory in the same state.
  public init(_ memory: consuming Memory, backup: consuming Memory?, strategy: RecoveryStrategy) {
    self.memory = memory
    self.backup = backup
    self.strategy = strategy
  }

  /// Whether a backup is at hand.
  public var hasBackup: Bool { backup != nil }

  /// Gives the memory in use back, to be finalised.
  public consuming func finish() -> Memory { memory }

  /// What memory and mirror do alike.
  private typealias Operation = (inout Memory) throws(MemoryError) -> DynamicAccess

  /// Performs an operation with the strategy's help.
  private mutating func perform(_ operation: Operation) throws(MemoryError) -> DynamicAccess {
    var attempts = 0
    while true {
      do throws(MemoryError) {
        let result = Self.withoutRun(try operation(&memory))
        mirror(operation, result)
        return result
      } catch {
        attempts += 1
        let action = attempts < Self.attemptLimit ? strategy.action(error, attempts) : .fail
        switch action {
        case .retry: continue
        case .fail: throw error
        case .useBackup:
          guard let other = backup.take() else { throw error }
          memory = other
          attempts = 0
        }
      }
    }
  }

  private mutating func mirror(_ operation: Operation, _ expected: DynamicAccess) {
    guard var other = backup.take() else { return }
    do throws(MemoryError) {
      if Self.withoutRun(try operation(&other)) == expected { backup = consume other }
    } catch {}
  }

  /// Numbers of records hold for the run of whichever memory is proven in the end.
  private static func withoutRun(_ access: DynamicAccess) -> DynamicAccess {
    if access.record == .none { return access }
    return DynamicAccess(record: RecordID(index: access.record.index), values: access.values)
  }
}

extension ResilientMemory: AddressableMemory where Memory: ~Copyable {
  public var timestamp: UInt32 { memory.timestamp }

  public var image: MemoryImage { memory.image }

  public mutating func load(_ address: MemoryAddress, count: Int) throws(MemoryError) -> DynamicAccess {
    try perform { memory throws(MemoryError) in try memory.load(address, count: count) }
  }

  @discardableResult
  public mutating func store(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) -> DynamicAccess {
    try perform { memory throws(MemoryError) in try memory.store(values, to: address) }
  }

  public mutating func advanceTimestamp(by ticks: UInt32) throws(MemoryError) {
    _ = try perform { memory throws(MemoryError) in
      try memory.advanceTimestamp(by: ticks)
      return DynamicAccess(record: .none, values: [])
    }
  }
}
