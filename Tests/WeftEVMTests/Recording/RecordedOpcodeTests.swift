import Testing
import WeftMachine
import WeftMemory

@testable import WeftEVM

@Suite("Recorded EVM runs against the executor")
struct RecordedOpcodeTests {
  private static let caller = Address(word: UInt256(0xca11))
  private static let child = Address(word: UInt256(0xbb))

  /// Runs codes on one recorded controller and compares every result with a fast run.
  private func run(
    _ codes: [[UInt8]], child: [UInt8], fork: Fork, gas: UInt64, extensions: [any VMExtension] = []
  ) throws -> Int {
    let execution = try RecordedExecution(fork: fork, extensions: extensions)
    let fast = try EVM(fork: fork, extensions: extensions)
    var accounts: [Address: InMemoryState.Entry] = [
      Self.child: .init(code: child, storage: [.zero: UInt256(77), .one: UInt256(78)])
    ]
    func target(_ index: Int) -> Address { Address(word: UInt256(UInt64(0x1000 + index))) }
    for (index, code) in codes.enumerated() {
      accounts[target(index)] = .init(balance: UInt256(1000), code: code, storage: [.zero: UInt256(5)])
    }
    let states = (0..<2).map { _ in JournaledState(InMemoryState(accounts)) }
    for (index, code) in codes.enumerated() {
      let message = EVMMessage(
        caller: Self.caller, target: target(index), input: [1, 2, 3] + [UInt8](repeating: 9, count: 40),
        gas: gas)
      let expected = try fast.call(message, in: BlockEnvironment(), on: states[0])
      let result = try execution.call(message, on: states[1])
      #expect(result == expected, "fork \(fork), gas \(gas), code \(HexadecimalBytes.text(code))")
      #expect(
        execution.checker.problems == [], "fork \(fork), gas \(gas), code \(HexadecimalBytes.text(code))")
      #expect(execution.checker.storageDifference == nil)
      if !execution.checker.problems.isEmpty { break }
    }
    #expect(states[0].changes() == states[1].changes())
    let memory = try execution.finish()
    #expect(memory.timestamp == UInt32(memory.accessLog.count) + 1)
    return execution.checker.steps
  }

  /// Every opcode with operands around the borders of words.
  @Test("Every opcode", arguments: 0..<5)
  func opcodes(_ set: Int) throws {
    let operands: [[UInt64]] = [
      [0, 0, 0, 0, 0, 0, 0], [32, 32, 32, 32, 32, 32, 32], [33, 40, 31, 1, 33, 2, 5],
      // As calls have them: gas on top, then the contract, and areas across words.
      [40, 33, 35, 3, 0, 0xbb, 50_000], [3, 1, 33, 64, 0xbb, 9000, 60],
    ]
    let codes = (0..<256).filter { $0 != 0xfe }.map { opcode in
      Assembler.build {
        $0.push(UInt256.max)
        $0.push(31)
        $0.op(.mstore)
        for value in 1...17 { $0.push(UInt64(value)) }
        for value in operands[set] { $0.push(value) }
        $0.raw([UInt8(opcode), 0x5b])
        $0.op(.msize, .returndatasize)
      }
    }
    let child = Assembler.build {
      $0.push(0)
      $0.op(.sload)
      $0.push(1)
      $0.op(.add)
      $0.push(0)
      $0.op(.sstore, .calldatasize)
      $0.push(0, 1)
      $0.op(.calldatacopy)
      $0.push(70, 3)
      $0.op(.return)
    }
    for start in stride(from: 0, to: codes.count, by: 64) {
      let part = Array(codes[start..<min(start + 64, codes.count)])
      #expect(try run(part, child: child, fork: .osaka, gas: 300_000) > part.count * 20)
    }
  }

  #if DEBUG
    private static let seeds = 0..<10
  #else
    private static let seeds = 0..<60
  #endif

  /// 25 programs each: 250 in debug builds, 1,500 in others.
  @Test("Random contracts", arguments: seeds)
  func random(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1)
    let child = RandomContract.code(&random, length: 20)
    let codes = (0..<25).map { _ in RandomContract.code(&random, length: 40) }
    let fork = Fork.allCases[Int(random.next() % UInt64(Fork.allCases.count))]
    let gas = [3000, 30_000, 300_000][Int(random.next() % 3)] &+ random.next() % 50
    #expect(try run(codes, child: child, fork: fork, gas: gas) >= codes.count)
  }

  @Test("Instructions of extensions: declared operands, what they read, and all that they change")
  func extensions() throws {
    let code = Assembler.build {
      $0.push(3, 40)
      $0.raw([0x0c])
      $0.op(.pop)
      $0.raw([0x0d])
    }
    let steps = try run([code], child: [0], fork: .osaka, gas: 100_000, extensions: [MemoryExtension()])
    #expect(steps == 6)
  }
}

/// Instructions that change memory, storage and return data.
private struct MemoryExtension: VMExtension {
  let name = "memory"
  let version = "1"

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(Fill())
    try registry.register(Note())
  }

  /// Fills 70 bytes behind an offset with a value, and gives what stood there first.
  struct Fill: EVMInstructionExecutor {
    let mnemonic = "fill"
    let opcode = Opcode(0x0c)
    let staticGas: UInt32 = 5
    let stackInputs = 2
    let stackOutputs = 1
    var implementation: EVMImplementation {
      .service { (frame: inout EVMFrame) throws(EVMHalt) in
        let range = try frame.reach(frame.input(0), count: UInt256(70))
        let first = frame.bytes(range)?.first ?? 0
        let value = UInt8(truncatingIfNeeded: frame.input(1).limb0)
        try frame.setBytes([UInt8](repeating: value, count: 70), at: range.lowerBound)
        frame.setOutput(0, to: UInt256(UInt64(first)))
      }
    }
  }

  /// Counts a slot up and gives return data.
  struct Note: EVMInstructionExecutor {
    let mnemonic = "note"
    let opcode = Opcode(0x0d)
    let staticGas: UInt32 = 5
    let stackInputs = 0
    let stackOutputs = 0
    var implementation: EVMImplementation {
      .service { (frame: inout EVMFrame) throws(EVMHalt) in
        try frame.setStorage(.zero, to: frame.storage(.zero) &+ .one)
        var failure: EVMHalt?
        [UInt8](repeating: 3, count: 40).withUnsafeBytes { bytes in
          do throws(EVMHalt) { try frame.setReturnData(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
      }
    }
  }
}
