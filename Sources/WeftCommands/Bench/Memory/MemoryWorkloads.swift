import CMemoryBaseline
import WeftMemory

/// One iteration of each row of the table; the same in C in CMemoryBaseline. Every one returns a number made from
/// what it read.
enum MemoryWorkloads<Memory: BenchmarkedMemory & ~Copyable> {
  typealias Target = UnsafeMutablePointer<Memory>

  /// The bytes that copying workloads read.
  @inline(__always)
  private static var source: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory_baseline_source(), count: 1024)
  }

  @inline(__always)
  static func initialize(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    1 &+ UInt64(truncatingIfNeeded: memory.pointee.contextSize)
  }

  @inline(__always)
  fileprivate static func readWord(_ memory: Target, _ offset: Int) throws(EVMMemoryError) -> UInt64 {
    // As bytes lie in memory: limbs are the other way round.
    let limbs = try memory.pointee.word(at: offset).limbs
    return limbs.3.byteSwapped ^ limbs.2.byteSwapped &<< 1 ^ limbs.1.byteSwapped &<< 2
      ^ limbs.0.byteSwapped &<< 3
  }

  @inline(__always)
  private static func readUInt256(_ memory: Target, _ offset: Int) throws(EVMMemoryError) -> UInt64 {
    let limbs = try memory.pointee.limbs(at: offset)
    return limbs.0 ^ limbs.1 &<< 1 ^ limbs.2 &<< 2 ^ limbs.3 &<< 3
  }

  @inline(__always)
  fileprivate static func repeated(_ value: Int) -> EVMMemory.Word {
    EVMMemory.Word(repeating: UInt8(truncatingIfNeeded: value))
  }

  @inline(__always)
  static func bytes(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<100 {
      try memory.pointee.setByte(UInt8(truncatingIfNeeded: 7 &* index &+ 1), at: index)
      sum &+= UInt64(try memory.pointee.byte(at: index))
    }
    return sum
  }

  @inline(__always)
  static func words(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<32 {
      try memory.pointee.setWord(repeated(index &+ 1), at: 32 &* index)
      sum &+= try readWord(memory, 32 &* index)
    }
    return sum
  }

  @inline(__always)
  static func uint256(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<16 {
      let value = UInt64(truncatingIfNeeded: index)
      try memory.pointee.setLimbs(value &+ 1, 3 &* value, 5 &* value, 7 &* value, at: 32 &* index)
      sum &+= try readUInt256(memory, 32 &* index)
    }
    return sum
  }

  @inline(__always)
  private static func ensure(_ memory: Target, kib: Int) -> UInt64 {
    do throws(EVMMemoryError) {
      let words = try memory.pointee.ensureContextCapacity(kib &<< 10)
      return UInt64(truncatingIfNeeded: words &+ memory.pointee.contextSize)
    } catch {
      return 1_000_003
    }
  }

  @inline(__always)
  static func expansion(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 1...10 { sum &+= ensure(memory, kib: index) }
    return sum
  }

  @inline(__always)
  static func data(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<10 {
      try memory.pointee.setData(source, at: index &<< 10)
      sum &+= UInt64(try memory.pointee.byte(at: index &<< 10 &+ index))
    }
    return sum
  }

  @inline(__always)
  static func copy(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    try memory.pointee.setData(UnsafeRawBufferPointer(start: memory_baseline_source(), count: 256), at: 0)
    for index in 0..<10 {
      try memory.pointee.copy(from: 32 &* index, to: 48 &* index, count: 128)
      sum &+= UInt64(try memory.pointee.byte(at: 48 &* index &+ 100))
    }
    return sum
  }

  @inline(__always)
  static func bounded(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    let source = UnsafeRawBufferPointer(start: memory_baseline_source(), count: 512)
    for index in 0..<20 {
      try memory.pointee.setData(source, sourceOffset: 16 &* index, at: 64 &* index, count: 128)
      sum &+= UInt64(try memory.pointee.byte(at: 64 &* index &+ 5))
    }
    return sum
  }

  @inline(__always)
  static func slices(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    _ = try memory.pointee.ensureContextCapacity(4096)
    try memory.pointee.setWord(repeated(9), at: 992)
    for index in 0..<100 {
      let view = try memory.pointee.bytes(at: 32 &* index, count: 64)
      let last = view.loadUnaligned(fromByteOffset: 63, as: UInt8.self)
      sum &+=
        UInt64(truncatingIfNeeded: view.count) &+ UInt64(view.loadUnaligned(as: UInt8.self)) &+ UInt64(last)
    }
    return sum
  }

  /// The documents' row never reaches its limit; the second half does.
  @inline(__always)
  static func limit(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum = try expansion(memory)
    for index in 7...9 { sum &+= ensure(memory, kib: 8 &* index) }
    return sum
  }

  @inline(__always)
  private static func resized(_ memory: Target, _ size: Int) throws(EVMMemoryError) -> UInt64 {
    try memory.pointee.resizeContext(to: size)
    return UInt64(truncatingIfNeeded: memory.pointee.contextSize)
  }

  @inline(__always)
  static func resize(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum = try resized(memory, 33) &+ (try resized(memory, 100))
    for shift in 8...12 { sum &+= try resized(memory, 1 &<< shift) }
    return sum
  }

  @inline(__always)
  static func alignedResize(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum = try resized(memory, 64) &+ (try resized(memory, 128))
    for shift in 8...12 { sum &+= try resized(memory, 1 &<< shift) }
    return sum
  }

  @inline(__always)
  static func growth(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 1...256 { sum &+= ensure(memory, kib: 4 &* index) }
    return sum
  }

  @inline(__always)
  private static func scattered(_ index: Int) -> Int {
    Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: index) &* 2_654_435_761 &>> 7 & 1023)
  }

  @inline(__always)
  static func hotWords(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<1024 {
      let place = scattered(index)
      try memory.pointee.setWord(repeated(index), at: 32 &* place)
      sum &+= try readWord(memory, 32 &* (1023 &- place))
    }
    return sum
  }

  @inline(__always)
  static func hotBytes(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<1024 {
      let place = scattered(index)
      try memory.pointee.setByte(UInt8(truncatingIfNeeded: index), at: 7 &* place)
      sum &+= UInt64(try memory.pointee.byte(at: 5 &* place))
    }
    return sum
  }

  @inline(__always)
  static func hotUInt256(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<1024 {
      let place = scattered(index)
      let (first, second) = (UInt64(truncatingIfNeeded: index), UInt64(truncatingIfNeeded: place))
      try memory.pointee.setLimbs(first, second, first &+ second, first ^ second, at: 32 &* place)
      sum &+= try readUInt256(memory, 32 &* (1023 &- place))
    }
    return sum
  }
}

