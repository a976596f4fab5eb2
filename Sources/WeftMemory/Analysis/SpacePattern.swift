/// The accesses of one address space, tallied entry by entry. Tens of millions of entries are usual, so that an entry
/// costs array elements, not dictionary look-ups.
struct SpacePattern {
  let space: AddressSpaceID
  /// A power of two.
  private let blockSize: UInt32
  private var previous: (pointer: UInt32, end: UInt64)?
  private(set) var sequentialCount = 0
  private(set) var repeatedCount = 0
  private(set) var pages: TouchedPages
  /// By log2 of the cell count times two, plus one where aligned.
  private var shapes = [Int](repeating: 0, count: 32)

  init(space: AddressSpaceID, blockSize: Int) {
    self.space = space
    self.blockSize = UInt32(max(1, blockSize))
    pages = TouchedPages(blockShift: UInt32(self.blockSize.trailingZeroBitCount))
  }

  /// Tallies an access and gives its distance to the previous one.
  mutating func note(_ pointer: UInt32, log2Count: UInt8) -> Int64? {
    let count = UInt32(1) &<< UInt32(log2Count)
    let end = UInt64(pointer) &+ UInt64(count)
    let block = pointer & ~(blockSize &- 1)
    pages.note(pointer, blocks: UInt64(block)..<end)
    if count != blockSize || pointer != block {
      shapes[Int(log2Count & 15) &* 2 &+ (pointer & (count &- 1) == 0 ? 1 : 0)] &+= 1
    }
    let last = previous
    previous = (pointer, end)
    guard let last else { return nil }
    if last.end == UInt64(pointer) { sequentialCount &+= 1 }
    if last.pointer & ~(blockSize &- 1) == block { repeatedCount &+= 1 }
    return Int64(pointer) &- Int64(last.pointer)
  }

  /// Accesses that are not exactly one block.
  var adapterCauses: [MemoryRange.Shape: Int] {
    var causes: [MemoryRange.Shape: Int] = [:]
    for (index, count) in shapes.enumerated() where count > 0 {
      let shape = MemoryRange.Shape(space: space, count: 1 << (index / 2), isAligned: index % 2 == 1)
      causes[shape] = count
    }
    return causes
  }
}

/// The patterns of all spaces of a log, found by their number.
struct SpacePatterns {
  var patterns: [SpacePattern] = []
  private let blockSizes: [AddressSpaceID: Int]
  private var indices: [AddressSpaceID: Int] = [:]
  /// Index + 1 by number, for the small numbers of the built-in spaces.
  private var smallIndices = [Int](repeating: 0, count: 64)

  init(_ configuration: MemoryConfiguration) {
    var sizes: [AddressSpaceID: Int] = [:]
    for space in configuration.spaces { sizes[space.id] = space.blockSize }
    blockSizes = sizes
  }

  /// The index of a space's pattern, which begins empty when the space is met for the first time.
  mutating func index(of space: AddressSpaceID) -> Int {
    let number = Int(space.rawValue)
    if number < smallIndices.count, smallIndices[number] > 0 { return smallIndices[number] &- 1 }
    return slowIndex(of: space)
  }

  private mutating func slowIndex(of space: AddressSpaceID) -> Int {
    if let index = indices[space] { return index }
    let index = patterns.count
    patterns.append(SpacePattern(space: space, blockSize: blockSizes[space] ?? (space.isContext ? 32 : 1)))
    indices[space] = index
    if Int(space.rawValue) < smallIndices.count { smallIndices[Int(space.rawValue)] = index &+ 1 }
    return index
  }
}
