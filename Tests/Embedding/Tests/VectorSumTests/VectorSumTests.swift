import Testing
import VectorSum
import Weft

@Suite struct VectorSumTests {
  @Test(arguments: Engine.allCases, [RunMode.fast, .metered, .recorded(.accessLog)])
  func sums(_ engine: Engine, _ mode: RunMode) throws {
    var machine = try makeMachine(GuestProgram.summing([1, 2, 3, 0xffff_ffff]), engine)
    let outcome = try machine.run(mode)
    #expect(outcome.exit == .halted(code: 5))
    #expect(outcome.instructions == 7)
  }

  @Test func countsAsTheExtensionsInstruction() throws {
    var machine = try makeMachine(GuestProgram.summing([1]))
    _ = try machine.run(.metered)
    let count = machine.instructionCounts.first { $0.mnemonic == "vector.sum" }
    #expect(count?.owner == "vector")
    #expect(count?.count == 1)
  }

  @Test(arguments: [
    (UInt32(2), UInt32(0x10002), "misaligned"),
    (1, 0xffff_fffc, "outside memory"),
    (0xffff_ffff, 0x10000, "outside memory"),
  ])
  func trapsOnWhatItCannotRead(count: UInt32, pointer: UInt32, reason: String) throws {
    var machine = try makeMachine(GuestProgram.summing([], count: count, pointer: pointer))
    let outcome = try machine.run()
    guard case .trapped(let trap) = outcome.exit else {
      Issue.record("\(outcome.exit)")
      return
    }
    #expect("\(trap)".contains(reason), "\(trap)")
    #expect(outcome.instructions == 4)
  }

  @Test func isIllegalWithoutTheExtension() throws {
    let program = try RV32Program(elf: GuestProgram.summing([1]))
    var machine = try Machine(program)
    guard case .trapped(let trap) = try machine.run().exit else {
      Issue.record("the guest did not trap")
      return
    }
    #expect("\(trap)".contains("illegal instruction"), "\(trap)")
  }

  @Test func cannotBeAddedTwice() throws {
    let program = try RV32Program(elf: GuestProgram.summing([1]))
    let error = #expect(throws: MachineError.self) {
      _ = try Machine(program, extensions: [VectorExtension(), VectorExtension()])
    }
    #expect(error.map { "\($0)" }?.contains("'vector'") == true, "\(String(describing: error))")
  }

  private func makeMachine(_ elf: [UInt8], _ engine: Engine = .standard) throws -> Machine {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.limits.memory = 1 << 20
    return try Machine(RV32Program(elf: elf), configuration: configuration, extensions: [VectorExtension()])
  }
}
