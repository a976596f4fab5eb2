import Testing

@testable import WeftMemory

@Suite struct OfflineMemoryTests {
  typealias Record = AccessAdapterRecord

  /// The example of OpenVM's `docs/specs/memory.md` at c033e184cd: write 4 cells at 0, write 4 at 4, read 4 at
  /// 2; adapter records by `reference` table: kind, pointer, size, times of the halves.
  struct Golden: Sendable {
    var initialSize: Int
    var during: [String]
    var atEnd: [String]
    var blocks: [String]
  }

  static let golden = [
    Golden(
      initialSize: 1,
      during: [
        "M2(0;0,0)", "M2(2;0,0)", "M4(0;0,0)", "M2(4;0,0)", "M2(6;0,0)", "M4(4;0,0)", "S4(0;1,1)",
        "S4(4;2,2)", "M4(2;1,2)",
      ],
      atEnd: ["S2(0;1,1)", "S4(2;3,3)", "S2(2;3,3)", "S2(4;3,3)", "S2(6;2,2)"],
      blocks: ["0:1", "1:1", "2:3", "3:3", "4:3", "5:3", "6:2", "7:2"]),
    Golden(
      initialSize: 4, during: ["S4(0;1,1)", "S4(4;2,2)", "M4(2;1,2)"],
      atEnd: ["S4(2;3,3)", "M4(0;1,3)", "M4(4;3,2)"], blocks: ["0:3", "4:3"]),
    Golden(
      initialSize: 8, during: ["S8(0;0,0)", "S4(0;1,1)", "S4(4;2,2)", "M4(2;1,2)"],
      atEnd: ["S4(2;3,3)", "M4(0;1,3)", "M4(4;3,2)", "M8(0;3,3)"], blocks: ["0:3"]),
  ]

  private func names(_ records: borrowing AccessAdapterRecords, from first: Int) -> [String] {
    var result: [String] = []
    for index in first..<records.count {
      guard let record = records[index] else { continue }
      let kind = record.kind == .split ? "S" : "M"
      result.append(
        "\(kind)\(record.size)(\(record.address.pointer);\(record.leftTimestamp),\(record.rightTimestamp))")
    }
    return result
  }

  @Test(arguments: golden)
  func goldenVector(_ golden: Golden) throws {
    var memory = try OfflineMemory(
      image: MemoryImage(), configuration: testConfiguration(), initialBlockSize: golden.initialSize)
    let ids = [
      try memory.write([1, 2, 3, 4], to: MemoryAddress(.memory, 0)),
      try memory.write([5, 6, 7, 8], to: MemoryAddress(.memory, 4)),
      try memory.read(MemoryAddress(.memory, 2), count: 4),
    ]
    #expect(ids.map { memory.record($0)?.previousTimestamp } == [0, 0, 2])
    #expect(memory.record(ids[2])?.data == [3, 4, 5, 6])
    #expect(memory.record(ids[1])?.previousData == [0, 0, 0, 0])
    #expect(names(memory.adapterRecords, from: 0) == golden.during)
    let equipartition = try memory.finalize(blockSize: golden.initialSize)
    #expect(names(memory.adapterRecords, from: golden.during.count) == golden.atEnd)
    #expect(equipartition.blocks.map { "\($0.address.pointer):\($0.timestamp)" } == golden.blocks)
    #expect(equipartition.blocks.flatMap { equipartition.values(of: $0) } == [1, 2, 3, 4, 5, 6, 7, 8])
    let count = memory.adapterRecords.count
    #expect(try memory.finalize(blockSize: golden.initialSize) == equipartition)
    #expect(memory.adapterRecords.count == count)
    for size in AccessAdapterRecords.sizes {
      #expect(memory.adapterRecords.splitCount(size: size) == memory.adapterRecords.mergeCount(size: size))
    }
  }

  @Test func splitsHoldTheDataBeforeTheWrite() throws {
    var memory = try OfflineMemory(
      image: MemoryImage(), configuration: testConfiguration(), initialBlockSize: 4)
    try memory.write([1, 2, 3, 4], to: MemoryAddress(.memory, 0))
    try memory.write([9], to: MemoryAddress(.memory, 1))
    #expect(memory.adapterRecords[0]?.data == [1, 2, 3, 4])
    #expect(memory.adapterRecords[1]?.data == [1, 2])
  }