// With call contexts.
extension MemoryWorkloads where Memory: CheckpointedMemory & ~Copyable {
  @inline(__always)
  static func children(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<10 {
      try memory.pointee.enterChild()
      memory_baseline_keep(memory)
      try memory.pointee.leaveChild()
      memory_baseline_keep(memory)
      sum &+= 2
    }
    return sum
  }

  @inline(__always)
  static func nested(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 1...3 {
      try memory.pointee.enterChild()
      try memory.pointee.setWord(repeated(index), at: 0)
    }
    for _ in 0..<3 {
      sum &+= try readWord(memory, 0)
      try memory.pointee.leaveChild()
    }
    // The root is empty: this throws and counts as 0.
    do throws(EVMMemoryError) { sum &+= try readWord(memory, 0) } catch {}
    return sum
  }

  @inline(__always)
  static func deep(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<5 { try memory.pointee.enterChild() }
    for index in 0..<20 {
      try memory.pointee.setWord(repeated(index &+ 1), at: 32 &* index)
      sum &+= try readWord(memory, 32 &* index)
    }
    for _ in 0..<5 { try memory.pointee.leaveChild() }
    return sum
  }

  /// A call as the interpreter makes it; its parent has grown to its out-area before.
  @inline(__always)
  static func call(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    try memory.pointee.enterChild()
    let sum = UInt64(truncatingIfNeeded: try memory.pointee.ensureContextCapacity(2048))
    for index in 0..<4 { try memory.pointee.setWord(repeated(index &+ 1), at: 32 &* index) }
    memory_baseline_keep(memory)
    try memory.pointee.leaveChild(output: 32..<96)
    _ = try memory.pointee.copyReturnData(toArea: 128, count: 64)
    memory_baseline_keep(memory)
    return sum &+ (try readWord(memory, 144))
  }

  @inline(__always)
  static func callInNew(_ memory: Target) throws(EVMMemoryError) -> UInt64 {
    _ = try memory.pointee.ensureContextCapacity(256)
    return try call(memory)
  }
}
