import WeftMemory

/// Address spaces that share a boundary: consecutive numbers, one block size. (reference/circuits.md §4)
///
/// A cell belongs to exactly one class, or it could begin twice.
public struct BoundaryClass: Hashable, Sendable {
  /// Cells per block at the beginning and the end of a run.
  public var blockSize: Int
  /// The lowest space.
  public var firstSpace: AddressSpaceID
  /// log2 of the number of spaces.
  public var log2Count: Int

  public init(blockSize: Int, firstSpace: AddressSpaceID, log2Count: Int) {
    self.blockSize = blockSize
    self.firstSpace = firstSpace
    self.log2Count = log2Count
  }

  /// Bits of a pointer in a proof.
  public static var pointerBits: Int { 29 }

  /// Bits of a block's index: pointers have 29.
  public var labelBits: Int { Self.pointerBits - blockSize.trailingZeroBitCount }

  /// The numbers of the spaces.
  public var spaces: Range<UInt32> {
    firstSpace.rawValue..<(firstSpace.rawValue &+ 1 &<< UInt32(truncatingIfNeeded: log2Count))
  }

  public func contains(_ space: AddressSpaceID) -> Bool { spaces.contains(space.rawValue) }

  /// Whether a boundary can have this class: the number of a space must fit one look-up.
  var isValid: Bool {
    [1, 2, 4, 8, 16, 32].contains(blockSize) && firstSpace > .immediate && firstSpace <= .maximum
      && (0...17).contains(log2Count)
  }

  /// The classes of the stored spaces of a configuration, ascending, each as large as runs of equal block size allow.
  /// - Parameters:
  ///   - excluded: spaces with a boundary of their own.
  public static func classes(
    of configuration: MemoryConfiguration, excluding excluded: Set<AddressSpaceID> = []
  ) -> [BoundaryClass] {
    let spaces = configuration.spaces.sorted { $0.id < $1.id }.filter {
      $0.kind != .immediate && $0.cellCount > 0 && !excluded.contains($0.id)
    }
    var runs: [(first: AddressSpaceID, blockSize: Int, count: Int)] = []
    for space in spaces {
      if let last = runs.last, last.blockSize == space.blockSize,
        space.id.rawValue == last.first.rawValue + UInt32(last.count)
      {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((space.id, space.blockSize, 1))
      }
    }
    var classes: [BoundaryClass] = []
    for run in runs {
      var (first, rest) = (run.first.rawValue, run.count)
      while rest > 0 {
        let log2Count = Int.bitWidth - 1 - rest.leadingZeroBitCount
        classes.append(
          BoundaryClass(
            blockSize: run.blockSize, firstSpace: AddressSpaceID(first), log2Count: log2Count))
        first += 1 << UInt32(log2Count)
        rest -= 1 << log2Count
      }
    }
    if configuration.contextLimit > 0 {
      classes.append(BoundaryClass(blockSize: 32, firstSpace: .firstContext, log2Count: 16))
    }
    return classes
  }

  /// Demands that every class can have a boundary and that no space is in two classes. (N28)
  public static func requireDisjoint(_ classes: [BoundaryClass]) throws(MemoryCircuitError) {
    for boundary in classes where !boundary.isValid { throw .invalidBoundary(boundary) }
    let sorted = classes.sorted { ($0.firstSpace, $0.log2Count) < ($1.firstSpace, $1.log2Count) }
    for (first, second) in zip(sorted, sorted.dropFirst()) where first.spaces.overlaps(second.spaces) {
      throw .overlappingBoundaries(first, second)
    }
  }
}

extension BoundaryClass: CustomStringConvertible {
  public var description: String {
    let last = spaces.upperBound &- 1
    let names = log2Count == 0 ? "space \(last)" : "spaces \(firstSpace.rawValue) to \(last)"
    return "\(names) in blocks of \(blockSize)"
  }

  /// The part of an AIR's name.
  var shortName: String {
    let last = spaces.upperBound &- 1
    return log2Count == 0 ? "\(blockSize), \(last)" : "\(blockSize), \(firstSpace.rawValue)-\(last)"
  }
}
