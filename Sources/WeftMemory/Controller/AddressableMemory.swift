/// Memory that can be accessed with sizes known at run time: online, offline, behind a controller.
///
/// For tools and tests that work on any of them; engines use the concrete type.
public protocol AddressableMemory: ~Copyable {
  /// The time of the next access.
  var timestamp: UInt32 { get }
  /// The contents at this moment.
  var image: MemoryImage { get }

  /// Reads cells in one access.
  mutating func load(_ address: MemoryAddress, count: Int) throws(MemoryError) -> DynamicAccess
  /// Writes cells in one access; the result has the values replaced.
  @discardableResult
  mutating func store(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) -> DynamicAccess
  /// Advances the clock without an access.
  mutating func advanceTimestamp(by ticks: UInt32) throws(MemoryError)
}

extension MemoryController: AddressableMemory {
  public mutating func load(
    _ address: MemoryAddress, count: Int
  ) throws(MemoryError) -> DynamicAccess {
    try read(address, count: count)
  }

  @discardableResult
  public mutating func store(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) -> DynamicAccess {
    try write(values, to: address)
  }
}

extension OfflineMemory: AddressableMemory {
  public mutating func load(
    _ address: MemoryAddress, count: Int
  ) throws(MemoryError) -> DynamicAccess {
    let id = try read(address, count: count)
    return DynamicAccess(record: id, values: record(id)?.data ?? [])
  }

  @discardableResult
  public mutating func store(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) -> DynamicAccess {
    let id = try write(values, to: address)
    return DynamicAccess(record: id, values: record(id)?.previousData ?? [])
  }
}
