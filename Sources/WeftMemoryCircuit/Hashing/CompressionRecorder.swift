import WeftField

/// A hash that some chip looks up: the two digests that go in.
public struct CompressionRequest: Hashable, Sendable, BitwiseCopyable {
  public var left: Digest
  public var right: Digest

  public init(_ left: Digest, _ right: Digest = Digest()) {
    self.left = left
    self.right = right
  }
}

/// The hashes of a run, each once, in the order in which they were first asked for, and how often.
public struct CompressionRecords: Sendable {
  public internal(set) var requests: [CompressionRequest] = []
  public internal(set) var multiplicities: [UInt32] = []

  public init() {}

  public var count: Int { requests.count }
}

/// Collects the hashes that chips look up, for the chip that proves them.
public struct CompressionRecorder: Sendable {
  public private(set) var records = CompressionRecords()
  private let hasher: any MemoryHasher
  /// An open hash table: 1 + the number of a record, or 0. Its size is a power of two.
  private var slots = [UInt32](repeating: 0, count: 1 << 10)

  public init(hasher: any MemoryHasher = Poseidon2Hasher()) { self.hasher = hasher }

  /// Notes hashes that were computed elsewhere; equal ones are counted.
  public mutating func receive(batch: [CompressionRequest]) {
    for request in batch { receive(request) }
  }

  /// Computes a hash and notes it.
  public mutating func compress(_ left: Digest, _ right: Digest) -> Digest {
    receive(CompressionRequest(left, right))
    return hasher.compress(left, right)
  }

  private mutating func receive(_ request: CompressionRequest) {
    if 2 * records.count >= slots.count { grow() }
    let slot = place(request)
    if slots[slot] == 0 {
      records.requests.append(request)
      records.multiplicities.append(1)
      slots[slot] = UInt32(truncatingIfNeeded: records.count)
    } else {
      records.multiplicities[Int(slots[slot]) - 1] &+= 1
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    for (index, request) in records.requests.enumerated() {
      slots[place(request)] = UInt32(truncatingIfNeeded: index + 1)
    }
  }

  /// The slot of a request, or the free one where it belongs.
  private func place(_ request: CompressionRequest) -> Int {
    // Most inputs are hashes already; leaves differ in their cells.
    var hash: UInt64 = 0
    for i in 0..<8 {
      let word = UInt64(request.left[i].montgomery) | UInt64(request.right[i].montgomery) &<< 32
      hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash &>> 32
    }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0, records.requests[Int(slots[slot]) - 1] != request { slot = (slot + 1) & mask }
    return slot
  }
}
