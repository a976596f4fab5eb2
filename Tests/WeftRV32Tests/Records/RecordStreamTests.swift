import Testing
import WeftMemory

@testable import WeftMachine
@testable import WeftRV32

/// Records that are handed over while a run lasts are the ones that would have been kept.
struct RecordStreamTests {
  /// The stream's bytes, collected on the thread of the run.
  private final class Collected: @unchecked Sendable {
    var bytes: [UInt8] = []
    var chunks = 0
  }

  @Test(arguments: Engine.allCases, [RecordForm.instructionRecords, .accessLog])
  func `Streamed records equal kept ones`(engine: Engine, form: RecordForm) throws {
    let program = try makeProgram([
      .lui(5, Layout.data >> 12), .addi(6, 0, 700),
      .sw(6, 5, 0), .i(0x03, 4, 7, 5, 1), .r(0x33, 0, 1, 8, 7, 6), .addi(6, 6, -1), .bne(6, 0, -16), .ebreak,
    ])
    var configuration = Machine.Configuration.test(engine)
    var machine = try Machine(program, configuration: configuration)
    _ = try machine.run(.recorded(form))
    let kept = bytes(of: try machine.finalize(), form)

    let collected = Collected()
    configuration.recordStream = RecordStream(chunkBytes: 8192) { chunk in
      collected.bytes.append(contentsOf: chunk)
      collected.chunks += 1
    }
    var streaming = try Machine(program, configuration: configuration)
    let outcome = try streaming.run(.recorded(form))
    #expect(outcome.exit == endOfCode)
    #expect(collected.chunks > 5)
    #expect(collected.bytes == kept)
    if form == .accessLog {
      let run = try streaming.finalize()
      do {
        try run.memory.validate()
        Issue.record("a drained log was replayed")
      } catch {
        #expect("\(error)".contains("were handed over"))
      }
    }
  }

  private var endOfCode: WeftMachine.ExitStatus {
    .trapped(Trap(.breakpoint, programCounter: UInt64(Layout.text) + 28, value: UInt64(Layout.text) + 28))
  }

  private func bytes(of run: consuming Run, _ form: RecordForm) -> [UInt8] {
    switch form {
    case .instructionRecords: run.records?.withUnsafeBytes { Array($0) } ?? []
    case .accessLog: Array(UnsafeRawBufferPointer(run.memory.accessLog.entries))
    }
  }
}
