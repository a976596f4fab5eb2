import Glibc
import Synchronization

/// Memories that are used again, so that a transaction pays no allocation and no page fault.
///
/// Any thread may take and give; one pool per worker avoids waiting for one another.
///
/// ```swift
/// let pool = EVMMemoryPool(limit: 1 << 26)
/// var memory = try pool.take()
/// // … run a transaction …
/// pool.give(memory)
/// ```
public final class EVMMemoryPool: Sendable {
  /// Most bytes of all contexts of one memory together; `nil` for none.
  public let limit: Int?
  /// Memories kept at most.
  public let capacity: Int
  /// Whether memories are overwritten with zeros when they come back, for pools that tenants share. A context reads
  /// zeros in any case.
  public let scrubsOnRelease: Bool
  /// Bytes of a memory that are kept.
  public static let trimmedCapacity = 1 << 20

  /// The memories that wait, each where `take` finds it.
  private struct State: ~Copyable, @unchecked Sendable {
    let slots: UnsafeMutablePointer<EVMMemory>
    var count = 0

    init(capacity: Int) { slots = .allocate(capacity: max(1, capacity)) }

    deinit {
      slots.deinitialize(count: count)
      slots.deallocate()
    }

    mutating func pop() -> EVMMemory? {
      guard count > 0 else { return nil }
      count &-= 1
      return (slots + count).move()
    }

    mutating func push(_ memory: consuming EVMMemory) {
      (slots + count).initialize(to: memory)
      count &+= 1
    }
  }

  private let state: Mutex<State>

  /// - Parameters:
  ///   - limit: most bytes of all contexts of one memory together; `nil` for none.
  ///   - capacity: memories kept at most, 0…65,536.
  ///   - scrubsOnRelease: whether memories are overwritten when they come back.
  public init(limit: Int? = nil, capacity: Int = 16, scrubsOnRelease: Bool = false) {
    self.limit = limit
    self.capacity = max(0, min(capacity, 1 << 16))
    self.scrubsOnRelease = scrubsOnRelease
    state = Mutex(State(capacity: self.capacity))
  }

  /// Memories that wait.
  public var count: Int { state.withLock { $0.count } }

  /// A memory with an empty root, used before or new.
  /// - Throws: `invalidSize` for a negative limit, `outOfMemory`.
  public func take() throws(EVMMemoryError) -> EVMMemory {
    if let memory = state.withLock({ $0.pop() }) { return memory }
    return try EVMMemory(limit: limit)
  }

  /// Takes a memory back. One that is not this pool's kind, or too many, is freed.
  public func give(_ memory: consuming EVMMemory) {
    if scrubsOnRelease { memory.scrub() }
    guard memory.isLimited(to: limit) else { return }
    memory.reset(trimmingTo: Self.trimmedCapacity)
    var slot: EVMMemory? = memory
    state.withLock { state in
      if state.count < capacity, let memory = slot.take() { state.push(memory) }
    }
  }
}

extension EVMMemory {
  /// Whether a pool with this limit may hand the memory out again.
  func isLimited(to limit: Int?) -> Bool {
    storage == .allocated && options.isEmpty && self.limit == (limit ?? .max) & ~31
  }

  /// Begins again with an empty root, as `reset()`, and gives back what the memory holds beyond so many bytes.
  public mutating func reset(trimmingTo byteCount: Int) {
    reset()
    let kept = max(0, min(byteCount, limit) & ~4095)
    if sideCapacity > kept {
      free(side)
      side = nil
      sideCapacity = 0
    }
    switch storage {
    case .allocated:
      guard capacity > kept, reallocate(max(4096, kept)) else { return }
      base = buffer
      usedEnd = capacity
    case .reserved:
      guard usedEnd > kept, madvise(buffer + kept, usedEnd &- kept, MADV_DONTNEED) == 0 else { return }
      usedEnd = kept
    case .borrowed:
      return
    }
    window = base
    updateRoom()
    updateRoomEnd()
  }

  /// Overwrites all bytes of a memory.
  mutating func scrub() {
    explicit_bzero(buffer, min(usedEnd, capacity))
    if let side { explicit_bzero(side, sideCapacity) }
  }
}
