import WeftCircuit
import WeftField
import WeftMemory

/// Why the circuit of a memory, or its traces, cannot be made.
public enum MemoryCircuitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Two boundaries admit the same address space, so that its cells could begin twice.
  case overlappingBoundaries(BoundaryClass, BoundaryClass)
  /// A class of spaces that no boundary can have: its block size is no power of two up to 32, it begins at space 0, or
  /// its numbers are not field elements.
  case invalidBoundary(BoundaryClass)
  /// The start image has cells in a space that no image table covers, or behind the last pointer of a proof.
  case imageOutOfRange(MemoryAddress)
  /// Persistent memory needs more than one leaf per space.
  case tooFewPointerBits(Int)
  /// The stated root of an image is not that of its contents.
  case imageRootMismatch(expected: Digest, actual: Digest)
  /// A leaf outside the tree, or not above the one before it.
  case badLeaf(index: UInt64)
  /// Public values are opened in a power of two of leaves.
  case badPublicValueCount(Int)
  /// The circuit was made for another configuration or interface than the memory has.
  case otherMemory(String)
  /// The run was not recorded, so there is nothing to make traces from.
  case notRecorded
  case memory(MemoryError)
  case trace(TraceError)

  public var description: String {
    switch self {
    case .overlappingBoundaries(let first, let second):
      "two boundaries admit the same address space: \(first) and \(second)"
    case .invalidBoundary(let boundary): "there is no boundary of \(boundary)"
    case .imageOutOfRange(let address): "the start image has a cell outside every image table: \(address)"
    case .tooFewPointerBits(let bits): "\(bits) bits of pointers are too few for persistent memory"
    case .imageRootMismatch(let expected, let actual):
      "the image states the root \(expected), its contents have \(actual)"
    case .badLeaf(let index): "the leaf \(index) is outside the tree or not above the one before it"
    case .badPublicValueCount(let count):
      "\(count) public values are not eight times a power of two within their space"
    case .otherMemory(let difference): "the memory is not the circuit's: \(difference)"
    case .notRecorded: "the run was not recorded: it has no traces"
    case .memory(let error): error.description
    case .trace(let error): error.description
    }
  }
}
