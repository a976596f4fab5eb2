import WeftCircuit
import WeftField

/// A commitment to the rows of a trace: the root of the binary Merkle tree whose leaves are the sponge's digests of the
/// rows and whose nodes are compressions (Poseidon2, `reference/prover.md` §3), without low-degree extension.
///
/// It tells which program was executed, whoever computes it; a prover's commitment is another one.
public enum RowCommitment {
  /// Rows that are hashed at a time by a thread.
  private static var pieceRows: Int { 1 << 12 }

  public static func root(of trace: Trace, threads: Int) -> Digest {
    let pieces = (trace.height + pieceRows - 1) / pieceRows
    var layer = Parallel.map(count: pieces, threads: threads) { piece in
      let rows = piece * pieceRows..<min((piece + 1) * pieceRows, trace.height)
      return rows.map { row in
        Poseidon2.hash(UnsafeBufferPointer(start: trace.elements + row * trace.width, count: trace.width))
      }
    }.flatMap(\.self)
    while layer.count > 1 {
      var parents = [Digest](repeating: Digest(), count: layer.count / 2)
      parents.withUnsafeMutableBufferPointer { parents in
        layer.withUnsafeBufferPointer { children in
          guard let target = parents.baseAddress, let source = children.baseAddress else { return }
          Poseidon2.compressLayer(count: parents.count, children: source, into: target)
        }
      }
      layer = parents
    }
    return layer.first ?? Digest()
  }
}
