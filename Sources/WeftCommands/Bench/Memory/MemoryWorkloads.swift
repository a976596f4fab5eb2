import CMemoryBaseline
import WeftMemory

// One iteration of each row of the table; the same in C in CMemoryBaseline. Every one returns a number made from what
// it read.

/// What the workloads share.
private enum Step {
  @inline(__always)
  static func readWord(
    _ memory: BenchmarkedMemory, _ offset: Int
  ) throws(EVMMemoryError) -> UInt64 {
    // As bytes lie in memory: limbs are the other way round.
    let limbs = try memory.word(at: offset).limbs
    return limbs.3.byteSwapped ^ limbs.2.byteSwapped &<< 1 ^ limbs.1.byteSwapped &<< 2
      ^ limbs.0.byteSwapped &<< 3
  }

  @inline(__always)
  static func readUInt256(
    _ memory: BenchmarkedMemory, _ offset: Int
  ) throws(EVMMemoryError) -> UInt64 {
    let limbs = try memory.limbs(at: offset)
    return limbs.0 ^ limbs.1 &<< 1 ^ limbs.2 &<< 2 ^ limbs.3 &<< 3
  }

  @inline(__always)
  static func repeated(_ value: Int) -> EVMMemory.Word {
    EVMMemory.Word(repeating: UInt8(truncatingIfNeeded: value))
  }

  @inline(__always)
  static func ensure(_ memory: BenchmarkedMemory, kib: Int)
    -> UInt64
  {
    do throws(EVMMemoryError) {
      let words = try memory.ensureContextCapacity(kib &<< 10)
      return UInt64(truncatingIfNeeded: words &+ memory.contextSize)
    } catch {
      return 1_000_003
    }
  }

  @inline(__always)
  static func resized(
    _ memory: BenchmarkedMemory, _ size: Int
  ) throws(EVMMemoryError) -> UInt64 {
    try memory.resizeContext(to: size)
    return UInt64(truncatingIfNeeded: memory.contextSize)
  }

  @inline(__always)
  static func scattered(_ index: Int) -> Int {
    Int(truncatingIfNeeded: (UInt32(truncatingIfNeeded: index) &* 2_654_435_761) &>> 7 & 1023)
  }

  /// The word as far from the end as `place` is from the beginning.
  @inline(__always)
  static func opposite(_ place: Int) -> Int { 32 &* (place ^ 1023) }
}

enum Initialization {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    1 &+ UInt64(truncatingIfNeeded: memory.contextSize)
  }
}

enum ByteOperations {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<100 {
      try memory.setByte(UInt8(truncatingIfNeeded: 7 &* index &+ 1), at: index)
      sum &+= UInt64(try memory.byte(at: index))
    }
    return sum
  }
}

enum WordOperations {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<32 {
      try memory.setWord(Step.repeated(index &+ 1), at: 32 &* index)
      sum &+= try Step.readWord(memory, 32 &* index)
    }
    return sum
  }
}

enum UInt256Operations {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<16 {
      let value = UInt64(truncatingIfNeeded: index)
      try memory.setLimbs(value &+ 1, 3 &* value, 5 &* value, 7 &* value, at: 32 &* index)
      sum &+= try Step.readUInt256(memory, 32 &* index)
    }
    return sum
  }
}

enum Expansion {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 1...10 { sum &+= Step.ensure(memory, kib: index) }
    return sum
  }
}

enum DataCopies {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<10 {
      try memory.setData(
        UnsafeRawBufferPointer(start: memory_baseline_source(), count: 1024), at: index &<< 10)
      sum &+= UInt64(try memory.byte(at: index &<< 10 &+ index))
    }
    return sum
  }
}

enum OverlappingCopies {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    try memory.setData(UnsafeRawBufferPointer(start: memory_baseline_source(), count: 256), at: 0)
    for index in 0..<10 {
      try memory.copy(from: 32 &* index, to: 48 &* index, count: 128)
      sum &+= UInt64(try memory.byte(at: 48 &* index &+ 100))
    }
    return sum
  }
}

