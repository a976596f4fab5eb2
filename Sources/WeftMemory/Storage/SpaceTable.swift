import Glibc

/// The spaces of a controller with their storage, found by number.
@usableFromInline
struct SpaceTable: ~Copyable, @unchecked Sendable {  // one owner, so sending it sends the memory
  @usableFromInline let slots: UnsafeMutablePointer<SpaceSlot>
  @usableFromInline private(set) var count = 0
  /// For numbers below `directCount`: the slot of the space, or nil.
  @usableFromInline let direct: UnsafeMutablePointer<UnsafeMutablePointer<SpaceSlot>?>
  @usableFromInline static var directCount: UInt32 { 256 }
  private var reserves: UnsafeMutablePointer<(base: UnsafeMutableRawPointer, byteCount: Int)>

  /// - Parameters:
  ///   - spaces: checked, ascending by number.
  ///   - tracking: what is kept of accesses.
  init(
    _ spaces: [AddressSpace], tracking: SpaceSlot.Tracking, maxAccessSize: Int
  ) throws(MemoryError) {
    slots = .allocate(capacity: max(1, spaces.count))
    reserves = .allocate(capacity: max(1, spaces.count))
    direct = .allocate(capacity: Int(Self.directCount))
    direct.initialize(repeating: nil, count: Int(Self.directCount))
    for space in spaces {
      let layout = SpaceSlot.Layout(space, tracking: tracking)
      let reserve = try MappedReserve(byteCount: layout.byteCount)
      let slot = slots + count
      slot.initialize(
        to: SpaceSlot(space, layout: layout, base: reserve.base, maxAccessSize: maxAccessSize))
      (reserves + count).initialize(to: reserve.release())
      if space.id.rawValue < Self.directCount { direct[Int(space.id.rawValue)] = slot }
      count += 1
    }
  }

  @inlinable
  deinit { unmap() }

  @usableFromInline
  func unmap() {
    for index in 0..<count where reserves[index].byteCount > 0 {
      munmap(reserves[index].base, reserves[index].byteCount)
    }
    reserves.deallocate()
    direct.deallocate()
    slots.deallocate()
  }

  /// The slot of a space, or nil where it is not configured.
  @inlinable
  func slot(_ id: AddressSpaceID) -> UnsafeMutablePointer<SpaceSlot>? {
    id.rawValue < Self.directCount ? direct[Int(truncatingIfNeeded: id.rawValue)] : search(id)
  }

  /// Binary search, for the large numbers of extensions and EVM contexts.
  @usableFromInline
  func search(_ id: AddressSpaceID) -> UnsafeMutablePointer<SpaceSlot>? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      if slots[middle].id < id { low = middle &+ 1 } else { high = middle }
    }
    return low < count && slots[low].id == id ? slots + low : nil
  }
}
