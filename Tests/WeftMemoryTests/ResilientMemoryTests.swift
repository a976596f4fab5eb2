import Testing

@testable import WeftMemory

@Suite struct ResilientMemoryTests {
  /// A memory that fails at chosen calls, before anything changes.
  struct FaultyMemory: ~Copyable, AddressableMemory {
    var memory: MemoryController
    /// Calls, counted from 1, that fail.
    var faults: Set<Int>
    var calls = 0

    init(faults: Set<Int> = []) throws(MemoryError) {
      memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
      self.faults = faults
    }

    var timestamp: UInt32 { memory.timestamp }
    var image: MemoryImage { memory.image }

    private mutating func call() throws(MemoryError) {
      calls += 1
      if faults.contains(calls) { throw .outOfMemory(bytes: UInt64(calls)) }
    }

    mutating func load(_ address: MemoryAddress, count: Int) throws(MemoryError) -> DynamicAccess {
      try call()
      return try memory.load(address, count: count)
    }

    mutating func store(_ values: [UInt32], to address: MemoryAddress) throws(MemoryError) -> DynamicAccess {
      try call()
      return try memory.store(values, to: address)
    }

    mutating func advanceTimestamp(by ticks: UInt32) throws(MemoryError) {
      try call()
      try memory.advanceTimestamp(by: ticks)
    }
  }

  private let address = MemoryAddress(.memory, 8)

  /// Five operations; the values read at the end.
  private func work(_ memory: inout ResilientMemory<FaultyMemory>) throws(MemoryError) -> DynamicAccess {
    try memory.store([1, 2, 3, 4], to: address)
    try memory.advanceTimestamp(by: 3)
    try memory.store([5, 6], to: MemoryAddress(.memory, 10))
    _ = try memory.load(address, count: 4)
    return try memory.load(address, count: 4)
  }

  @Test func retriesFindTheSameState() throws {
    var memory = ResilientMemory(
      try FaultyMemory(faults: [1, 3, 4, 7]), backup: nil, strategy: .retrying(2))
    let access = try work(&memory)
    #expect(access.values == [1, 2, 5, 6] && access.record.index == 4 && memory.timestamp == 8)
    let final = try memory.finish().memory.finalize()
    #expect(final.accessLog.count == 5)
    try final.validate()
  }

  @Test(arguments: 1...5) func theBackupTakesOverForGood(_ fault: Int) throws {
    var memory = ResilientMemory(
      try FaultyMemory(faults: Set(fault...100)), backup: try FaultyMemory(), strategy: .retrying(1))
    let access = try work(&memory)
    #expect(access.values == [1, 2, 5, 6] && memory.hasBackup == false)
    let final = try memory.finish().memory.finalize()
    try final.validate()
    let inputs = try final.makeProofInputs()
    // Its log is whole: it has the record of the last access under the number that was given.
    #expect(inputs.records.record(access.record)?.timestamp == 7)
    #expect(inputs.records.count == 5)
  }

  @Test func failuresWithoutABackupAreReportedAndChangeNothing() throws {
    var memory = ResilientMemory(
      try FaultyMemory(faults: [2, 3, 4]), backup: nil, strategy: .retrying(1))
    try memory.store([1, 2, 3, 4], to: address)
    let image = memory.image
    #expect(
      failure { () throws(MemoryError) in try memory.store([9], to: address) } == .outOfMemory(bytes: 3))
    #expect(memory.image == image && memory.timestamp == 2)
    let fails = RecoveryStrategy { _, _ in .fail }
    var strict = ResilientMemory(try FaultyMemory(faults: [1]), backup: try FaultyMemory(), strategy: fails)
    #expect(
      failure { () throws(MemoryError) in try strict.advanceTimestamp(by: 1) } == .outOfMemory(bytes: 1))
    #expect(strict.hasBackup == true)
    // A strategy that never gives up is stopped.
    let stubborn = RecoveryStrategy { _, _ in .retry }
    var stuck = ResilientMemory(
      try FaultyMemory(faults: Set(1...1000)), backup: nil, strategy: stubborn)
    #expect(
      failure { () throws(MemoryError) in try stuck.advanceTimestamp(by: 1) }
        == .outOfMemory(bytes: UInt64(ResilientMemory<FaultyMemory>.attemptLimit)))
  }

  @Test func aMirrorThatFailsIsDropped() throws {
    var memory = ResilientMemory(
      try FaultyMemory(), backup: try FaultyMemory(faults: [2]), strategy: .retrying(1))
    try memory.store([1, 2, 3, 4], to: address)
    #expect(memory.hasBackup == true)
    try memory.advanceTimestamp(by: 1)
    #expect(memory.hasBackup == false && memory.timestamp == 3)
  }
}
