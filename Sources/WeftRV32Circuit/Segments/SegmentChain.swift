import WeftField
import WeftMachine
import WeftMemoryCircuit

/// That segments are one run of a program: each begins where the one before has ended, the first at the program's entry
/// with the program's memory, and the program ends in the last.
///
/// The chain speaks of what the traces say. That these are right, and of the same program, is checked segment by segment.
/// (reference/circuits.md §6.11)
public struct SegmentChain: Sendable {
  private let dimensions: MemoryDimensions
  /// Segments so far.
  public private(set) var count = 0
  /// Where the next segment must begin.
  public private(set) var programCounter: UInt32
  /// The root with which it must begin: that of the memory at the end.
  public private(set) var root: Digest
  /// The exit code, once the program has ended.
  public private(set) var exitCode: UInt32?

  /// A chain without segments.
  /// - Parameters:
  ///   - entry: where the program begins.
  ///   - initialRoot: the root of the memory that it begins with.
  public init(entry: UInt32, initialRoot: Digest, dimensions: MemoryDimensions) {
    (programCounter, root) = (entry, initialRoot)
    self.dimensions = dimensions
  }

  /// Adds the next segment.
  public mutating func append(_ claim: SegmentClaim) throws(SegmentChainError) {
    if exitCode != nil { throw .afterEnd(segment: count, end: count - 1) }
    guard claim.initialPC == programCounter else {
      throw .programCounter(segment: count, expected: programCounter, found: claim.initialPC)
    }
    guard claim.initialRoot == root else {
      throw .root(segment: count, expected: root, found: claim.initialRoot)
    }
    (programCounter, root, exitCode) = (claim.finalPC, claim.finalRoot, claim.exitCode)
    count += 1
  }

  /// Demands that the chain is whole.
  /// - Parameter expected: the code with which the program is said to have ended; nil for a run that was stopped, by a limit
  ///   or a trap, so that its last segment has no end.
  public func finish(exitCode expected: UInt32?) throws(SegmentChainError) {
    guard count > 0 else { throw .empty }
    guard let expected else { return }
    guard let exitCode else { throw .noEnd(segment: count - 1, programCounter: programCounter) }
    guard exitCode == expected else { throw .exitCode(expected: expected, found: exitCode) }
  }

  /// Demands that public values are those of the memory at the end.
  /// - Parameter values: their bytes; what the proof opens besides must be zeros.
  public func check(_ proof: UserPublicValuesProof, values: [UInt8]) throws(SegmentChainError) {
    guard proof.verify(root: root, dimensions: dimensions) else { throw .publicValuesProof(root: root) }
    for (index, cell) in proof.values.enumerated() {
      let expected = index < values.count ? UInt32(values[index]) : 0
      guard cell.canonical == expected else {
        throw .publicValue(index: index, expected: expected, found: cell.canonical)
      }
    }
    guard values.count <= proof.values.count else {
      throw .publicValue(
        index: proof.values.count, expected: UInt32(values[proof.values.count]), found: 0)
    }
  }
}

/// Why segments are not one run of a program.
public enum SegmentChainError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// The traces of a segment do not say how it began and ended.
  case noClaim(segment: Int)
  /// A segment begins at another instruction than the one before ended at, or than the program begins with.
  case programCounter(segment: Int, expected: UInt32, found: UInt32)
  /// A segment begins with another memory than the one before ended with, or than the program begins with.
  case root(segment: Int, expected: Digest, found: Digest)
  /// A segment follows the one in which the program ended.
  case afterEnd(segment: Int, end: Int)
  /// The program does not end in the last segment.
  case noEnd(segment: Int, programCounter: UInt32)
  /// The program ends with another exit code.
  case exitCode(expected: UInt32, found: UInt32)
  /// The public values are not opened from the memory at the end.
  case publicValuesProof(root: Digest)
  /// A byte of the public values.
  case publicValue(index: Int, expected: UInt32, found: UInt32)

  public var description: String {
    func before(_ segment: Int) -> String {
      segment == 0 ? "the program begins" : "segment \(segment - 1) ended"
    }
    return switch self {
    case .empty: "the chain has no segments"
    case .noClaim(let segment): "segment \(segment): its traces do not say how it began and ended"
    case .programCounter(let segment, let expected, let found):
      "segment \(segment) begins at \(hexadecimal(found)), \(before(segment)) at \(hexadecimal(expected))"
    case .root(let segment, let expected, let found):
      "segment \(segment) begins with the memory root \(found), \(before(segment)) with \(expected)"
    case .afterEnd(let segment, let end):
      "segment \(segment) follows segment \(end), in which the program ended"
    case .noEnd(let segment, let programCounter):
      "the program does not end in segment \(segment), the last one, which stops at \(hexadecimal(programCounter))"
    case .exitCode(let expected, let found):
      "the program ends with exit code \(found), the run says \(expected)"
    case .publicValuesProof(let root): "the public values are not opened from the last memory root \(root)"
    case .publicValue(let index, let expected, let found):
      "byte \(index) of the public values is \(found) in memory, the run says \(expected)"
    }
  }
}
