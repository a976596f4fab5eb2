import Glibc

extension EVMMemory {
  /// A memory in address space that is reserved at once, fills with use and never moves: for pools, one per machine.
  ///
  /// Where the system refuses the reserve, the buffer is allocated and grows instead.
  /// - Parameters:
  ///   - byteCount: most bytes of all contexts together, where `limit` is not smaller.
  ///   - limit: most bytes of all contexts together; `nil` for none but the reserve.
  /// - Throws: `invalidSize` for negative numbers, `outOfMemory`.
  public init(
    reserving byteCount: Int, limit: Int? = nil, options: Options = []
  ) throws(EVMMemoryError) {
    let limit = min(limit ?? .max, byteCount) & ~31
    guard byteCount >= 0, limit >= 0 else { throw .invalidSize }
    guard let reserve = try? MappedReserve(byteCount: UInt64(byteCount)), reserve.byteCount > 0 else {
      try self.init(initialCapacity: 4096, limit: limit, options: options)
      return
    }
    let (base, byteCount) = reserve.release()
    self.init(
      buffer: base, capacity: byteCount, usedEnd: 0, limit: limit, storage: .reserved, options: options)
  }

  /// A memory in the EVM memory space (6) of a controller, which must live longer.
  ///
  /// Nobody else may use the space in this time: it is the executor's buffer and never on the bus.
  /// - Parameter limit: most bytes of all contexts together; `nil` for none but the size of the space.
  /// - Throws: `outOfMemory` where the controller has no such space, `invalidSize` for a negative limit.
  public init(
    in controller: borrowing MemoryController, limit: Int? = nil, options: Options = []
  ) throws(EVMMemoryError) {
    guard let region = controller.region(of: .evmMemory) else { throw .outOfMemory }
    try self.init(in: region, limit: limit, options: options)
  }

  /// A memory in a region that somebody else owns, which must live longer.
  /// - Parameter limit: most bytes of all contexts together; `nil` for none but the size of the region.
  /// - Throws: `invalidSize` for a negative limit.
  public init(
    in region: MemoryRegion, limit: Int? = nil, options: Options = []
  ) throws(EVMMemoryError) {
    let limit = min(limit ?? .max, region.byteCount) & ~31
    guard limit >= 0 else { throw .invalidSize }
    // What the region holds is not known, so all of it counts as used.
    self.init(
      buffer: region.base, capacity: region.byteCount, usedEnd: region.byteCount, limit: limit,
      storage: .borrowed, options: options)
  }

  /// A memory in which an allocation fails: the first with 0, the second with 1 and so on.
  init(
    initialCapacity: Int = 4096, limit: Int? = nil, options: Options = [], allocations: Int
  ) throws(EVMMemoryError) {
    guard allocations > 0 else { throw .outOfMemory }
    try self.init(initialCapacity: initialCapacity, limit: limit, options: options)
    failingAllocation = allocations
  }

  /// Why an allocated memory could not be made.
  @usableFromInline
  @inline(never)
  static func allocationFailure(_ initialCapacity: Int, _ limit: Int) -> EVMMemoryError {
    initialCapacity < 0 || limit < 0 ? .invalidSize : .outOfMemory
  }

  /// Gives back what the memory has allocated besides its buffer.
  @usableFromInline
  @inline(never)
  static func release(_ frames: UnsafeMutablePointer<Frame>?, _ side: UnsafeMutableRawPointer?) {
    free(frames)
    free(side)
  }

  /// Gives back a buffer that was not allocated. Static, as a method would take all fields to the stack.
  @usableFromInline
  @inline(never)
  static func release(_ buffer: UnsafeMutableRawPointer, _ capacity: Int, _ storage: Storage) {
    if storage == .reserved { munmap(buffer, capacity) }
  }
}
