import Glibc
import Synchronization
import Testing
import WeftMachine

@testable import WeftRV32

/// Handlers jump from one to the next: however long a run is, the host's stack stays flat.
@Suite("Long runs on a small stack")
struct DeepRunTests {
  @Test("100 million instructions on a thread with a stack of 512 KiB")
  func smallStack() throws {
    #if DEBUG
      print("the run of 100 million instructions needs optimised code: `swift test -c release`")
    #else
      let count: UInt64 = 100_000_000
      let result = Result()
      let program = try makeProgram(Self.code)
      let thread = try onThread(stackSize: 512 << 10) {
        var configuration = Machine.Configuration()
        configuration.engine = .threaded
        configuration.limits.instructions = count
        guard var machine = try? Machine(program, configuration: configuration) else { return }
        result.retired.store((try? machine.run())?.instructions ?? 0, ordering: .releasing)
      }
      pthread_join(thread, nil)
      #expect(result.retired.load(ordering: .acquiring) == count)
    #endif
  }

  /// What the thread hands back.
  private final class Result: Sendable {
    let retired = Atomic<UInt64>(0)
  }

  /// An endless loop with a call, loads, stores, both kinds of branches and a service.
  private static let code: [InstructionWord] =
    li(5, Layout.data) + [
      .jal(1, 8), .jal(0, -4), .lw(6, 5, 0), .addi(6, 6, 1), .sw(6, 5, 0), .andi(7, 6, 7), .bne(7, 0, 8),
      .csrrs(8, 0xc02, 0), .sb(7, 5, 4), .jalr(0, 1, 0),
    ]
}
