import Glibc

/// The spaces of a controller with their storage, found by number: those that were declared, and those of EVM contexts,
/// which come while a run lasts.
@usableFromInline
struct SpaceTable: ~Copyable, @unchecked Sendable {  // one owner, so sending it sends the memory
  @usableFromInline let slots: UnsafeMutablePointer<SpaceSlot>
  @usableFromInline private(set) var count = 0
  /// For numbers below `directCount`: the slot of the space, or nil.
  @usableFromInline let direct: UnsafeMutablePointer<UnsafeMutablePointer<SpaceSlot>?>
  @usableFromInline static var directCount: UInt32 { 256 }
  /// Slots of declared spaces; those of contexts stand behind them.
  let declaredCount: Int
  let contextLimit: Int
  let tracking: SpaceSlot.Tracking
  let maxAccessSize: Int
  private var reserves: UnsafeMutablePointer<(base: UnsafeMutableRawPointer, byteCount: Int)>

  /// - Parameters:
  ///   - spaces: checked, ascending by number.
  ///   - contextLimit: EVM contexts that `addContext` may add.
  ///   - tracking: what is kept of accesses.
  init(
    _ spaces: [AddressSpace], contextLimit: Int = 0, tracking: SpaceSlot.Tracking, maxAccessSize: Int
  ) throws(MemoryError) {
    declaredCount = spaces.count
    self.contextLimit = contextLimit
    self.tracking = tracking
    self.maxAccessSize = maxAccessSize
    let capacity = max(1, spaces.count &+ contextLimit)
    slots = .allocate(capacity: capacity)
    reserves = .allocate(capacity: capacity)
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

  /// Contexts by their number, others by binary search.
  @usableFromInline
  func search(_ id: AddressSpaceID) -> UnsafeMutablePointer<SpaceSlot>? {
    if contextLimit > 0, id.isContext {
      let index = Int(truncatingIfNeeded: id.rawValue &- AddressSpaceID.firstContext.rawValue)
      return index < contextCount ? slots + (declaredCount &+ index) : nil
    }
    var low = 0
    var high = declaredCount
    while low < high {
      let middle = (low &+ high) >> 1
      if slots[middle].id < id { low = middle &+ 1 } else { high = middle }
    }
    return low < declaredCount && slots[low].id == id ? slots + low : nil
  }

  // MARK: Contexts

  /// EVM contexts so far.
  var contextCount: Int { count &- declaredCount }

  /// Cells of each context's space.
  var contextSizes: [UInt64] {
    var sizes: [UInt64] = []
    while sizes.count < contextCount { sizes.append(slots[declaredCount &+ sizes.count].cellCount) }
    return sizes
  }

  /// Adds the space of another EVM context, which reads 0.
  mutating func addContext(cellCount: UInt64) throws(MemoryError) -> AddressSpaceID {
    guard contextCount < contextLimit else {
      throw .layoutLimitReached(of: "EVM contexts", limit: contextLimit)
    }
    let space = AddressSpace.context(contextCount, cellCount: cellCount)
    let layout = SpaceSlot.Layout(space, tracking: tracking)
    let reserve = try MappedReserve(byteCount: layout.byteCount)
    (slots + count).initialize(
      to: SpaceSlot(space, layout: layout, base: reserve.base, maxAccessSize: maxAccessSize))
    (reserves + count).initialize(to: reserve.release())
    count &+= 1
    return space.id
  }

  /// Gives a context's space more cells, which read 0. The storage moves.
  mutating func growContext(_ slot: UnsafeMutablePointer<SpaceSlot>, to cellCount: UInt64) throws(MemoryError)
  {
    let (index, old) = (slot - slots, slot.pointee)
    let space = AddressSpace.context(index &- declaredCount, cellCount: cellCount)
    let layout = SpaceSlot.Layout(space, tracking: tracking)
    let reserve = try MappedReserve(byteCount: layout.byteCount)
    var new = SpaceSlot(space, layout: layout, base: reserve.base, maxAccessSize: maxAccessSize)
    new.accessCount = old.accessCount
    copyBytes(new.region.base, old.region.base, old.dataByteCount)
    if old.timesCount > 0 { copyBytes(new.region.times, old.region.times, old.timesCount &* 4) }
    if let leaves = new.touchedLeaves, let former = old.touchedLeaves {
      copyBytes(leaves, former, old.touchedLeafCount)
    }
    munmap(reserves[index].base, reserves[index].byteCount)
    reserves[index] = reserve.release()
    slot.pointee = new
  }

  /// Forgets the contexts behind the first ones.
  mutating func removeContexts(from first: Int) {
    while contextCount > max(0, first) {
      count &-= 1
      munmap(reserves[count].base, reserves[count].byteCount)
    }
  }
}
