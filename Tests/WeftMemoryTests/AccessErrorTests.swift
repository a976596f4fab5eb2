import Testing

@testable import WeftMemory

private func range(_ space: AddressSpaceID, _ pointer: UInt32, _ count: Int) -> MemoryRange {
  MemoryRange(MemoryAddress(space, pointer), count: count)
}

/// Each call with each error, in every mode: the error is the documented one and nothing has changed.
@Suite struct AccessErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var space: AddressSpaceID
    var pointer: UInt32
    var count: Int
    var read: MemoryError
    var write: MemoryError
    var testDescription: String { "\(space) \(pointer) × \(count)" }

    init(_ space: AddressSpaceID, _ pointer: UInt32, _ count: Int, _ error: MemoryError) {
      (self.space, self.pointer, self.count) = (space, pointer, count)
      (read, write) = (error, error)
    }
  }

  static let unknown = AddressSpaceID(3)
  static let cases: [Case] = [
    Case(unknown, 0, 4, .invalidAddressSpace(range(unknown, 0, 4))),
    Case(AddressSpaceID(.max), 1, 3, .invalidAddressSpace(range(AddressSpaceID(.max), 1, 3))),
    Case(.memory, 0, 0, .invalidAccessSize(range(.memory, 0, 0), maximum: 32)),
    Case(.memory, 0, 3, .sizeNotPowerOfTwo(range(.memory, 0, 3))),
    Case(.memory, 0, 48, .sizeNotPowerOfTwo(range(.memory, 0, 48))),
    Case(.memory, 0, 64, .invalidAccessSize(range(.memory, 0, 64), maximum: 32)),
    Case(.memory, 2, 4, .unalignedAccess(range(.memory, 2, 4), alignment: 4)),
    Case(byte32, 16, 32, .unalignedAccess(range(byte32, 16, 32), alignment: 32)),
    Case(.memory, 65536, 4, .addressOutOfBounds(range(.memory, 65536, 4), limit: 65536)),
    Case(.memory, .max &- 3, 4, .addressOutOfBounds(range(.memory, .max &- 3, 4), limit: 65536)),
    Case(.memory, .max, 1, .addressOutOfBounds(range(.memory, .max, 1), limit: 65536)),
    Case(.registers, 128, 4, .addressOutOfBounds(range(.registers, 128, 4), limit: 128)),
    Case(.native, 8192, 1, .addressOutOfBounds(range(.native, 8192, 1), limit: 8192)),
    // Several faults: the first in the documented order.
    Case(unknown, .max, 64, .invalidAddressSpace(range(unknown, .max, 64))),
    Case(.memory, .max, 48, .sizeNotPowerOfTwo(range(.memory, .max, 48))),
    Case(.memory, .max, 64, .invalidAccessSize(range(.memory, .max, 64), maximum: 32)),
    Case(.memory, .max &- 1, 4, .unalignedAccess(range(.memory, .max &- 1, 4), alignment: 4)),
  ]

  @Test(arguments: cases, allModes)
  func refusedAccessChangesNothing(_ test: Case, _ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    try memory.writeWord(0x1234_5678, .memory, 8)
    try memory.advanceTimestamp(by: 3)
    let address = MemoryAddress(test.space, test.pointer)
    try expectRefused(&memory, test.read) { (m) throws(MemoryError) in
      _ = try m.read(address, count: test.count)
    }
    try expectRefused(&memory, test.write) { (m) throws(MemoryError) in
      try m.write([UInt32](repeating: 1, count: test.count), to: address)
    }
    if test.space != .native, test.count > 0 {
      let bytes = [UInt8](repeating: 1, count: test.count)
      try expectRefused(&memory, test.write) { (m) throws(MemoryError) in
        try m.write(bytes.span, to: address)
      }
    }
    if test.count == 4 {
      try expectRefused(&memory, test.read) { (m) throws(MemoryError) in
        _ = try m.readWord(test.space, test.pointer)
      }
      try expectRefused(&memory, test.write) { (m) throws(MemoryError) in
        try m.writeWord(1, test.space, test.pointer)
      }
      try expectRefused(&memory, test.read) { (m) throws(MemoryError) in
        let _: MemoryAccess<4> = try m.read(address)
      }
      try expectRefused(&memory, test.write) { (m) throws(MemoryError) in
        let values: InlineArray<4, UInt32> = [1, 2, 3, 4]
        try m.write(values, to: address)
      }
    }
  }

  @Test(arguments: allModes)
  func immediates(_ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    let last = MemoryAddress(.immediate, AddressSpace.fieldOrder - 1)
    let access = try memory.readCell(last)
    #expect(access.value == last.pointer)
    #expect(memory.timestamp == (mode == .fast ? 1 : 2))
    let next = MemoryAddress(.immediate, last.pointer + 1)
    try expectRefused(&memory, .nonCanonicalCell(next.pointer, at: next)) { (m) throws(MemoryError) in
      _ = try m.readCell(next)
    }
    try expectRefused(&memory, .invalidAddressSpace(range(.immediate, 5, 1))) { (m) throws(MemoryError) in
      try m.writeCell(5, to: MemoryAddress(.immediate, 5))
    }
    try expectRefused(&memory, .invalidAccessSize(range(.immediate, 0, 2), maximum: 1)) {
      (m) throws(MemoryError) in _ = try m.read(MemoryAddress(.immediate, 0), count: 2)
    }
    if mode == .recorded(.instructionRecords) {
      #expect(
        memory.records.record(access.record)
          == MemoryRecord(
            address: last, kind: .read, timestamp: 1, previousTimestamp: 0, data: [last.pointer],
            previousData: [last.pointer]))
    }
  }

  @Test(arguments: allModes)
  func cellsHoldOnlyTheirValues(_ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    let native = MemoryAddress(.native, 7)
    try expectRefused(&memory, .nonCanonicalCell(AddressSpace.fieldOrder, at: native)) {
      (m) throws(MemoryError) in try m.writeCell(AddressSpace.fieldOrder, to: native)
    }
    try expectRefused(&memory, .nonCanonicalCell(.max, at: native)) { (m) throws(MemoryError) in
      let ones: [UInt8] = [255, 255, 255, 255]
      try m.write(ones.span, to: native)
    }
    try expectRefused(&memory, .nonCanonicalCell(256, at: MemoryAddress(.memory, 6))) {
      (m) throws(MemoryError) in try m.write([1, 2, 256, 4], to: MemoryAddress(.memory, 4))
    }
    try expectRefused(&memory, .nonCanonicalCell(300, at: MemoryAddress(.memory, 9))) {
      (m) throws(MemoryError) in
      try m.writeSequence([1, 2, 3, 4, 5, 300, 7, 8], at: MemoryAddress(.memory, 4))
    }
    let word: MemoryError =
      mode == .recorded(.instructionRecords)
      ? .accessNotABlock(range(.native, 4, 4), blockSize: 1) : .notByteCells(range(.native, 4, 4))
    try expectRefused(&memory, word) { (m) throws(MemoryError) in _ = try m.readWord(.native, 4) }
    try memory.writeCell(AddressSpace.fieldOrder - 1, to: native)
    #expect(try memory.peekCell(native) == AddressSpace.fieldOrder - 1)
  }

  @Test(arguments: [RunMode.metered, .recorded(.accessLog), .recorded(.instructionRecords)])
  func clockEndsAtItsLastTime(_ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    let last: UInt32 = 1 << 29 - 1
    try memory.advanceTimestamp(by: last - 2)
    #expect(memory.timestamp == last - 1)
    try memory.writeWord(5, .memory, 0)
    #expect(memory.timestamp == last)
    let word = range(.memory, 0, 4)
    let violation = MemoryError.timestampViolation(word, current: last, requested: UInt64(last) + 1)
    try expectRefused(&memory, violation) { (m) throws(MemoryError) in _ = try m.readWord(.memory, 0) }
    try expectRefused(&memory, violation) { (m) throws(MemoryError) in try m.writeWord(1, .memory, 0) }
    try expectRefused(&memory, violation) { (m) throws(MemoryError) in
      try m.write([1, 2, 3, 4], to: MemoryAddress(.memory, 0))
    }
    for ticks in [1, UInt32.max] {
      let ticksViolation = MemoryError.timestampViolation(
        nil, current: last, requested: UInt64(last) + UInt64(ticks))
      try expectRefused(&memory, ticksViolation) { (m) throws(MemoryError) in
        try m.advanceTimestamp(by: ticks)
      }
    }
    try expectRefused(&memory, .timestampViolation(nil, current: last, requested: 3)) {
      (m) throws(MemoryError) in try m.setTimestamp(3)
    }
    #expect(try memory.peekWord(.memory, 0) == 5)
    try memory.advanceTimestamp(by: 0)
  }

  @Test(arguments: [RecordForm.accessLog, .instructionRecords])
  func logLimitIsAnError(_ form: RecordForm) throws {
    var memory = try MemoryController(testConfiguration(accessLimit: 3), mode: .recorded(form))
    try memory.writeWord(1, .memory, 0)
    let two = range(.memory, 0, 12)
    try expectRefused(&memory, .logLimitReached(two, limit: 3)) { (m) throws(MemoryError) in
      try m.writeSequence([UInt32](repeating: 9, count: 12), at: two.address)
    }
    try expectRefused(&memory, .logLimitReached(two, limit: 3)) { (m) throws(MemoryError) in
      _ = try m.readSequence(at: two.address, count: 12)
    }
    _ = try memory.readWord(.memory, 0)
    try memory.advanceTimestamp(by: 2)
    let word = range(.memory, 4, 4)
    try expectRefused(&memory, .logLimitReached(word, limit: 3)) { (m) throws(MemoryError) in
      try m.writeWord(1, .memory, 4)
    }
    try expectRefused(&memory, .logLimitReached(nil, limit: 3)) { (m) throws(MemoryError) in
      try m.advanceTimestamp()
    }
    #expect(try memory.finalize().timestamp == 5)
  }

  @Test func onlineFormTakesOnlyBlocks() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.instructionRecords))
    try expectRefused(&memory, .accessNotABlock(range(.memory, 4, 1), blockSize: 4)) {
      (m) throws(MemoryError) in try m.writeCell(1, to: MemoryAddress(.memory, 4))
    }
    try expectRefused(&memory, .accessNotABlock(range(byte32, 4, 4), blockSize: 32)) {
      (m) throws(MemoryError) in _ = try m.readWord(byte32, 4)
    }
    try expectRefused(&memory, .accessNotABlock(range(.memory, 4, 2), blockSize: 4)) {
      (m) throws(MemoryError) in try m.writeSequence([1, 2, 3, 4, 5, 6], at: MemoryAddress(.memory, 0))
    }
  }

  @Test func buffersMustFit() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    let four = range(.memory, 0, 4)
    try expectRefused(&memory, .bufferSizeMismatch(four, expected: 4, actual: 3)) {
      (m) throws(MemoryError) in
      var bytes = [UInt8](repeating: 0, count: 3)
      var span = bytes.mutableSpan
      var raw = span.mutableBytes
      try raw.withUnsafeMutableBytes { buffer throws(MemoryError) in
        _ = try m.read(four.address, count: 4, into: buffer)
      }
    }
    try expectRefused(&memory, .bufferSizeMismatch(range(.native, 0, 1), expected: 4, actual: 5)) {
      (m) throws(MemoryError) in
      let five: [UInt8] = [0, 0, 0, 0, 0]
      try m.write(five.span, to: MemoryAddress(.native, 0))
    }
  }

  @Test func messagesNameSpacePointerAndSize() {
    #expect(
      MemoryError.unalignedAccess(range(.memory, 0x1002, 4), alignment: 4).description
        == "unaligned access: 4 cells at address space 2, pointer 0x1002; "
        + "the pointer must be a multiple of 4")
    #expect(
      MemoryError.timestampViolation(nil, current: 9, requested: 12).description
        == "timestamp violation: idle ticks, from 9 to 12")
  }

  @Test func initialMemory() throws {
    let image = try MemoryImage(bytes: [1, 2, 3], at: MemoryAddress(.memory, 4095))
    var volatile = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    try expectRefused(&volatile, .initialMemoryNotAllowed) { (m) throws(MemoryError) in
      try m.setInitialMemory(image)
    }
    try volatile.setInitialMemory(MemoryImage())
    var memory = try MemoryController.withPersistentMemory(testConfiguration(), image: image)
    #expect(memory.image == image)
    let outside = try MemoryImage(bytes: [1], at: MemoryAddress(.memory, 65536))
    try expectRefused(&memory, .addressOutOfBounds(range(.memory, 65536, 1), limit: 65536)) {
      (m) throws(MemoryError) in try m.setInitialMemory(outside)
    }
    let behind = try MemoryImage(bytes: [1], at: MemoryAddress(.registers, 128))
    try expectRefused(&memory, .addressOutOfBounds(range(.registers, 128, 1), limit: 128)) {
      (m) throws(MemoryError) in try m.setInitialMemory(behind)
    }
    let wrongKind = try MemoryImage(bytes: [1], at: MemoryAddress(.native, 0))
    try expectRefused(&memory, .notByteCells(range(.native, 0, 4096))) { (m) throws(MemoryError) in
      try m.setInitialMemory(wrongKind)
    }
    let unknown = try MemoryImage(bytes: [1], at: MemoryAddress(Self.unknown, 0))
    try expectRefused(&memory, .invalidAddressSpace(range(Self.unknown, 0, 4096))) {
      (m) throws(MemoryError) in try m.setInitialMemory(unknown)
    }
    _ = try memory.readWord(.memory, 4096)
    try expectRefused(&memory, .initialMemoryAfterAccess(timestamp: 2)) { (m) throws(MemoryError) in
      try m.setInitialMemory(image)
    }
  }

  @Test(arguments: allModes)
  func peekLeavesNoTrace(_ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    try memory.writeWord(0x0403_0201, .memory, 65532)
    let before = try digest(memory)
    #expect(try memory.peek(MemoryAddress(.memory, 65530), count: 6) == [0, 0, 1, 2, 3, 4])
    #expect(try memory.peekWord(.memory, 65532) == 0x0403_0201)
    #expect(try memory.peekCell(MemoryAddress(.immediate, 77)) == 77)
    #expect(try digest(memory) == before)
    let range = range(.memory, 65530, 7)
    #expect(
      failure { () throws(MemoryError) in _ = try memory.peek(range.address, count: 7) }
        == .addressOutOfBounds(range, limit: 65536))
    #expect(
      failure { () throws(MemoryError) in _ = try memory.peek(range.address, count: -1) }
        == .invalidAccessSize(MemoryRange(range.address, count: -1), maximum: .max))
  }
}