  /// Block-sized workloads: the log and its replay give the records that the online form has.
  @Test(arguments: [MemoryInterface.volatile, .persistent], [UInt64(1), 2])
  func replayEqualsOnline(_ interface: MemoryInterface, _ seed: UInt64) throws {
    let configuration = testConfiguration()
    var image = MemoryImage()
    if interface == .persistent {
      try image.setBytes((0..<100).map { UInt8($0) }, at: MemoryAddress(.memory, 4050))
      try image.setBytes([1, 2, 3], at: MemoryAddress(byte32, 60))
    }
    var logged = try MemoryController(
      configuration, interface: interface, mode: .recorded(.accessLog))
    var online = try MemoryController(
      configuration, interface: interface, mode: .recorded(.instructionRecords))
    try logged.setInitialMemory(image)
    try online.setInitialMemory(image)
    var generator = SeededGenerator(seed: seed)
    for step in 0..<1500 {
      let space = configuration.spaces[step % configuration.spaces.count]
      if space.id == .immediate {
        _ = try logged.readCell(MemoryAddress(.immediate, 3))
        _ = try online.readCell(MemoryAddress(.immediate, 3))
        try logged.advanceTimestamp(by: 2)
        try online.advanceTimestamp(by: 2)
        continue
      }
      let block = UInt32.random(in: 0..<32, using: &generator)
      let address = MemoryAddress(space.id, block * UInt32(space.blockSize))
      if Bool.random(using: &generator) {
        let values = (0..<space.blockSize).map { _ in UInt32.random(in: 0...255, using: &generator) }
        #expect(try logged.write(values, to: address).values == online.write(values, to: address).values)
      } else {
        let (left, right) = (
          try logged.read(address, count: space.blockSize), try online.read(address, count: space.blockSize)
        )
        #expect(left.values == right.values && left.record.index == right.record.index)
      }
    }
    #expect(try logged.traceHeights() == online.traceHeights())
    #expect(logged.metrics.counts == online.metrics.counts)
    #expect(logged.metrics.touchedBlockCount == online.metrics.touchedBlockCount)
    let a = try logged.finalize()
    let b = try online.finalize()
    try a.validate()
    try b.validate()
    #expect(a.image == b.image && a.timestamp == b.timestamp)
    let left = try a.makeProofInputs()
    let right = try b.makeProofInputs()
    #expect(all(left.records) == all(right.records))
    #expect(left.equipartition == right.equipartition)
    #expect(left.adapterRecords.sorted == right.adapterRecords.sorted)
    if interface == .volatile { #expect(left.adapterRecords.count == 0) }
    #expect(left.equipartition.count > 100)
  }

  @Test(arguments: [MemoryInterface.volatile, .persistent], [UInt64(5), 6, 7])
  func unalignedAccessesStayBalanced(_ interface: MemoryInterface, _ seed: UInt64) throws {
    var memory = try MemoryController(
      testConfiguration(alignment: .any), interface: interface, mode: .recorded(.accessLog))
    var generator = SeededGenerator(seed: seed)
    var model: [MemoryAddress: (value: UInt32, time: UInt32)] = [:]
    var expected: [(RecordID, previousTime: UInt32)] = []
    for _ in 0..<600 {
      let space = [AddressSpaceID.memory, byte1, byte8, byte32].randomElement(using: &generator)!
      let count = 1 << Int.random(in: 0...5, using: &generator)
      let address = MemoryAddress(space, 4000 + UInt32.random(in: 0..<200, using: &generator))
      let cells = (0..<UInt32(count)).map { MemoryAddress(space, address.pointer + $0) }
      let now = memory.timestamp
      let record: RecordID
      if Bool.random(using: &generator) {
        let values = cells.map { _ in UInt32.random(in: 0...255, using: &generator) }
        record = try memory.write(values, to: address).record
        expected.append((record, cells.map { model[$0]?.time ?? 0 }.max()!))
        for (cell, value) in zip(cells, values) { model[cell] = (value, now) }
      } else {
        let access = try memory.read(address, count: count)
        #expect(access.values == cells.map { model[$0]?.value ?? 0 })
        record = access.record
        expected.append((record, cells.map { model[$0]?.time ?? 0 }.max()!))
        for (cell, value) in zip(cells, access.values) { model[cell] = (value, now) }
      }
    }
    let heights = try memory.traceHeights()
    let final = try memory.finalize()
    try final.validate()
    let inputs = try final.makeProofInputs()
    // A merged block takes the later time of its parts, so its previous time is the latest of its cells'.
    for (record, time) in expected { #expect(inputs.records.record(record)?.previousTimestamp == time) }
    if interface == .volatile { #expect(inputs.equipartition.count == heights?.boundary) }
    var rows = 0
    for size in AccessAdapterRecords.sizes { rows += heights?.adapters[size] ?? 0 }
    #expect(rows == inputs.adapterRecords.count && rows > 600)
    #expect(inputs.equipartition.blocks.map(\.address) == inputs.equipartition.blocks.map(\.address).sorted())
    for block in inputs.equipartition.blocks {
      for (offset, value) in inputs.equipartition.values(of: block).enumerated() {
        let cell = MemoryAddress(block.address.space, block.address.pointer + UInt32(offset))
        #expect(value == model[cell]?.value ?? 0)
      }
    }
  }

  @Test func replayOneEntryAtATime() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    try memory.writeWord(7, .memory, 0)
    try memory.advanceTimestamp(by: 5)
    let read = try memory.read(MemoryAddress(.memory, 0), count: 4)
    let final = try memory.finalize()
    var offline = try final.makeOfflineMemory()
    var steps = 0
    while try offline.replayNext(of: final.accessLog) { steps += 1 }
    #expect(steps == 3)
    #expect(offline.timestamp == final.timestamp)
    #expect(offline.record(RecordID(index: 1)) == nil)
    #expect(
      offline.record(read.record)
        == MemoryRecord(
          address: MemoryAddress(.memory, 0), kind: .read, timestamp: 7, previousTimestamp: 1,
          data: [7, 0, 0, 0], previousData: [7, 0, 0, 0]))
    try final.accessLog.replay(into: &offline)
    #expect(offline.replayedCount == 3)
  }

  @Test func recordsOfAnOnlineRunAreReplayed() throws {
    var online = try MemoryController(testConfiguration(), mode: .recorded(.instructionRecords))
    var other = try MemoryController(testConfiguration(), mode: .recorded(.instructionRecords))
    try online.writeWord(7, .memory, 0)
    try other.writeWord(8, .memory, 0)
    try online.advanceTimestamp(by: 5)
    try other.advanceTimestamp(by: 5)
    _ = try online.readCell(MemoryAddress(.immediate, 9))
    _ = try online.read(MemoryAddress(.memory, 0), count: 4)
    _ = try other.read(MemoryAddress(.memory, 4), count: 4)
    let final = try online.finalize()
    var offline = try final.makeOfflineMemory()
    try offline.replay(final.records)
    #expect(offline.timestamp == final.timestamp && offline.records.count == 4)
    #expect(all(offline.records) == all(final.records))
    #expect(try offline.finalize() == final.makeProofInputs().equipartition)
    // The second run's records do not follow from an image in which the word is 1.
    let second = try other.finalize()
    var wrong = try OfflineMemory(
      image: MemoryImage(bytes: [1], at: MemoryAddress(.memory, 0)), configuration: testConfiguration(),
      interface: .imageTable)
    #expect(
      failure { () throws(MemoryError) in try wrong.replay(second.records) }
        == .replayMismatch(.record(index: 0)))
  }

