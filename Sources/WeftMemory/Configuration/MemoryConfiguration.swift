/// The parameters of a memory system. Build one with `MemoryConfiguration.Builder`, which checks it.
public struct MemoryConfiguration: Hashable, Sendable {
  /// Which pointers an access of n cells may have.
  public enum Alignment: Sendable, Hashable {
    /// Multiples of n.
    case natural
    /// Any; accesses across block borders cost adapter rows.
    case any
  }

  /// log2 of the number of address spaces a proof provides for.
  public var addressSpaceHeight = 3
  /// The number of the first address space that is stored; must be 1.
  public var addressSpaceOffset = 1
  /// Bits of a pointer in a recorded or metered run; at most 29 (BabyBear's 31 less 2).
  public var pointerBits = 29
  /// Bits of the clock; at most 29, and at most two limbs of `rangeLimbBits`.
  public var timestampBits = 29
  /// Bits the range table proves at once: 1…20.
  public var rangeLimbBits = 17
  /// Most cells of one access: 2, 4, 8, 16 or 32.
  public var maxAccessSize = 32
  /// Accesses a run is expected to make: the part of the log that is prepared for quick growth.
  public var accessCapacity = 1 << 24
  /// Accesses a run may make before it ends with `logLimitReached`; address space is reserved for them.
  public var accessLimit = 1 << 29
  public var alignment = Alignment.natural
  /// EVM contexts that a recorded run may have, at most 65,536. Each has a space of byte cells in blocks of 32,
  /// numbered from 2^16 on, that begins with zeros and grows with use. The proof provides for all of them.
  public var contextLimit = 0
  /// The address spaces, ascending by number.
  public var spaces: [AddressSpace] = AddressSpace.standard

  public init() {}

  /// The built-in spaces with default sizes.
  public static var standard: Self { Self() }

  /// Program, stack, heap and globals as spaces 1 to 4.
  public static var segmented: Self {
    var configuration = Self()
    configuration.spaces = AddressSpace.segmented
    return configuration
  }

  /// The space with this number, or nil.
  public func space(_ id: AddressSpaceID) -> AddressSpace? {
    spaces.first { $0.id == id }
  }

  /// The last time of the clock.
  public var lastTimestamp: UInt32 { (1 << UInt32(truncatingIfNeeded: timestampBits)) &- 1 }

  /// Everything that is wrong with the configuration; empty when it can be used.
  /// - Parameter mode: sizes are limited by `pointerBits` unless the run is fast.
  public func faults(mode: RunMode) -> [ConfigurationFault] {
    parameterFaults + spaceFaults(mode: mode)
  }

  private var parameterFaults: [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    func check(_ name: String, _ value: Int, _ allowed: ClosedRange<Int>) {
      if !allowed.contains(value) {
        faults.append(.outOfRange(parameter: name, value: value, allowed: allowed))
      }
    }
    check("addressSpaceHeight", addressSpaceHeight, 1...24)
    check("addressSpaceOffset", addressSpaceOffset, 1...1)
    check("pointerBits", pointerBits, 1...29)
    check("timestampBits", timestampBits, 1...29)
    check("rangeLimbBits", rangeLimbBits, 1...20)
    if (1...20).contains(rangeLimbBits), (1...29).contains(timestampBits),
      timestampBits > 2 * rangeLimbBits
    {
      faults.append(.tooManyLimbs(timestampBits: timestampBits, rangeLimbBits: rangeLimbBits))
    }
    if ![2, 4, 8, 16, 32].contains(maxAccessSize) {
      faults.append(.maxAccessSize(maxAccessSize))
    }
    check("accessLimit", accessLimit, 1...(1 << 31))
    check("accessCapacity", accessCapacity, 0...max(0, accessLimit))
    check("contextLimit", contextLimit, 0...AddressSpaceID.contextCount)
    if contextLimit > 0 {
      if maxAccessSize < 32 { faults.append(.maxAccessSize(maxAccessSize)) }
      if addressSpaceHeight < 17 {
        faults.append(.spaceOutOfRange(.firstContext, height: addressSpaceHeight))
      }
    }
    return faults
  }

  private func spaceFaults(mode: RunMode) -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    var ids: Set<AddressSpaceID> = []
    var names: Set<String> = []
    let bits = mode == .fast ? 32 : UInt64(clamping: pointerBits)
    for space in spaces {
      if !ids.insert(space.id).inserted { faults.append(.duplicateSpace(space.id)) }
      if !names.insert(space.name).inserted { faults.append(.duplicateName(space.name)) }
      if (space.id == .immediate) != (space.kind == .immediate) {
        faults.append(.immediateKind(space.id))
      }
      if space.id > .maximum || UInt64(space.id.rawValue) > 1 << UInt64(clamping: addressSpaceHeight) {
        faults.append(.spaceOutOfRange(space.id, height: addressSpaceHeight))
      }
      let isPowerOfTwo = space.blockSize > 0 && space.blockSize & (space.blockSize &- 1) == 0
      if !isPowerOfTwo || space.blockSize > maxAccessSize {
        faults.append(.blockSize(space.id, space.blockSize, maximum: maxAccessSize))
      } else if space.cellCount & UInt64(space.blockSize &- 1) != 0 {
        faults.append(.partialBlock(space.id, cellCount: space.cellCount, blockSize: space.blockSize))
      }
      if space.cellCount > 1 << bits {
        faults.append(.spaceTooLarge(space.id, cellCount: space.cellCount, maximum: 1 << bits))
      }
      if space.id.isContext, contextLimit > 0 { faults.append(.duplicateSpace(space.id)) }
      if space.isRegisterFile, space != .registers { faults.append(.registerLayout(space)) }
    }
    return faults
  }

  /// Reports the faults, if any, as one `invalidConfiguration` error.
  public func validate(mode: RunMode) throws(MemoryError) {
    let faults = faults(mode: mode)
    if !faults.isEmpty { throw .invalidConfiguration(faults) }
  }
}

extension AddressSpace {
  /// Whether the space is the RV32 register file, whose storage has a fixed layout.
  var isRegisterFile: Bool { id == .registers && name == "registers" }
}
