import Foundation
import Testing
import WeftMachine

@testable import WeftExtensions
@testable import WeftRV32

@Suite("Tail calls of full handlers")
struct TailCallTests {
  /// `handlers.c` as a compiler makes it.
  struct Build: Sendable, CustomTestStringConvertible {
    var compiler: String
    var level: String

    static let all = ["gcc", "clang"].flatMap { compiler in
      ["-O0", "-O1", "-O2", "-O3", "-Os"].map { Build(compiler: compiler, level: $0) }
    }.filter { ObjectWorkshop.has($0.compiler) }

    var testDescription: String { "\(compiler) \(level)" }

    func load() throws -> NativeExtension {
      try ObjectLoader(probe: nil).load(ObjectWorkshop.compile("handlers.c", [level], compiler: compiler))
    }
  }

  @Test("Handlers that jump are told from those that call or return", arguments: Build.all)
  func telling(_ build: Build) throws {
    let `extension` = try build.load()
    // An instruction alone does not keep its code loaded.
    defer { withExtendedLifetime(`extension`) {} }
    let instructions = `extension`.nativeInstructions
    #expect(instructions.count == 7)
    for instruction in instructions {
      let finding = try #require(TailCallProbe.examine(instruction))
      switch instruction.mnemonic {
      case "wrong.returns": #expect(finding == .returns)
      case "wrong.calls", "wrong.leaves":
        guard case .calls(let bytes) = finding else {
          Issue.record("\(instruction.mnemonic): \(finding)")
          continue
        }
        #expect(bytes >= 8)
        #expect(finding.description.hasPrefix("it calls the next instruction"))
      default: #expect(finding == .jumps, "\(instruction.mnemonic)")
      }
    }
  }

  @Test("Step functions are not examined")
  func steps() throws {
    let `extension` = try ObjectLoader(probe: nil).load(
      ObjectWorkshop.object("misbehaving.c", case: "none"))
    let findings = `extension`.nativeInstructions.map { TailCallProbe.examine($0) }
    withExtendedLifetime(`extension`) {}
    #expect(findings == [nil, nil, .jumps, nil])
  }

  @Test("A line of 60,000 handlers needs no stack", arguments: Build.all)
  func longLine(_ build: Build) throws {
    let `extension` = try build.load()
    let plus = InstructionWord.r(0x2b, 0, 0, 7, 7, 6)
    let words = li(6, 1) + [InstructionWord](repeating: plus, count: 60_000) + [.ebreak]
    let program = try makeProgram(words)
    // Less than two bytes for each of them.
    let result = onThread(stackBytes: 112 << 10) {
      let state = try run(
        program, Execution(engine: .threaded, mode: .fast), extensions: [`extension`])
      return state.registers[7]
    }
    #expect(try result.get() == 60_000)
  }

  private func onThread<Value: Sendable>(
    stackBytes: Int, _ body: @escaping @Sendable () throws -> Value
  ) -> Result<Value, any Error> {
    let box = ResultBox<Value>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.result = Result { try body() }
      done.signal()
    }
    thread.stackSize = stackBytes
    thread.start()
    done.wait()
    return box.result
  }

  private final class ResultBox<Value>: @unchecked Sendable {  // written before the semaphore, read after it
    var result: Result<Value, any Error> = .failure(ObjectWorkshop.Failure(description: "no result"))
  }
}

extension NativeExtension {
  /// Its instructions; they are of use while the extension is there.
  fileprivate var nativeInstructions: [NativeInstruction] {
    description.instructions.map {
      NativeInstruction(
        mnemonic: $0.mnemonic, form: $0.form, registers: $0.registers, ticks: $0.ticks, step: $0.step,
        handler: $0.handler, instance: 0)
    }
  }
}
