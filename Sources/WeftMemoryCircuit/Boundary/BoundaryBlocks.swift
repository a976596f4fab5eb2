import WeftCircuit
import WeftField
import WeftMemory

/// The rows of a volatile boundary: the blocks that a run touched, or that its start image has, sorted by space and
/// label.
public struct BoundaryBlocks: Sendable {
  struct Block: Sendable {
    var space: UInt32
    var label: UInt32
    var timestamp: UInt32
    /// Where the final cells begin among those of the touched blocks; `none` for an untouched block of the image.
    var final: UInt32
    /// Where the initial cells begin among those of the image; `none` for zeros.
    var initial: UInt32

    static var none: UInt32 { .max }
  }

  public let boundary: BoundaryClass
  let blocks: [Block]
  let touched: TimestampedEquipartition
  let image: ImageBlocks?

  public var count: Int { blocks.count }

  /// The rows of a class of a run.
  /// - Parameters:
  ///   - touched: touched memory at the end, in blocks of the class's size.
  ///   - image: the start image of the class; nil where memory begins with zeros.
  public init(_ boundary: BoundaryClass, touched: TimestampedEquipartition, image: ImageBlocks? = nil) {
    let size = UInt32(boundary.blockSize)
    let own = touched.blocks.filter { boundary.contains($0.address.space) }
    let imageCount = image?.count ?? 0
    var blocks: [Block] = []
    blocks.reserveCapacity(own.count + imageCount)
    var (i, j) = (0, 0)
    while i < own.count || j < imageCount {
      let left = i < own.count ? (own[i].address.space.rawValue, own[i].address.pointer / size) : nil
      let right = image.flatMap {
        j < imageCount ? ($0.blocks.addresses[j].space.rawValue, $0.label(j)) : nil
      }
      var block = Block(space: 0, label: 0, timestamp: 0, final: Block.none, initial: Block.none)
      if let right, left.map({ right <= $0 }) ?? true {
        (block.space, block.label) = right
        block.initial = UInt32(clamping: j * Int(size))
        j += 1
      }
      if let left, right.map({ left <= $0 }) ?? true {
        (block.space, block.label) = left
        block.timestamp = own[i].timestamp
        block.final = UInt32(clamping: own[i].offset)
        i += 1
      }
      blocks.append(block)
    }
    self.boundary = boundary
    self.blocks = blocks
    self.touched = touched
    self.image = image
  }

  /// What differs from a block to the next one: the space or else the label, and by how much; nil behind the last.
  @inline(__always)
  func step(after index: Int) -> (isInSpace: Bool, difference: UInt32)? {
    guard index &+ 1 < blocks.count else { return nil }
    let (block, next) = (blocks[index], blocks[index &+ 1])
    let isInSpace = next.space != block.space
    return (isInSpace, isInSpace ? next.space &- block.space : next.label &- block.label)
  }

  /// The inverses of the steps after some blocks; 1 behind the last.
  func inverseSteps(after rows: Range<Int>, of air: some AIR) throws(TraceError) -> [BabyBear] {
    var steps = rows.map { BabyBear(step(after: $0)?.difference ?? 1) }
    do throws(FieldError) {
      var span = steps.mutableSpan
      try span.withUnsafeMutableBufferPointer { steps throws(FieldError) in try BatchArithmetic.invert(steps)
      }
    } catch {
      throw .badRecord(air: air.name, row: rows.lowerBound, reason: "a block is there twice: \(error)")
    }
    return steps
  }
}
