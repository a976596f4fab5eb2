import Testing
import WeftEVM
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftContracts

@Suite("Hostile requests of RV32 guests")
struct HostileRequestTests {
  private static let contract = Address(word: UInt256(0xc0de))
  private static let modes: [RunMode] = [.fast, .recorded(.accessLog), .recorded(.instructionRecords)]

  /// What one `weft.evm.call` gave.
  private struct Answer: Hashable {
    var exit: WeftMachine.ExitStatus
    var status: UInt32
    /// The 16 words of the request afterwards.
    var words: [UInt32]
  }

  /// Executes the instruction on a request at 0x10_0000, in every mode on both engines, which must agree.
  private func call(
    _ request: Request, at offset: Int32 = 0, base: UInt32 = 0x10_0000, code: [UInt8] = [0],
    wallClock: Duration? = nil
  ) throws -> Answer {
    var answers: Set<Answer> = []
    for engine in Engine.allCases {
      for mode in Self.modes {
        var machine = try machine(request, at: offset, base: base, code: code, engine, wallClock)
        let outcome = try machine.run(mode)
        let bytes = machine.bytes(at: 0x10_0000, count: 64) ?? []
        let words = stride(from: 0, to: bytes.count, by: 4).map { start in
          (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
        answers.insert(Answer(exit: outcome.exit, status: machine.registers[7], words: words))
        if mode != .fast {
          let run = try machine.finalize()
          try run.memory.validate()
        }
      }
    }
    #expect(answers.count == 1, "\(answers)")
    return try #require(answers.first)
  }

  private func machine(
    _ request: Request, at offset: Int32, base: UInt32, code: [UInt8], _ engine: Engine,
    _ wallClock: Duration?
  ) throws -> Machine {
    func addi(_ rd: UInt32, _ rs1: UInt32, _ value: Int32) -> UInt32 {
      UInt32(bitPattern: value) << 20 | rs1 << 15 | rd << 7 | 0x13
    }
    let words: [UInt32] = [
      base & 0xffff_f000 | 5 << 7 | 0x37, addi(5, 5, offset), addi(7, 0, 99),
      5 << 15 | 4 << 12 | 7 << 7 | 0x0b, 0x0010_0073,
    ]
    let program = try RV32Program(code: words, data: request.bytes, memoryLimit: 16 << 20)
    var configuration = Machine.Configuration()
    configuration.limits.memory = 16 << 20
    configuration.limits.wallClock = wallClock
    configuration.engine = engine
    let state = InMemoryState([Self.contract: InMemoryState.Entry(code: code)])
    return try Machine(program, configuration: configuration, extensions: [EVMCallsExtension(state: state)])
  }

  private static let breakpoint = "trapped: breakpoint at pc 0x00001010"

  @Test("Requests that are none give -22, ranges outside memory -14; nothing has happened")
  func refused() throws {
    let faults: [(UInt32, (inout Request) -> Void)] = [
      (22, { $0.size = 60 }), (22, { $0.size = .max }), (22, { $0.kind = 4 }), (22, { $0.kind = .max }),
      (14, { $0.target = 0xffff_fff0 }), (14, { $0.target = 0x00ff_fff0 }), (14, { $0.value = 0xffff_ffe1 }),
      (14, { $0.caller = 0x0100_0000 }), (14, { $0.input = (0x10_0000, .max) }),
      (14, { $0.input = (.max, 1) }), (14, { $0.output = (0x1000, 4) }),
      (14, { $0.output = (0xffff_ffff, .max) }),
      (14, { ($0.kind, $0.code) = (3, (0x00ff_ffff, 2)) }), (14, { ($0.kind, $0.target) = (2, 0x1000) }),
    ]
    for (index, (code, change)) in faults.enumerated() {
      var request = Request()
      change(&request)
      let answer = try call(request)
      #expect("\(answer.exit)" == Self.breakpoint, "\(index)")
      #expect(answer.status == 0 &- code, "\(index)")
      #expect(answer.words == request.words, "\(index)")
    }
  }

  @Test("A request outside memory traps as a load or store would")
  func traps() throws {
    let misaligned = try call(Request(), at: 2)
    #expect("\(misaligned.exit)" == "trapped: misaligned load from 0x00100002 at pc 0x0000100c")
    let outside = try call(Request(), base: 0x0100_0000)
    #expect("\(outside.exit)" == "trapped: load from 0x01000000, outside memory at pc 0x0000100c")
    let partly = try call(Request(), at: -4, base: 0x0100_0000)
    #expect("\(partly.exit)" == "trapped: load from 0x00fffffc, outside memory at pc 0x0000100c")
    let text = try call(Request(), base: 0x1000)
    #expect("\(text.exit)" == "trapped: store to 0x00001000, outside writable memory at pc 0x0000100c")
  }

  @Test("No code, no gas, gas without end of it")
  func corners() throws {
    var empty = Request()
    (empty.kind, empty.gas) = (3, 77)
    #expect(try call(empty).words[10] == 77)
    var none = Request()
    none.gas = 0
    #expect(try call(none).status == 0)
    let halted = try call(none, code: [0x5f])
    #expect(halted.status == 2)
    var most = Request()
    most.gas = .max
    let answer = try call(most, code: [0x5f])
    #expect(answer.status == 0)
    let left = UInt64(answer.words[11]) << 32 | UInt64(answer.words[10])
    #expect(left == UInt64(Int64.max) - 2)
    var little = Request()
    little.gas = 50_000
    let loop = try call(little, code: [0x5b, 0x5f, 0x56])
    #expect(loop.status == 2)
    #expect(loop.words[10] == 0)
  }

  @Test("1,024 calls deep")
  func depth() throws {
    // Calls itself with all its gas until no call can begin.
    var request = Request()
    request.gas = 1 << 41
    let answer = try call(request, code: [0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x30, 0x5a, 0xf1, 0x00])
    #expect(answer.status == 0)
    #expect("\(answer.exit)" == Self.breakpoint)
  }

  @Test("A contract that loops for ever ends with the machine's time, and goes on when the machine does")
  func endless() throws {
    var request = Request()
    request.gas = 1 << 62
    for mode in Self.modes {
      var machine = try machine(
        request, at: 0, base: 0x10_0000, code: [0x5b, 0x5f, 0x56], .standard, .milliseconds(40))
      let first = try machine.run(mode)
      #expect("\(first.exit)" == "time limit of 0.04 s reached", "\(mode)")
      #expect(first.instructions == 3)
      let second = try machine.resume()
      #expect("\(second.exit)" == "time limit of 0.04 s reached")
      machine.interruptHandle.stop()
      let third = try machine.resume()
      #expect(third.exit == .limit(.stopped))
      let run = try machine.finalize()
      #expect(run.isInsideInstruction == (mode != .fast))
      try run.memory.validate()
    }
  }

  @Test("Records that are full end the run by name")
  func records() throws {
    var request = Request()
    request.gas = 1 << 40
    for mode in Self.modes.dropFirst() {
      let code: [UInt32] = [0x0010_02b7, 5 << 15 | 4 << 12 | 7 << 7 | 0x0b, 0x0010_0073]
      let program = try RV32Program(code: code, data: request.bytes, memoryLimit: 16 << 20)
      var configuration = Machine.Configuration()
      configuration.limits.memory = 16 << 20
      configuration.limits.recordBytes = 1 << 20
      let state = InMemoryState([Self.contract: InMemoryState.Entry(code: [0x5b, 0x5f, 0x56])])
      var machine = try Machine(
        program, configuration: configuration, extensions: [EVMCallsExtension(state: state)])
      let outcome = try machine.run(mode)
      #expect(outcome.exit == .limit(.records(bytes: 1 << 20)))
      let run = try machine.finalize()
      try run.memory.validate()
    }
  }
}

/// `weft_evm_request`, with the address of the contract behind it.
struct Request {
  var size: UInt32 = 64
  var kind: UInt32 = 0
  var gas: UInt64 = 10_000
  var target: UInt32 = 0x10_0040
  var value: UInt32 = 0
  var input: (address: UInt32, count: UInt32) = (0, 0)
  var output: (address: UInt32, count: UInt32) = (0, 0)
  var code: (address: UInt32, count: UInt32) = (0, 0)
  var caller: UInt32 = 0

  var words: [UInt32] {
    [
      size, kind, UInt32(truncatingIfNeeded: gas), UInt32(truncatingIfNeeded: gas >> 32), target, value,
      input.address, input.count, output.address, output.count, 0, 0, 0, code.address, code.count, caller,
    ]
  }

  var bytes: [UInt8] {
    words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      + Address(word: UInt256(0xc0de)).bytes
  }
}
