import Glibc
import Testing

@testable import WeftMemory

/// The fronts over controllers: protocol, port, factory, expectation.
@Suite struct FrontTests {
  private func exercise<Memory: AddressableMemory & ~Copyable>(_ memory: inout Memory) throws {
    let address = MemoryAddress(.memory, 8)
    #expect(try memory.store([1, 2, 3, 4], to: address).values == [0, 0, 0, 0])
    try memory.advanceTimestamp(by: 4)
    #expect(try memory.load(address, count: 4).values == [1, 2, 3, 4])
    #expect(try memory.store([5, 6, 7, 8], to: address).values == [1, 2, 3, 4])
    let (timestamp, image) = (memory.timestamp, memory.image)
    #expect(timestamp == 8)
    #expect(image.bytes(at: address, count: 4) == [5, 6, 7, 8])
  }

  @Test func onlineAndOfflineBehaveAlike() throws {
    let factory = try MemoryFactory(testConfiguration())
    var online = try factory.makeOnlineMemory()
    try exercise(&online)
    var offline = try factory.makeOfflineMemory()
    try exercise(&offline)
    let inputs = try online.finalize().makeProofInputs()
    #expect(all(inputs.records) == all(offline.records))
  }

  @Test func persistentMemoryComesFromAFile() throws {
    let path = "/tmp/weft-factory-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    defer { unlink(path) }
    let factory = try MemoryFactory(testConfiguration())
    let image = try MemoryImage(bytes: [3, 2, 1], at: MemoryAddress(.memory, 77))
    try image.save(to: path)
    #expect(try factory.makePersistentMemory(contentsOf: path).image == image)
    try MemoryImage(bytes: [1], at: MemoryAddress(AddressSpaceID(3), 0)).save(to: path)
    do throws(MemoryFactoryError) {
      _ = try factory.makePersistentMemory(contentsOf: path)
      Issue.record("an image with an unknown space was accepted")
    } catch {
      #expect(error.description.hasPrefix("invalid address space: 4096 cells at address space 3"))
    }
    do throws(MemoryFactoryError) {
      _ = try factory.makePersistentMemory(contentsOf: path + ".absent")
      Issue.record("a missing file was accepted")
    } catch {
      #expect(error == .file(.system(call: "open", path: path + ".absent", code: ENOENT)))
    }
  }

  @Test func portAnswersEveryRequest() throws {
    var port = MemoryPort(try MemoryController(testConfiguration(), mode: .recorded(.accessLog)))
    let address = MemoryAddress(.memory, 2)
    var responses = [
      port.perform(.write([1, 2, 3], to: address)), port.perform(.advance(by: 2)),
      port.perform(.read(MemoryRange(address, count: 3))),
      port.perform(.read(MemoryRange(MemoryAddress(.memory, .max), count: 3))),
      port.perform(.advance(by: 0)),
    ]
    let past = MemoryRange(MemoryAddress(.memory, .max), count: 3)
    guard let memory = port.close() else {
      Issue.record("the port lost its memory")
      return
    }
    let run = memory.accessLog.run
    let expected: [MemoryResponse] = [
      .acknowledged(record: RecordID(index: 0, run: run)),
      .acknowledged(record: RecordID(index: 2, run: run)),
      .data([1, 2, 3], record: RecordID(index: 3, run: run)),
      .refused(.addressOutOfBounds(past, limit: 65536)),
      .acknowledged(record: .none),
    ]
    #expect(responses == expected)
    responses = [port.perform(.advance(by: 1)), port.perform(.read(past))]
    #expect(responses == [.refused(.finalized), .refused(.finalized)])
    let isClosed = port.close() == nil
    #expect(isClosed)
  }

  @Test func expectationListsAllDifferences() throws {
    let image = try MemoryImage(bytes: [1, 2, 3], at: MemoryAddress(.memory, 10))
    let expectation = MemoryExpectation([
      MemoryAddress(.memory, 12): 4, MemoryAddress(.memory, 10): 1, MemoryAddress(.memory, 500): 9,
      MemoryAddress(.memory, 501): 0,
    ])
    #expect(
      expectation.differences(from: image).map(\.description) == [
        "1 cell at address space 2, pointer 0xc: expected 4, actual 3",
        "1 cell at address space 2, pointer 0x1f4: expected 9, actual 0",
      ])
  }
}
