extension MemoryConfiguration {
  /// Collects changes to the standard configuration and reports every fault at once.
  ///
  /// ```swift
  /// let configuration = try MemoryConfiguration.Builder()
  ///   .accessCapacity(5_000)
  ///   .addressSpace(AddressSpace(AddressSpaceID(9), name: "hash", blockSize: 32, cellCount: 4_096))
  ///   .build()
  /// ```
  public struct Builder: Sendable {
    private var configuration: MemoryConfiguration
    private var faults: [ConfigurationFault] = []

    public init(_ configuration: MemoryConfiguration = .standard) {
      self.configuration = configuration
    }

    private func with(_ change: (inout MemoryConfiguration) -> Void) -> Self {
      var copy = self
      change(&copy.configuration)
      return copy
    }

    public func addressSpaceHeight(_ height: Int) -> Self { with { $0.addressSpaceHeight = height } }
    public func addressSpaceOffset(_ offset: Int) -> Self { with { $0.addressSpaceOffset = offset } }
    public func pointerBits(_ bits: Int) -> Self { with { $0.pointerBits = bits } }
    public func timestampBits(_ bits: Int) -> Self { with { $0.timestampBits = bits } }
    public func rangeLimbBits(_ bits: Int) -> Self { with { $0.rangeLimbBits = bits } }
    public func maxAccessSize(_ cells: Int) -> Self { with { $0.maxAccessSize = cells } }
    public func accessCapacity(_ accesses: Int) -> Self { with { $0.accessCapacity = accesses } }
    public func accessLimit(_ accesses: Int) -> Self { with { $0.accessLimit = accesses } }
    public func alignment(_ alignment: Alignment) -> Self { with { $0.alignment = alignment } }

    /// Adds a space; a number or name in use is reported by `build`.
    public func addressSpace(_ space: AddressSpace) -> Self { with { $0.spaces.append(space) } }

    /// Replaces all spaces.
    public func addressSpaces(_ spaces: [AddressSpace]) -> Self { with { $0.spaces = spaces } }

    /// Changes the size of a space; a space that is not there is reported by `build`.
    public func cellCount(_ count: UInt64, of id: AddressSpaceID) -> Self {
      var copy = self
      if let index = configuration.spaces.firstIndex(where: { $0.id == id }) {
        copy.configuration.spaces[index].cellCount = count
      } else {
        copy.faults.append(.unknownSpace(id))
      }
      return copy
    }

    /// The finished configuration: spaces sorted, the height raised to what they need.
    /// - Throws: `MemoryError.invalidConfiguration` with every fault.
    public func build(mode: RunMode = .recorded(.accessLog)) throws(MemoryError) -> MemoryConfiguration {
      var result = configuration
      result.spaces.sort { $0.id < $1.id }
      if let last = result.spaces.last?.id, last <= .maximum {
        while result.addressSpaceHeight >= 0, result.addressSpaceHeight < 24,
          UInt64(last.rawValue) > 1 << UInt64(result.addressSpaceHeight)
        {
          result.addressSpaceHeight += 1
        }
      }
      let faults = faults + result.faults(mode: mode)
      if !faults.isEmpty { throw .invalidConfiguration(faults) }
      return result
    }
  }
}
