import Glibc
import WeftMemory

/// What a C function does to guest memory, its own spaces and registers while the host watches: done at once, so that
/// it sees its own writes, but undone again before it counts. `commit` then makes the accesses through the
/// controller; a failure leaves nothing behind.
struct NativeTransaction {
  enum Target: Equatable {
    case memory
    case space(AddressSpaceID)
    case register
  }

  private enum Kind { case read, write, advance }

  private struct Operation {
    var kind: Kind
    var target: Target
    /// Guest address, pointer in bytes, register index; ticks of an advance.
    var place: UInt32
    var count: Int
    /// Where the written bytes, then the replaced ones, begin in `data`.
    var data: Int
  }

  private var operations: [Operation] = []
  private var data: [UInt8] = []
  /// Time that everything takes, and the part of it in which nothing is accessed.
  private(set) var ticks: UInt64 = 0
  private(set) var idleTicks: UInt64 = 0
  /// Whether the writes stand in memory at present.
  private var isApplied = false

  /// Most memory for the notes of one instruction.
  private static let byteLimit = 1 << 30

  mutating func begin() {
    operations.removeAll(keepingCapacity: true)
    data.removeAll(keepingCapacity: true)
    (ticks, idleTicks) = (0, 0)
    isApplied = true
  }

  /// Whether one more operation with so many bytes can be noted: an array that grows too far would end the process.
  mutating func makeRoom(_ count: Int) -> Bool {
    let stride = MemoryLayout<Operation>.stride
    guard count <= Self.byteLimit, data.count &+ count &+ operations.count &* stride <= Self.byteLimit else {
      return false
    }
    func canGrow(_ bytes: Int) -> Bool {
      let attempt = malloc(bytes)
      free(attempt)
      return attempt != nil
    }
    if operations.count == operations.capacity, operations.capacity > 1 << 16 {
      guard canGrow(2 &* operations.capacity &* stride) else { return false }
    }
    if data.capacity &- data.count < count {
      let capacity = max(2 &* data.capacity, data.count &+ count)
      if capacity > 1 << 20, !canGrow(capacity &+ 64) { return false }
      data.reserveCapacity(capacity)
    }
    return true
  }

  /// - Parameter isKept: whether `commit` has to make the access; else it only takes its time.
  mutating func read(_ target: Target, _ place: UInt32, count: Int, ticks: UInt64, isKept: Bool) {
    self.ticks &+= ticks
    guard isKept else { return }
    operations.append(Operation(kind: .read, target: target, place: place, count: count, data: 0))
  }

  /// Writes `count` bytes at `cell`, which stands for `place`.
  mutating func write(
    _ target: Target, _ place: UInt32, from source: UnsafeRawPointer, count: Int,
    to cell: UnsafeMutableRawPointer, ticks: UInt64
  ) {
    self.ticks &+= ticks
    operations.append(Operation(kind: .write, target: target, place: place, count: count, data: data.count))
    data.append(contentsOf: UnsafeRawBufferPointer(start: source, count: count))
    data.append(contentsOf: UnsafeRawBufferPointer(start: cell, count: count))
    data.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        cell.copyMemory(from: start + bytes.count - 2 * count, byteCount: count)
      }
    }
  }

  mutating func advance(by ticks: UInt32, isKept: Bool) {
    self.ticks &+= UInt64(ticks)
    idleTicks &+= UInt64(ticks)
    guard isKept else { return }
    operations.append(Operation(kind: .advance, target: .register, place: ticks, count: 0, data: 0))
  }

  /// Takes all writes back, the last first.
  /// - Parameter cell: where the first byte of a place is stored.
  mutating func rollBack(_ cell: (Target, UInt32) -> UnsafeMutableRawPointer?) {
    guard isApplied else { return }
    isApplied = false
    data.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      for operation in operations.reversed() where operation.kind == .write {
        cell(operation.target, operation.place)?
          .copyMemory(from: start + operation.data + operation.count, byteCount: operation.count)
      }
    }
  }

  /// Makes the accesses, in order. They have been checked; memory must be rolled back.
  func commit(_ guest: Guest) throws(Trap) {
    for operation in operations {
      let (place, count) = (operation.place, operation.count)
      let bytes = data[operation.data..<operation.data &+ (operation.kind == .write ? count : 0)]
      switch (operation.kind, operation.target) {
      case (.advance, _): try guest.idle(place)
      case (.read, .register): _ = try guest.register(Int(place))
      case (.write, .register):
        let value = bytes.reversed().reduce(UInt32(0)) { $0 &<< 8 | UInt32($1) }
        try guest.setRegister(Int(place), to: value)
      case (.read, .memory): try guest.touchBytes(at: place, count: count)
      case (.write, .memory): try guest.writeBytes(bytes, at: place)
      case (.read, .space(let space)): _ = try guest.readSpace(space, at: UInt64(place), count: count)
      case (.write, .space(let space)): try guest.writeSpace(bytes, space, at: UInt64(place))
      }
    }
  }
}
