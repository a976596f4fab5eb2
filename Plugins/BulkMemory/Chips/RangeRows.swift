import WeftExtensionKit

/// The numbers of the rows of two ranges of bytes, as ``DestinationRange`` and ``SourceRange`` have them.
struct RangeRows {
  let source: UInt32
  let destination: UInt32
  let count: Int

  init(source: UInt32 = 0, destination: UInt32, count: UInt32) {
    (self.source, self.destination, self.count) = (source, destination, Int(count))
  }

  private func place(_ address: UInt32) -> Int { Int(address & 3) }
  private func words(_ address: UInt32) -> Int { count == 0 ? 0 : (place(address) + count + 3) / 4 }

  var rowCount: Int { max(1, words(destination)) }
  /// Accesses to words of the source, which come first.
  var sourceWords: Int { words(source) }

  /// Bytes of the range before the word of a row.
  private func bytes(before row: Int) -> Int { row == 0 ? 0 : 4 * row - place(destination) }

  /// Whether a byte of a row's word belongs to the range.
  func covers(_ lane: Int, in row: Int) -> Bool {
    let byte = 4 * row + lane - place(destination)
    return byte >= 0 && byte < count
  }

  /// Bytes of the low and high words in front of the destination's word.
  private var shift: Int {
    let distance = place(source) - place(destination)
    return distance > 0 ? distance : distance + 4
  }
  private var beginsLow: Bool { place(source) > place(destination) }

  /// The number of the high word of a row among those of the source.
  private func high(_ row: Int) -> Int { beginsLow ? row + 1 : row }

  private func word(_ index: Int, _ execution: AIRExecution) -> UInt32 {
    index >= 0 && index < sourceWords ? execution.word(index) : 0
  }

  /// Bytes of the source at the places of the destination; 0 elsewhere.
  func moved(_ row: Int, _ execution: AIRExecution) -> [UInt32] {
    guard count > 0 else { return [0, 0, 0, 0] }
    let window =
      UInt64(word(high(row), execution)) &<< 32
      | (row > 0 || beginsLow ? UInt64(word(high(row) - 1, execution)) : 0)
    return (0..<4).map { lane in
      covers(lane, in: row) ? UInt32(truncatingIfNeeded: window >> UInt64(8 * (lane + shift)) & 255) : 0
    }
  }

  func appendDestination(_ row: Int, to rows: inout AIRRows) {
    let isActive = count > 0
    rows.append(isActive)
    rows.append(isActive && row == 0)
    for lane in 0..<4 { rows.append(covers(lane, in: row)) }
    rows.append(isActive ? destination & ~3 &+ UInt32(4 * row) : 0)
    rows.append(UInt32(count - bytes(before: row)))
  }

  func appendSource(_ row: Int, _ execution: AIRExecution, to rows: inout AIRRows) {
    let isActive = count > 0
    for index in 1...4 { rows.append(isActive && shift == index) }
    let readsLow = isActive && row == 0 && beginsLow
    let readsHigh = isActive && high(row) < sourceWords
    rows.append(readsLow)
    rows.append(readsHigh)
    rows.append(bitsOf: isActive && row == 0 ? source & 3 : 0, 2)
    let end = (0..<4).last { covers($0, in: row) } ?? 0
    rows.append(bitsOf: isActive ? UInt32(end + shift - (readsHigh ? 4 : 0)) : 0, 2)
    let low = readsLow || row > 0 ? word(high(row) - 1, execution) : 0
    for byte in 1..<4 as Range<UInt32> { rows.append((low >> (8 * byte)) & 255) }
    rows.append(isActive ? source & ~3 &+ UInt32(4 * high(row)) : 0)
    rows.append(contentsOf: moved(row, execution))
  }
}
