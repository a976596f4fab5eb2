import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// What the traces of a segment say to the world: where it began and ended, and the roots of its memory there. It is read
/// from their public values, which the constraints bind.
public struct SegmentClaim: Hashable, Sendable {
  public var initialPC: UInt32
  public var finalPC: UInt32
  /// The exit code of a program that ended in the segment; nil where it goes on.
  public var exitCode: UInt32?
  public var initialRoot: Digest
  public var finalRoot: Digest

  public init(
    initialPC: UInt32, finalPC: UInt32, exitCode: UInt32? = nil, initialRoot: Digest, finalRoot: Digest
  ) {
    self.initialPC = initialPC
    self.finalPC = finalPC
    self.exitCode = exitCode
    self.initialRoot = initialRoot
    self.finalRoot = finalRoot
  }

  /// What traces say; nil where the AIRs that say it are missing.
  /// - Parameter addressBase: where the circuit's addresses begin.
  public init?(_ traces: TraceSet, addressBase: UInt32) {
    guard let ends = traces[ConnectorChip().name]?.publicValues, ends.count == 7,
      let roots = traces[MemoryMerkleChip.airName]?.publicValues, roots.count == 16,
      let before = Digest(roots[..<8]), let after = Digest(roots[8...])
    else { return nil }
    let numbers = ends.map(\.canonical)
    guard numbers[2] <= 1 else { return nil }
    let code = numbers[3...].reversed().reduce(UInt32(0)) { $0 << 8 | $1 }
    self.init(
      initialPC: addressBase &+ numbers[0], finalPC: addressBase &+ numbers[1],
      exitCode: numbers[2] == 0 ? nil : code, initialRoot: before, finalRoot: after)
  }
}