enum BoundedCopies {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    let source = UnsafeRawBufferPointer(start: memory_baseline_source(), count: 512)
    for index in 0..<20 {
      try memory.setData(source, sourceOffset: 16 &* index, at: 64 &* index, count: 128)
      sum &+= UInt64(try memory.byte(at: 64 &* index &+ 5))
    }
    return sum
  }
}

enum Slices {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    _ = try memory.ensureContextCapacity(4096)
    try memory.setWord(Step.repeated(9), at: 992)
    for index in 0..<100 {
      let view = try memory.bytes(at: 32 &* index, count: 64)
      let last = view.loadUnaligned(fromByteOffset: 63, as: UInt8.self)
      sum &+=
        UInt64(truncatingIfNeeded: view.count) &+ UInt64(view.loadUnaligned(as: UInt8.self)) &+ UInt64(last)
    }
    return sum
  }
}

/// The documents' row never reaches its limit; the second half does.
enum LimitEnforcement {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum = try Expansion.run(memory)
    for index in 7...9 { sum &+= Step.ensure(memory, kib: 8 &* index) }
    return sum
  }
}

enum Resizes {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum = try Step.resized(memory, 33) &+ (try Step.resized(memory, 100))
    for shift in 8...12 { sum &+= try Step.resized(memory, 1 &<< shift) }
    return sum
  }
}

enum AlignedResizes {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum = try Step.resized(memory, 64) &+ (try Step.resized(memory, 128))
    for shift in 8...12 { sum &+= try Step.resized(memory, 1 &<< shift) }
    return sum
  }
}

enum Growth {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 1...256 { sum &+= Step.ensure(memory, kib: 4 &* index) }
    return sum
  }
}

enum HotWords {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<1024 {
      let place = Step.scattered(index)
      try memory.setWord(Step.repeated(index), at: 32 &* place)
      sum &+= try Step.readWord(memory, Step.opposite(place))
    }
    return sum
  }
}

enum HotBytes {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<1024 {
      let place = Step.scattered(index)
      try memory.setByte(UInt8(truncatingIfNeeded: index), at: 7 &* place)
      sum &+= UInt64(try memory.byte(at: 5 &* place))
    }
    return sum
  }
}

enum HotUInt256 {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<1024 {
      let place = Step.scattered(index)
      let (first, second) = (UInt64(truncatingIfNeeded: index), UInt64(truncatingIfNeeded: place))
      try memory.setLimbs(first, second, first &+ second, first ^ second, at: 32 &* place)
      sum &+= try Step.readUInt256(memory, Step.opposite(place))
    }
    return sum
  }
}

enum Children {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<10 {
      try memory.enterChild()
      memory.keep()
      try memory.leaveChild()
      memory.keep()
      sum &+= 2
    }
    return sum
  }
}

enum NestedContexts {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for index in 1...3 {
      try memory.enterChild()
      try memory.setWord(Step.repeated(index), at: 0)
    }
    for _ in 0..<3 {
      sum &+= try Step.readWord(memory, 0)
      try memory.leaveChild()
    }
    // The root is empty: this throws and counts as 0.
    do throws(EVMMemoryError) { sum &+= try Step.readWord(memory, 0) } catch {}
    return sum
  }
}

enum DeepContexts {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<5 { try memory.enterChild() }
    for index in 0..<20 {
      try memory.setWord(Step.repeated(index &+ 1), at: 32 &* index)
      sum &+= try Step.readWord(memory, 32 &* index)
    }
    for _ in 0..<5 { try memory.leaveChild() }
    return sum
  }
}

/// A call as the interpreter makes it; its parent has grown to its out-area before.
enum Call {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    try memory.enterChild()
    let sum = UInt64(truncatingIfNeeded: try memory.ensureContextCapacity(2048))
    for index in 0..<4 { try memory.setWord(Step.repeated(index &+ 1), at: 32 &* index) }
    memory.keep()
    try memory.leaveChild(output: 32..<96)
    _ = try memory.copyReturnData(toArea: 128, count: 64)
    memory.keep()
    return sum &+ (try Step.readWord(memory, 144))
  }
}

enum CallInNewMemory {
  @inline(__always)
  static func run(_ memory: BenchmarkedMemory) throws(EVMMemoryError) -> UInt64 {
    _ = try memory.ensureContextCapacity(256)
    return try Call.run(memory)
  }
}
