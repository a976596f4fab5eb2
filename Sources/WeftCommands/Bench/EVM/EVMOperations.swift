import Weft

/// Single operations of the EVM, many in a row: what one of them takes, with the few pushes and pops it needs.
struct EVMOperationBenchmark {
  let name: String
  /// Nanoseconds that one may take, where there is such a mark.
  let mark: Double?
  private let repetitions: Int
  private let before: [UInt8]
  private let body: @Sendable (Int) -> [UInt8]
  /// Gas of one repetition, and what is paid once: code before them, cold accesses, memory.
  private let gasEach: UInt64
  private let gasOnce: UInt64

  static let all: [EVMOperationBenchmark] = [
    EVMOperationBenchmark(
      name: "null call", mark: 1000, repetitions: 0, before: [], body: { _ in [] }, gasEach: 0, gasOnce: 0),
    // PUSH0 five times, PUSH2, GAS, CALL, POP.
    EVMOperationBenchmark(
      name: "CALL, no code", mark: 150, repetitions: 1000, before: [], body: { _ in call(0xaaaa) },
      gasEach: 117, gasOnce: 2500),
    EVMOperationBenchmark(
      name: "CALL, code STOP", mark: 150, repetitions: 1000, before: [], body: { _ in call(0xbbbb) },
      gasEach: 117, gasOnce: 2500),
    // PUSH0, SLOAD, POP.
    EVMOperationBenchmark(
      name: "SLOAD, warm", mark: 20, repetitions: 1000, before: [], body: { _ in [0x5f, 0x54, 0x50] },
      gasEach: 104, gasOnce: 2000),
    // PUSH2 n, PUSH0, MSTORE, PUSH1 64, PUSH0, KECCAK256, POP.
    EVMOperationBenchmark(
      name: "KECCAK256, 64 bytes", mark: 170, repetitions: 1000, before: [], body: { hash($0) },
      gasEach: 57, gasOnce: 6),
    EVMOperationBenchmark(
      name: "KECCAK256, 64 bytes again", mark: nil, repetitions: 1000, before: [], body: { _ in hash(7) },
      gasEach: 57, gasOnce: 6),
    // The prime of secp256k1 and a number; DUP2, DUP2, DUP1, MULMOD, SWAP1, POP.
    EVMOperationBenchmark(
      name: "MULMOD, same modulus", mark: 43, repetitions: 1000,
      before: primeAndNumber,
      body: { _ in [0x81, 0x81, 0x80, 0x09, 0x90, 0x50] }, gasEach: 22, gasOnce: 6),
  ]

  private static var primeAndNumber: [UInt8] {
    let prime = [UInt8](repeating: 0xff, count: 27) + [0xfe, 0xff, 0xff, 0xfc, 0x2f]
    let number: [UInt8] = (1...32).map { $0 * 7 }
    return [0x7f] + prime + [0x7f] + number
  }

  private static func call(_ address: UInt16) -> [UInt8] {
    [0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x61, UInt8(address >> 8), UInt8(address & 0xff), 0x5a, 0xf1, 0x50]
  }

  private static func hash(_ value: Int) -> [UInt8] {
    [0x61, UInt8(value >> 8), UInt8(value & 0xff), 0x5f, 0x52, 0x60, 0x40, 0x5f, 0x20, 0x50]
  }

  /// Nanoseconds of one, the median of samples that take so long together.
  func measure(seconds: Double) throws(CommandError) -> Double {
    do {
      let evm = try EVM(fork: .cancun)
      let target = Address(word: UInt256(0xc0de))
      let code = before + (0..<repetitions).flatMap(body) + [0x00]
      let accounts: [Address: InMemoryState.Entry] = [
        target: .init(code: code), Address(word: UInt256(0xbbbb)): .init(code: [0x00]),
      ]
      let state = JournaledState(InMemoryState(accounts))
      let message = EVMMessage(target: target, gas: 10_000_000)
      let expected = message.gas - gasOnce - UInt64(repetitions) * gasEach
      func run() throws(EVMError) -> Bool {
        let result = try evm.call(message, in: BlockEnvironment(), on: state)
        return result.isSuccess && result.gasLeft == expected
      }
      for engine in Engine.allCases {
        evm.engine = engine
        guard try run() else { throw CommandError(.mismatch, "\(name): wrong gas on engine \(engine)") }
      }
      evm.engine = .standard
      let calls = repetitions == 0 ? 1000 : 1
      var samples: [Double] = []
      var spent = 0.0
      while samples.count < 5 || spent < seconds {
        let begin = ProcessorTime.now
        var isRight = true
        for _ in 0..<calls { isRight = try run() && isRight }
        let time = ProcessorTime.now - begin
        guard isRight else { throw CommandError(.mismatch, "\(name): gas differs from run to run") }
        samples.append(time * 1e9 / Double(calls * max(1, repetitions)))
        spent += time
      }
      return Statistics.median(samples)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(.mismatch, "\(name): \(error)")
    }
  }
}
