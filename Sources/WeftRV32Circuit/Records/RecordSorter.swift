import WeftCircuit
import WeftMachine
import WeftRV32

/// Sorts the records of a run to the chips that explain them: for every chip the numbers of its records, ascending,
/// four bytes each. The records stay where they are.
struct RecordSorter {
  /// Records per piece of work.
  private static let pieceSize = 1 << 16

  private let buffer: RecordBuffer
  private let firstAddress: UInt32
  /// The chip of every slot of the program.
  private let chipOfSlot: [UInt8]
  private let chipCount: Int
  private let threads: Int

  /// - Parameters:
  ///   - chipOfSlot: below `chipCount`; the last chip stands for slots without an instruction.
  init(
    _ buffer: RecordBuffer, firstAddress: UInt32, chipOfSlot: [UInt8], chipCount: Int, threads: Int
  ) {
    self.buffer = buffer
    self.firstAddress = firstAddress
    self.chipOfSlot = chipOfSlot
    self.chipCount = chipCount
    self.threads = threads
  }

  /// The numbers of the records of every chip. Records outside the program belong to the last one, and so do traps.
  func sorted() -> [[UInt32]] {
    let count = buffer.count
    let pieces = (count + Self.pieceSize - 1) / Self.pieceSize
    let counts = Parallel.map(count: pieces, threads: threads) { piece -> [Int] in
      var counts = [Int](repeating: 0, count: chipCount)
      counts.withUnsafeMutableBufferPointer { counts in
        forEach(piece) { _, chip in counts[chip] &+= 1 }
      }
      return counts
    }
    // Where every piece begins in the lists of the chips.
    var ends = [Int](repeating: 0, count: chipCount)
    var starts: [[Int]] = []
    for piece in counts {
      starts.append(ends)
      for chip in 0..<chipCount { ends[chip] += piece[chip] }
    }
    let lists = Lists(counts: ends)
    let places = starts
    Parallel.forEach(count: pieces, threads: threads) { piece in
      var places = places[piece]
      places.withUnsafeMutableBufferPointer { places in
        forEach(piece) { number, chip in
          lists.bases[chip][places[chip]] = UInt32(truncatingIfNeeded: number)
          places[chip] &+= 1
        }
      }
    }
    return lists.take()
  }

  @inline(__always)
  private func forEach(_ piece: Int, _ body: (Int, Int) -> Void) {
    let first = piece &* Self.pieceSize
    let end = min(first &+ Self.pieceSize, buffer.count)
    buffer.withUnsafeBytes { bytes in
      chipOfSlot.withUnsafeBufferPointer { chips in
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: InstructionRecord.self) else { return }
        var number = first
        while number < end {
          let offset = base[number].programCounter &- firstAddress
          let slot = Int(offset &>> 2)
          let isInside = slot < chips.count && offset & 3 == 0 && !base[number].isTrap
          body(number, isInside ? Int(chips[slot]) : chipCount &- 1)
          number &+= 1
        }
      }
    }
  }
}

/// Lists of known lengths that several threads fill at once, in places of their own.
private final class Lists: @unchecked Sendable {  // every place is written by one thread
  let bases: [UnsafeMutablePointer<UInt32>]
  private let counts: [Int]

  init(counts: [Int]) {
    self.counts = counts
    bases = counts.map { UnsafeMutablePointer<UInt32>.allocate(capacity: max($0, 1)) }
  }

  deinit { for base in bases { base.deallocate() } }

  func take() -> [[UInt32]] {
    zip(bases, counts).map { Array(UnsafeBufferPointer(start: $0, count: $1)) }
  }
}
