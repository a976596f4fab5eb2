import Testing
import WeftMachine

@testable import WeftEVM

/// What frames leave behind when they end well, and what they do not when they fail.
@Suite("State of frames")
struct FrameStateTests {
  private static let child = Address(word: UInt256(0xbb))
  private static let seen = Address(word: UInt256(0x5ee))

  private func call(_ opcode: Opcode = .call, _ target: Address = child) -> [UInt8] {
    Assembler.build {
      $0.push(0, 0, 0, 0)
      if opcode == .call { $0.push(0) }
      $0.push(target.word)
      $0.push(200_000)
      $0.op(opcode, .pop)
    }
  }

  /// The gas that an instruction with one operand takes, on the stack.
  private func measured(_ operand: UInt256, _ opcode: Opcode) -> [UInt8] {
    Assembler.build {
      $0.push(operand)
      $0.op(.gas, .swap1, opcode, .pop, .gas, .swap1, .sub)
    }
  }

  private let revert: [UInt8] = [0x60, 0, 0x60, 0, 0xfd]
  private let returnTop = Assembler.build { $0.returnTop() }

  @Test("What a child has warmed is cold again where it failed", arguments: [true, false], Engine.allCases)
  func warmth(_ fails: Bool, _ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    // The child runs in the caller's name, so that the slot is the caller's.
    run.accounts[Self.child] = .init(
      code: Assembler.build {
        $0.push(Self.seen.word)
        $0.op(.balance, .pop)
        $0.push(9)
        $0.op(.sload, .pop)
      } + (fails ? revert : []))
    // GAS, SWAP1, POP and the measured instruction: 2 + 3 + 2.
    let account = try run.word(call(.delegatecall) + measured(Self.seen.word, .balance) + returnTop)
    #expect(account == UInt256(UInt64(7 + (fails ? 2600 : 100))))
    let slot = try run.word(call(.delegatecall) + measured(UInt256(9), .sload) + returnTop)
    #expect(slot == UInt256(UInt64(7 + (fails ? 2100 : 100))))
  }

  private func storing(_ value: UInt64) -> [UInt8] {
    Assembler.build {
      $0.push(value, 1)
      $0.op(.tstore)
    }
  }

  private let loading = Assembler.build {
    $0.push(1)
    $0.op(.tload)
  }

  @Test(
    "Transient storage survives a call and a DELEGATECALL writes the caller's", arguments: Engine.allCases)
  func transientStorage(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.accounts[Self.child] = .init(code: storing(5))
    #expect(try run.word(storing(3) + call() + loading + returnTop) == UInt256(3))
    #expect(try run.word(storing(3) + call(.delegatecall) + loading + returnTop) == UInt256(5))
    run.accounts[Self.child] = .init(code: storing(5) + revert)
    #expect(try run.word(storing(3) + call(.delegatecall) + loading + returnTop) == UInt256(3))
  }

  @Test("Transient storage ends with the transaction", arguments: Engine.allCases)
  func transientEnd(_ engine: Engine) throws {
    let run = CodeRun(engine: engine)
    let code = loading + storing(3) + returnTop
    let evm = try run.evm()
    let state = run.state(code)
    for _ in 0..<2 {
      let result = try evm.call(run.message, in: BlockEnvironment(), on: state)
      #expect(UInt256(bigEndianBytes: result.output) == .zero)
    }
  }

  @Test("Storage, balance and logs of a child that failed are undone", arguments: Engine.allCases)
  func undone(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    let changes = Assembler.build {
      $0.push(7, 1)
      $0.op(.sstore)
      $0.push(0, 0)
      $0.op(Opcode(0xa0))
      $0.push(0, 0, 0, 0, 5)
      $0.push(Self.seen.word)
      $0.push(1000)
      $0.op(.call, .pop)
    }
    for fails in [false, true] {
      run.accounts[Self.child] = .init(balance: UInt256(9), code: changes + (fails ? [0xfe] : []))
      let (result, state) = try run.run(call())
      #expect(result.isSuccess && result.logs.count == (fails ? 0 : 1))
      #expect(try state.storage(at: Self.child, slot: .one) == (fails ? .zero : UInt256(7)))
      #expect(try state.account(at: Self.seen)?.balance == (fails ? nil : UInt256(5)))
      #expect(try state.account(at: Self.child)?.balance == (fails ? UInt256(9) : UInt256(4)))
    }
  }

  @Test(
    "A coinbase that destroys itself loses the fee too, up to Shanghai",
    arguments: [Fork.byzantium, .london, .shanghai, .cancun])
  func coinbase(_ fork: Fork) throws {
    let (sender, coinbase) = (Address(word: UInt256(0x5e)), Address(word: UInt256(0xc0)))
    let state = JournaledState(
      InMemoryState([
        sender: .init(balance: UInt256(10_000_000)),
        coinbase: .init(
          balance: UInt256(3),
          code: Assembler.build {
            $0.push(Self.seen.word)
            $0.op(.selfdestruct)
          }),
      ]))
    let transaction = EVMTransaction(sender: sender, recipient: coinbase, gasLimit: 100_000, maximumFee: .one)
    let result = try EVM(fork: fork).execute(transaction, in: BlockEnvironment(coinbase: coinbase), on: state)
    #expect(result.isSuccess)
    #expect(try state.account(at: Self.seen)?.balance == UInt256(3))
    let left = try state.account(at: coinbase)?.balance
    #expect(left == (fork < .cancun ? nil : UInt256(result.gasUsed)))
  }

  @Test(
    "A call without value to an empty account removes it from Spurious Dragon on", arguments: Fork.allCases)
  func touches(_ fork: Fork) throws {
    var run = CodeRun(fork: fork)
    run.accounts[Self.seen] = .init()
    #expect(
      try (run.run(call(.call, Self.seen)).state.account(at: Self.seen) == nil) == (fork >= .spuriousDragon))
    // Not where the frame that called it fails.
    run.accounts[Self.child] = .init(code: call(.call, Self.seen) + [0xfe])
    #expect(try run.run(call()).state.account(at: Self.seen) != nil)
  }

  @Test("A delegation warms its authority before it looks at the code, and touches nothing")
  func authorities() throws {
    let (sender, target) = (Address(word: UInt256(0x5e)), Address(word: UInt256(0x7a)))
    // An authority with code is skipped, but warm.
    let state = JournaledState(
      InMemoryState([
        sender: .init(balance: UInt256(10_000_000)), Self.seen: .init(code: [0x00]),
        target: .init(code: measured(Self.seen.word, .balance) + returnTop),
      ]))
    let transaction = EVMTransaction(
      kind: .setCode, sender: sender, recipient: target, gasLimit: 200_000,
      authorizations: [.init(chainID: .zero, address: target, nonce: 0, authority: Self.seen)])
    let result = try EVM(fork: .prague).execute(transaction, in: BlockEnvironment(), on: state)
    #expect(UInt256(bigEndianBytes: result.returnData) == UInt256(107))
    // An empty authority that is skipped for its nonce stays: warming is not touching.
    let idle = JournaledState(
      InMemoryState([sender: .init(balance: UInt256(10_000_000)), Self.seen: .init()]))
    var skipped = transaction
    skipped.authorizations[0].nonce = 5
    _ = try EVM(fork: .prague).execute(skipped, in: BlockEnvironment(), on: idle)
    #expect(try idle.account(at: Self.seen) != nil)
  }
}
