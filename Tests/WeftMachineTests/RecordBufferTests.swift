import Testing

@testable import WeftMachine

@Suite("Record buffer")
struct RecordBufferTests {
  @Test("It takes as many records as fit, and drops what is cut")
  func capacity() throws {
    let buffer = try #require(RecordBuffer(stride: 8, byteLimit: 4100))
    #expect(buffer.remaining == 512)
    for value in UInt64(0)..<600 { buffer.append(value) }
    #expect(buffer.count == 512 && buffer.remaining == 0)
    buffer.truncate(to: 3)
    buffer.append(UInt64(99))
    #expect(buffer.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) } == [0, 1, 2, 99])
    buffer.truncate(to: 100)
    #expect(buffer.count == 4)
  }

  @Test("A record that is larger than the stride is not written")
  func tooLarge() throws {
    let buffer = try #require(RecordBuffer(stride: 4, byteLimit: 4096))
    buffer.append(UInt64(1))
    #expect(buffer.count == 0)
  }

  @Test("An impossible reservation is nil")
  func refused() {
    #expect(RecordBuffer(stride: 32, byteLimit: 1 << 60) == nil)
  }
}

@Suite("Host streams")
struct HostStreamsTests {
  @Test("Items are read in turn, and never past their end")
  func items() {
    var streams = HostStreams(input: [[1, 2, 3], [], [4]])
    #expect(streams.remaining == 3)
    #expect(Array(streams.read(2)) == [1, 2])
    #expect(streams.read(-1).isEmpty)
    #expect(Array(streams.read(.max)) == [3])
    #expect(streams.nextItem() == 0)
    #expect(streams.takeItem() == [])
    #expect(streams.takeItem() == [4])
    #expect(streams.takeItem() == nil && streams.nextItem() == nil && streams.remaining == nil)
    #expect(streams.read(1).isEmpty)
  }
}

@Suite("Descriptions")
struct DescriptionTests {
  @Test("Exits as people read them")
  func exits() {
    let texts: [(WeftMachine.ExitStatus, String)] = [
      (.halted(code: 0), "halted"), (.halted(code: 3), "halted with code 3"), (.paused, "paused"),
      (.limit(.instructions(5)), "limit of 5 instructions reached"),
      (.limit(.stopped), "stopped by the host"),
      (.limit(.wallClock(seconds: 1.5)), "time limit of 1.5 s reached"),
      (.limit(.output(bytes: 9)), "output limit of 9 bytes reached"),
      (.limit(.records(bytes: 9)), "record limit of 9 bytes reached"),
      (.limit(.clock), "the clock of the recorded run reached 2^29 - 1"),
      (
        .trapped(Trap(.environmentCall, programCounter: 4)),
        "trapped: environment call without a handler at pc 0x00000004"
      ),
    ]
    for (exit, text) in texts { #expect(exit.description == text) }
    #expect(WeftMachine.ExitStatus.halted(code: 0).isSuccess)
    #expect(!WeftMachine.ExitStatus.halted(code: 256).isSuccess)
  }
}