  @Test func numbersOfOtherRunsAreRefused() throws {
    var first = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    var second = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    let foreign = try first.readCell(MemoryAddress(.memory, 0)).record
    let own = try second.readCell(MemoryAddress(.memory, 0)).record
    let inputs = try second.finalize().makeProofInputs()
    #expect(inputs.records.record(foreign) == nil)
    #expect(inputs.records.record(own) != nil)
    #expect(inputs.records.record(.none) == nil)
  }

  @Test func blockSizesMustMatchTheBoundary() throws {
    var memory = try OfflineMemory(
      image: MemoryImage(), configuration: testConfiguration(), interface: .volatile)
    #expect(
      failure { () throws(MemoryError) in _ = try memory.finalize(blockSize: 8) }
        == .blockSizeMismatch(requested: 8, required: 4))
    #expect(
      failure { () throws(MemoryError) in
        _ = try OfflineMemory(
          image: MemoryImage(), configuration: testConfiguration(), initialBlockSize: 3)
      } == .blockSizeMismatch(requested: 3, required: 32))
  }

  @Test func emptyRun() throws {
    for form in [RecordForm.accessLog, .instructionRecords] {
      let memory = try MemoryController(testConfiguration(), mode: .recorded(form))
      #expect(try memory.traceHeights() == MemoryTraceHeights(boundary: 1, adapters: [:]))
      let persistent = try MemoryController(
        testConfiguration(), interface: .persistent, mode: .recorded(form))
      #expect(try persistent.traceHeights() == MemoryTraceHeights(boundary: 1, merkle: 60, adapters: [:]))
      let final = try memory.finalize()
      try final.validate()
      let inputs = try final.makeProofInputs()
      #expect(inputs.equipartition.count == 0 && inputs.adapterRecords.count == 0)
    }
  }

  @Test func refusedAccessesOfflineChangeNothing() throws {
    var memory = try OfflineMemory(
      image: MemoryImage(), configuration: testConfiguration(), interface: .volatile)
    let end = MemoryRange(MemoryAddress(.memory, 65534), count: 4)
    #expect(
      failure { () throws(MemoryError) in try memory.read(end.address, count: 4) }
        == .addressOutOfBounds(end, limit: 65536))
    #expect(
      failure { () throws(MemoryError) in try memory.write([256], to: MemoryAddress(.memory, 0)) }
        == .nonCanonicalCell(256, at: MemoryAddress(.memory, 0)))
    #expect(memory.timestamp == 1 && memory.records.count == 0 && memory.adapterRecords.count == 0)
  }
}
