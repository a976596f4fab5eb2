import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Instruction limits")
struct InstructionLimitTests {
  @Test("`j .` stops after exactly the limit", arguments: [1, 2, 255, 256, 1_000_000] as [UInt64])
  func selfJump(limit: UInt64) throws {
    // A million records of three kinds would take long in a debug build: fast and metered runs there.
    let executions = limit > 1000 && isDebug ? Execution.all.filter { !$0.isRecorded } : Execution.all
    let state = try runEverywhere([.jal(0, 0)], on: executions) { $0.limits.instructions = limit }
    #expect(state.exit == .limit(.instructions(limit)))
    #expect(state.instructions == limit)
    #expect(state.programCounter == 0x1000)
  }

  @Test("A loop of two blocks, at every remainder", arguments: 100..<110 as Range<UInt64>)
  func twoBlocks(limit: UInt64) throws {
    // 0x1000: four instructions, 0x1010: three.
    let code: [InstructionWord] = [
      .addi(5, 5, 1), .addi(6, 6, 1), .addi(7, 7, 1), .jal(0, 4), .addi(8, 8, 1), .addi(9, 9, 1),
      .jal(0, -24),
    ]
    let state = try runEverywhere(code) { $0.limits.instructions = limit }
    #expect(state.instructions == limit)
    let (rounds, rest) = limit.quotientAndRemainder(dividingBy: 7)
    #expect(state.registers[5] == UInt32(rounds) + (rest > 0 ? 1 : 0))
    #expect(state.registers[9] == UInt32(rounds) + (rest > 5 ? 1 : 0))
    #expect(state.programCounter == 0x1000 + rest * 4)
  }

  @Test("An indirect jump to itself", arguments: [3, 4, 300] as [UInt64])
  func indirect(limit: UInt64) throws {
    let state = try runEverywhere(li(1, 0x1008) + [.jalr(0, 1, 0)]) { $0.limits.instructions = limit }
    #expect(state.exit == .limit(.instructions(limit)))
    #expect(state.instructions == limit)
    #expect(state.programCounter == 0x1008)
  }

  @Test(
    "Straight lines, with limits near their ends", arguments: [254, 255, 256, 511, 65_535, 65_536, 100_000])
  func straightLine(length: Int) throws {
    let code = [InstructionWord](repeating: .addi(1, 1, 1), count: length) + [.ebreak]
    let program = try makeProgram(code)
    let end = UInt64(length)
    let breakpoint = Trap(.breakpoint, programCounter: 0x1000 + end * 4, value: 0x1000 + end * 4)
    var limits: Set<UInt64> = [1, end - 1, end, end + 1]
    if length > 65_535 { limits.formUnion([65_534, 65_535, 65_536, end - 65_535, end - 65_534]) }
    for engine in Engine.allCases {
      var machine = try Machine(program, configuration: .test(engine))
      for mode in Execution.modes where length < 1000 || !isDebug || mode == .fast {
        for limit in limits.sorted() {
          try machine.start(mode)
          _ = try machine.step(limit)
          let state = FinalState(machine)
          let retired = min(limit, end)
          #expect(state.instructions == retired)
          #expect(state.registers[1] == UInt32(retired))
          #expect(state.programCounter == 0x1000 + retired * 4)
          #expect(state.exit == (limit > end ? .trapped(breakpoint) : .limit(.instructions(limit))))
        }
      }
    }
  }

  @Test("A long line entered in its middle")
  func middleOfLongLine() throws {
    let starts: [UInt32] = [1, 1000, 34_463, 34_464, 34_465, 34_466, 99_999]
    // Each round jumps to another start; the line ends in a jump back.
    let head =
      starts.flatMap { start in
        li(5, 0x1000 + UInt32(starts.count * 16 + 4) + start * 4) + [.jalr(6, 5, 0), .add(7, 7, 1)]
      } + [.ebreak]
    let line = [InstructionWord](repeating: .addi(1, 1, 1), count: 100_000)
    let executions = isDebug ? Execution.all.filter { $0.mode == .fast } : Execution.all
    let state = try runEverywhere(makeProgram(head + line + [.jalr(0, 6, 0)]), on: executions)
    var (sum, total) = (UInt32(0), UInt32(0))
    for start in starts {
      sum += 100_000 - start
      total &+= sum
    }
    #expect(state.registers[1] == sum)
    #expect(state.registers[7] == total)
    #expect(state.instructions == UInt64(sum) + UInt64(starts.count) * 5)
  }

  @Test("A limit of 0 executes nothing")
  func zero() throws {
    let state = try runEverywhere([.addi(1, 1, 1), .ebreak]) { $0.limits.instructions = 0 }
    #expect(state.exit == .limit(.instructions(0)))
    #expect(state.instructions == 0)
    #expect(state.programCounter == 0x1000)
  }

  @Test("A service at the limit", arguments: 1...8 as ClosedRange<UInt64>)
  func services(limit: UInt64) throws {
    let code: [InstructionWord] = [.csrrs(5, 0xc00, 0), .addi(6, 6, 1), .csrrs(7, 0xc00, 0), .jal(0, -12)]
    let state = try runEverywhere(code) { $0.limits.instructions = limit }
    #expect(state.instructions == limit)
    #expect(state.programCounter == 0x1000 + limit % 4 * 4)
  }

  @Test("100,000 blocks")
  func manyBlocks() throws {
    let code = (0..<100_000).flatMap { _ in [InstructionWord.addi(1, 1, 1), .beq(0, 0, 4)] } + [.ebreak]
    let program = try makeProgram(code)
    let executions = isDebug ? Execution.all.filter { $0.mode == .fast } : Execution.all
    #expect(try runEverywhere(program, on: executions).registers[1] == 100_000)
  }
}

extension Execution {
  var isRecorded: Bool {
    if case .recorded = mode { true } else { false }
  }
}

/// Whether this is a build without optimisation, where the engines are some fifty times slower.
var isDebug: Bool {
  #if DEBUG
    true
  #else
    false
  #endif
}
