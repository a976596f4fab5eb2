import Testing
import Weft

/// What an embedder writes, with nothing but `import Weft`.
@Suite("Embedding")
struct EmbeddingTests {
  private static let programs =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    + "/programs/rv32"

  @Test("A program in ten lines")
  func run() throws {
    let program = try RV32Program(contentsOf: "\(Self.programs)/hello/hello.elf")
    var machine = try Machine(program)
    let outcome = try machine.run()
    #expect(outcome.exit.isSuccess)
    #expect(outcome.outputText.hasPrefix("Hello from Embedded Swift on RV32IM\n"))
  }

  @Test("Input, limits and public values")
  func configured() throws {
    var configuration = Machine.Configuration()
    configuration.input = [Array("The quick brown fox jumps over the lazy dog".utf8)]
    configuration.limits.memory = 16 << 20
    configuration.limits.instructions = 100_000
    configuration.limits.wallClock = .seconds(60)
    var machine = try Machine(
      RV32Program(contentsOf: "\(Self.programs)/reveal/reveal.elf"), configuration: configuration)
    let outcome = try machine.run(.recorded(.accessLog))
    #expect(outcome.exit == .halted(code: 0))
    #expect(outcome.publicValues.prefix(4) == [43, 0, 0, 0])
    let run = try machine.finalize()
    try run.memory.validate()
    #expect(run.outcome.instructions == outcome.instructions)
  }

  @Test("One machine, several programs")
  func load() throws {
    var machine = try Machine(RV32Program(contentsOf: "\(Self.programs)/hello-c/hello-c.elf"))
    #expect(try machine.run().outputText == "Hello from picolibc: -42, 0000beef, in hay\n")
    try machine.load(RV32Program(contentsOf: "\(Self.programs)/hello/hello.elf"))
    #expect(try machine.run().outputText.hasPrefix("Hello from Embedded Swift"))
  }

  @Test("A program that does not fit says why")
  func errors() throws {
    let path = "\(Self.programs)/hello/hello.elf"
    #expect(throws: ELFError.self) { try RV32Program(contentsOf: path, memoryLimit: 1 << 20) }
    #expect(throws: ELFError.self) { try RV32Program(elf: [1, 2, 3]) }
    let program = try RV32Program(contentsOf: path)
    var configuration = Machine.Configuration()
    configuration.limits.memory = 1 << 20
    do throws(MachineError) {
      _ = try Machine(program, configuration: configuration)
      Issue.record("accepted")
    } catch {
      #expect(error.description.hasPrefix("segment [0x"))
      #expect(error.description.hasSuffix(") outside memory of 1048576 bytes"))
    }
  }
}
