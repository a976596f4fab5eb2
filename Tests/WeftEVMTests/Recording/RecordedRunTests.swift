import Testing
import WeftMachine
import WeftMemory

@testable import WeftEVM

@Suite("Recorded EVM runs")
struct RecordedRunTests {
  private static let address = Address(word: UInt256(0xc0de))
  private static let child = Address(word: UInt256(0xbb))

  /// Call data of 40 bytes.
  private static let input = (1...40).map { UInt8($0) }

  private func program(_ code: [UInt8], state: InMemoryState = InMemoryState()) -> EVMProgram {
    EVMProgram(code: code, input: Self.input, fork: .osaka, gas: 1_000_000, preState: state)
  }

  /// The accesses of code behind the beginning of its frame: ten words of the environment, the call data in two
  /// blocks, and four words of the frame.
  private func accesses(_ code: [UInt8], accounts: [Address: InMemoryState.Entry] = [:]) throws -> [String] {
    var machine = try Machine(program(code, state: InMemoryState(accounts)))
    _ = try machine.run(.recorded(.accessLog))
    let run = try machine.finalize()
    try run.memory.validate()
    return Array(run.memory.accesses.dropFirst(16))
  }

  @Test("The frame's beginning is in the record")
  func beginning() throws {
    var machine = try Machine(program([0]))
    let outcome = try machine.run(.recorded(.accessLog))
    #expect(outcome.exit == .halted(code: 0))
    #expect(outcome.instructions == 1)
    let run = try machine.finalize()
    try run.memory.validate()
    let environment = (0..<10).map { "w context \($0)" }
    #expect(
      run.memory.accesses == environment + ["w data 0", "w data 1"] + (64..<68).map { "w context \($0)" })
    #expect(run.memory.timestamp == 17)
    #expect(run.instructionCounts.map { "\($0.mnemonic) \($0.count)" } == ["stop 1"])
  }

  @Test("Operands are read, results written over them")
  func stack() throws {
    let added = try accesses([0x60, 1, 0x60, 2, 0x01])
    #expect(added == ["w stack 0", "w stack 1", "r stack 1", "w stack 0"])
    let moved = try accesses([0x60, 1, 0x60, 2, 0x81, 0x91, 0x50])
    #expect(
      moved == [
        "w stack 0", "w stack 1", "r stack 0", "w stack 2", "w stack 0", "w stack 2", "r stack 2",
      ])
  }

  @Test("Words of memory are one block or two, bytes one")
  func memory() throws {
    let code = Assembler.build {
      $0.push(7, 32)
      $0.op(.mstore)
      $0.push(7, 33)
      $0.op(.mstore)
      $0.push(7, 1)
      $0.op(.mstore8)
      $0.push(63)
      $0.op(.mload, .pop)
    }
    #expect(
      try accesses(code).filter { !$0.contains("stack") } == [
        "w memory0 1", "w memory0 1", "w memory0 2", "w memory0 0", "r memory0 1", "r memory0 2",
      ])
  }

  @Test("Call data, code, hashes and moves")
  func data() throws {
    let code = Assembler.build {
      $0.push(30)
      $0.op(.calldataload, .pop)
      $0.push(64, 8, 0)
      $0.op(.calldatacopy)
      $0.push(5, 0, 70)
      $0.op(.codecopy)
      $0.push(40, 0)
      $0.op(.keccak256, .pop)
      $0.push(33, 0, 32)
      $0.op(.mcopy)
      $0.op(.caller, .origin, .calldatasize)
    }
    #expect(
      try accesses(code).filter { !$0.contains("stack") } == [
        "r data 0", "r data 1", "r data 0", "r data 1", "w memory0 0", "w memory0 1", "w memory0 2",
        "r memory0 0", "r memory0 1", "r memory0 0", "r memory0 1", "w memory0 1", "w memory0 2",
        "r context 65", "r context 0", "r context 67",
      ])
  }

  @Test("Storage begins with what the state holds, and failing puts it back")
  func storage() throws {
    let failing = Assembler.build {
      $0.push(9, 5)
      $0.op(.sstore)
      $0.push(8, 5)
      $0.op(.sstore)
      $0.push(1, 6)
      $0.op(.tstore)
      $0.push(0, 0)
      $0.op(.revert)
    }
    let calling = Assembler.build {
      $0.push(0, 0, 0, 0, 0, 0xbb, 100_000)
      $0.op(.call)
      $0.push(5)
      $0.op(.sload)
    }
    let first = 1 << 20
    let state = InMemoryState([
      Self.child: .init(code: failing, storage: [UInt256(5): UInt256(3)]),
      Self.address: .init(storage: [UInt256(5): UInt256(4)]),
    ])
    var machine = try Machine(program(calling, state: state))
    let outcome = try machine.run(.recorded(.accessLog))
    #expect(outcome.exit == .halted(code: 0))
    let run = try machine.finalize()
    try run.memory.validate()
    let storage = run.memory.accesses.filter {
      $0.hasPrefix("w context 1048") || $0.hasPrefix("r context 1048")
    }
    #expect(
      storage == [
        "w context \(first)", "w context \(first)", "w context \(first + 1)", "w context \(first + 1)",
        "w context \(first)", "w context \(first)", "r context \(first + 2)",
      ])
    func word(_ image: MemoryImage, _ index: Int) -> UInt32 {
      image[MemoryAddress(.evmContext, UInt32(32 * (first + index)))]
    }
    #expect((0..<3).map { word(run.memory.initialImage, $0) } == [3, 0, 4])
    #expect((0..<3).map { word(run.memory.image, $0) } == [3, 0, 4])
  }

  @Test("Calls: operands, arguments, saved words, the callee's data and the output area")
  func calls() throws {
    let callee = Assembler.build {
      $0.push(64, 0, 0)
      $0.op(.calldatacopy)
      $0.push(40, 0)
      $0.op(.return)
    }
    let caller = Assembler.build {
      $0.push(33, 10, 34, 1, 0, 0xbb, 100_000)
      $0.op(.call)
      $0.push(3, 35, 0)
      $0.op(.returndatacopy)
    }
    let all = try accesses(caller, accounts: [Self.child: .init(code: callee)])
    #expect(all.dropFirst(7).prefix(7) == ArraySlice((0..<7).map { "r stack \(6 - $0)" }))
    #expect(
      all.filter { !$0.contains("stack") } == [
        // The caller's memory; its state; the call data; the callee's words.
        "r memory0 0", "r memory0 1", "w context 68", "w data 2", "w data 3",
        "w context 72", "w context 73", "w context 74", "w context 75",
        // The callee.
        "r data 2", "r data 3", "w memory1 0", "w memory1 1", "r memory1 0", "r memory1 1", "w data 4",
        "w data 5",
        // Back: 33 of the 40 bytes.
        "r context 68", "r data 4", "r data 5", "w memory0 0", "w memory0 1",
        "r data 5", "w memory0 0",
      ])
  }

  @Test("Contracts that are gone have no storage, and transient storage ends with the transaction")
  func ends() throws {
    // A contract that is made, stores, and destroys itself.
    let initCode = Assembler.build {
      $0.push(7, 1)
      $0.op(.sstore)
      $0.push(8, 1)
      $0.op(.tstore)
      $0.push(0)
      $0.op(.selfdestruct)
    }
    var word = UInt256(bigEndianBytes: initCode + [UInt8](repeating: 0, count: 32 - initCode.count))!
    let code = Assembler.build {
      $0.push(word)
      $0.push(0)
      $0.op(.mstore)
      $0.push(UInt64(initCode.count), 0, 0)
      $0.op(.create)
    }
    word = .zero
    var machine = try Machine(program(code))
    let outcome = try machine.run(.recorded(.accessLog))
    #expect(outcome.exit == .halted(code: 0))
    let run = try machine.finalize()
    try run.memory.validate()
    let end = ["w context \(1 << 20)", "w context \(1 << 20 + 1)"]
    #expect(run.memory.accesses.suffix(2) == end[...])
    #expect(run.memory.accesses.filter { end.contains($0) } == end + end)
  }

  @Test("Fast and recorded runs agree, and a machine goes from one to the other")
  func modes() throws {
    let code = Assembler.build {
      $0.push(0)
      $0.op(.calldataload)
      $0.push(3)
      $0.op(.mulmod, .calldatasize)
      $0.push(1)
      $0.op(.sstore)
      $0.push(1)
      $0.op(.sload)
      $0.returnTop()
    }
    var machine = try Machine(program([0x5f] + code))
    var seen: [EVMResult] = []
    for mode in [RunMode.fast, .recorded(.accessLog), .metered, .fast, .recorded(.accessLog)] {
      let outcome = try machine.run(mode)
      #expect(outcome.exit == .halted(code: 0))
      let result = machine.evmResult
      seen.append(try #require(result))
    }
    #expect(Set(seen).count == 1)
    let counts = machine.instructionCounts
    #expect(counts.reduce(0) { $0 + $1.count } == 15)
    let run = try machine.finalize()
    try run.memory.validate()
  }

  @Test("A paused run has the record of what it has executed")
  func pauses() throws {
    let code = Assembler.build {
      $0.push(5, 0)
      $0.op(.mstore)
      $0.push(5)
      $0.op(.stop)
    }
    for count in 1...5 {
      var machine = try Machine(program(code))
      try machine.start(.recorded(.accessLog))
      _ = try machine.step(UInt64(count))
      let run = try machine.finalize()
      try run.memory.validate()
      let accesses = run.memory.accesses.count - 16
      #expect(accesses == [1, 2, 5, 6, 6][count - 1])
    }
  }

  @Test("The record's limits end a run by name")
  func limits() throws {
    let endless = Assembler.build {
      $0.op(.jumpdest)
      $0.push(1, 0)
      $0.op(.mstore)
      $0.push(0)
      $0.op(.jump)
    }
    var configuration = Machine.Configuration()
    configuration.limits.recordBytes = 4800
    var machine = try Machine(program(endless), configuration: configuration)
    for _ in 0..<2 {
      let stopped = try machine.run(.recorded(.accessLog))
      #expect(stopped.exit == .limit(.records(bytes: 4800)))
      let again = try machine.resume()
      #expect(again.exit == .limit(.records(bytes: 4800)))
    }
    let run = try machine.finalize()
    try run.memory.validate()
    #expect(run.memory.accesses.count <= 100)

    // Every call has a memory of its own.
    let execution = try RecordedExecution(contextLimit: 3)
    let callee: [UInt8] = [0x5f, 0x51]
    let caller = Assembler.build {
      for _ in 0..<4 {
        $0.push(0, 0, 0, 0, 0, 0xbb, 10_000)
        $0.op(.call)
      }
    }
    let state = JournaledState(
      InMemoryState([Self.child: .init(code: callee), Self.address: .init(code: caller)]))
    let result = try execution.call(EVMMessage(target: Self.address, gas: 1_000_000), on: state)
    #expect(result == nil)
    let failure = execution.evm.recorder?.failure
    #expect(failure.map { "\($0)" } == "a recorded run has room for 3 EVM contexts")
    #expect(execution.checker.problems == [])
    _ = try execution.finish()
  }

  @Test("Instruction records are refused by name")
  func refusal() throws {
    var machine = try Machine(program([0]))
    var message = ""
    do throws(MachineError) { _ = try machine.run(.recorded(.instructionRecords)) } catch {
      message = "\(error)"
    }
    #expect(message == "EVM programs are recorded as an access log: they have no instruction records")
  }
}
