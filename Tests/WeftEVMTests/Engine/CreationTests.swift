import Testing
import WeftMachine

@testable import WeftEVM

@Suite("Creations")
struct CreationTests {
  /// Puts init code of at most 32 bytes into memory and creates a contract of it; the address is on the stack.
  private func create(_ initCode: [UInt8], value: UInt64 = 0, salt: UInt64? = nil) -> [UInt8] {
    Assembler.build {
      $0.push(UInt256(bigEndianBytes: initCode + [UInt8](repeating: 0, count: 32 - initCode.count))!)
      $0.push(0)
      $0.op(.mstore)
      if let salt { $0.push(salt) }
      $0.push(UInt64(initCode.count), 0, value)
      $0.op(salt == nil ? .create : .create2)
    }
  }

  /// Init code that returns so many zeros.
  private func returning(_ count: UInt64) -> [UInt8] {
    Assembler.build {
      $0.push(count, 0)
      $0.op(.return)
    }
  }

  private var first: Address { Address(word: ContractAddress.sequential(CodeRun.address.word, nonce: 0)) }

  private let returnTop = Assembler.build { $0.returnTop() }

  @Test("Addresses follow from sender and nonce, or from sender, salt and init code")
  func addresses() {
    // Of EIP-1014's examples.
    let empty = Keccak256.hash([UInt8]()).word
    let found = ContractAddress.salted(.zero, salt: .zero, codeHash: empty)
    #expect("\(Address(word: found))" == "0xe33c0c7f7df4809055c3eba6c09cfe4baf1bd9e0")
    let hash = Keccak256.hash([0xde, 0xad, 0xbe, 0xef] as [UInt8]).word
    let other = ContractAddress.salted(UInt256("0xdeadbeef")!, salt: UInt256("0xcafebabe")!, codeHash: hash)
    #expect("\(Address(word: other))" == "0x60f3f640a8508fc6a86d45df051962668e1e8ac7")
    // The first contracts of an account of the main net (0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0).
    let sender = UInt256("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0")!
    let expected = [
      "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d", "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8",
      "0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91",
    ]
    for (nonce, text) in expected.enumerated() {
      #expect("\(Address(word: ContractAddress.sequential(sender, nonce: UInt64(nonce))))" == text)
    }
  }

  enum Obstacle: CaseIterable { case nonce, code, storage }

  @Test(
    "An address that is taken costs the child's gas and the nonce, and is warm afterwards",
    arguments: Obstacle.allCases, Engine.allCases)
  func collisions(_ obstacle: Obstacle, _ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    switch obstacle {
    case .nonce: run.accounts[first] = .init(nonce: 1)
    case .code: run.accounts[first] = .init(code: [0])
    case .storage: run.accounts[first] = .init(storage: [.one: .one])
    }
    let (result, state) = try run.run(create(returning(1)) + returnTop)
    #expect(result.isSuccess && UInt256(bigEndianBytes: result.output) == .zero)
    // 1/64 of what is left when the child begins, less what comes after.
    let left = run.gas - (3 + 3 + 3 + 3 + 9 + 32000 + 2)
    #expect(result.gasLeft == left / 64 - 12)
    #expect(try state.account(at: CodeRun.address)?.nonce == 1)
    let warm =
      create(returning(1))
      + Assembler.build {
        $0.op(.pop)
        $0.push(first.word)
        $0.op(.gas, .swap1, .balance, .pop, .gas, .swap1, .sub)
        $0.returnTop()
      }
    // BALANCE with GAS before and after: 2 + 3 + 100 + 2.
    #expect(try run.word(warm) == UInt256(107))
  }

  @Test("A balance alone is no obstacle, and stays", arguments: Engine.allCases)
  func prefunded(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.accounts[first] = .init(balance: UInt256(9))
    let (result, state) = try run.run(create(returning(1)) + returnTop)
    #expect(UInt256(bigEndianBytes: result.output) == first.word)
    #expect(try state.account(at: first)?.balance == UInt256(9))
    #expect(try state.code(at: first) == [0])
  }

  @Test("The highest nonce, too little value: nothing happens and all gas stays", arguments: [true, false])
  func lightFailures(_ isNonce: Bool) throws {
    var run = CodeRun()
    run.accounts[CodeRun.address] = .init(nonce: isNonce ? .max : 4)
    let (result, state) = try run.run(create(returning(1), value: isNonce ? 0 : 1) + returnTop)
    #expect(UInt256(bigEndianBytes: result.output) == .zero)
    #expect(run.gas - result.gasLeft == 3 + 3 + 3 + 3 + 9 + 32000 + 2 + 12)
    #expect(try state.account(at: CodeRun.address)?.nonce == (isNonce ? .max : 4))
  }

  @Test("The address after a creation that failed uses the next nonce")
  func nextNonce() throws {
    let code = create([0x5f, 0x5f, 0xfd]) + [0x50] + create(returning(1)) + returnTop
    let second = ContractAddress.sequential(CodeRun.address.word, nonce: 1)
    #expect(try CodeRun().word(code) == second)
  }

  @Test("Accounts of this transaction begin with nonce 1 from Spurious Dragon on", arguments: Fork.allCases)
  func createdNonce(_ fork: Fork) throws {
    let state = try CodeRun(fork: fork).run(create(returning(1))).state
    #expect(try state.account(at: first)?.nonce == (fork >= .spuriousDragon ? 1 : 0))
  }

  @Test(
    "A deposit that is one gas short: Frontier keeps an empty account, later forks fail",
    arguments: Fork.allCases)
  func shortDeposit(_ fork: Fork) throws {
    // Before Tangerine Whistle the child gets everything, which makes the last unit easy to place.
    guard fork < .tangerineWhistle else { return }
    var run = CodeRun(fork: fork)
    // The child's own cost: two pushes and a word of memory.
    run.gas = 3 + 3 + 6 + 9 + 32000 + (6 + 3) + 200 - 1
    let (result, state) = try run.run(create(returning(1)))
    #expect(result.isSuccess)
    #expect(try (state.account(at: first) != nil) == (fork == .frontier))
    #expect(try state.code(at: first) == [])
    #expect(result.gasLeft == (fork == .frontier ? 199 : 0))
    run.gas += 1
    #expect(try run.run(create(returning(1))).state.code(at: first) == [0])
  }

  @Test("Code of 24,576 bytes is the longest from Spurious Dragon on", arguments: Fork.allCases)
  func codeSize(_ fork: Fork) throws {
    for (count, isAllowed) in [(24576, true), (24577, fork < .spuriousDragon)] as [(UInt64, Bool)] {
      let run = CodeRun(fork: fork, gas: 20_000_000)
      let word = try run.word(create(returning(count)) + returnTop)
      #expect((word != .zero) == isAllowed, "\(fork), \(count)")
    }
  }

  @Test("Code that begins with 0xef is refused from London on", arguments: Fork.allCases)
  func reservedCode(_ fork: Fork) throws {
    // Returns one byte 0xef.
    let initCode: [UInt8] = [0x60, 0xef, 0x60, 0, 0x53, 0x60, 1, 0x60, 0, 0xf3]
    #expect(try (CodeRun(fork: fork).word(create(initCode) + returnTop) != .zero) == (fork < .london))
  }

  @Test(
    "Init code of 49,152 bytes is the longest from Shanghai on", arguments: [Fork.paris, .shanghai, .osaka],
    Engine.allCases)
  func initCodeSize(_ fork: Fork, _ engine: Engine) throws {
    for (opcode, salted) in [(Opcode.create, false), (.create2, true)] {
      for (count, isAllowed) in [(49152, true), (49153, fork < .shanghai)] as [(UInt64, Bool)] {
        let run = CodeRun(fork: fork, engine: engine, gas: 20_000_000)
        let code = Assembler.build {
          if salted { $0.push(0) }
          $0.push(count, 0, 0)
          $0.op(opcode)
        }
        let status = try run.run(code).result.status
        #expect(status == (isAllowed ? .success : .halted(.initCodeTooLong)))
      }
    }
  }

  @Test(
    "CREATE2 of what was destroyed in the same transaction collides; in the next it does not",
    arguments: [Fork.shanghai, .cancun])
  func afterDestruction(_ fork: Fork) throws {
    // Init code that destroys its account at once.
    let code = create([0x60, 0, 0xff], salt: 5) + [0x50] + create([0x60, 0, 0xff], salt: 5) + returnTop
    let run = CodeRun(fork: fork)
    let evm = try run.evm()
    let state = run.state(code)
    let once = try evm.call(run.message, in: BlockEnvironment(), on: state)
    #expect(UInt256(bigEndianBytes: once.output) == .zero)
    let single = create([0x60, 0, 0xff], salt: 5) + returnTop
    let again = run.state(single)
    for _ in 0..<2 {
      let result = try evm.call(run.message, in: BlockEnvironment(), on: again)
      #expect(UInt256(bigEndianBytes: result.output) != .zero)
    }
  }

  @Test("A creation from outside: address, code and collision", arguments: Engine.allCases)
  func outermost(_ engine: Engine) throws {
    let evm = try EVM(fork: .cancun)
    evm.engine = engine
    let sender = Address(word: UInt256(0x77))
    let address = Address(word: ContractAddress.sequential(sender.word, nonce: 3))
    var accounts: [Address: InMemoryState.Entry] = [sender: .init(nonce: 3, balance: UInt256(10))]
    let message = EVMMessage(
      caller: sender, target: nil, value: UInt256(4), input: returning(2), gas: 100_000)
    let state = JournaledState(InMemoryState(accounts))
    let result = try evm.call(message, in: BlockEnvironment(), on: state)
    #expect(result.isSuccess && result.createdAddress == address && result.output == [0, 0])
    #expect(try state.account(at: address)?.balance == UInt256(4))
    accounts[address] = .init(code: [1])
    let taken = try evm.call(message, in: BlockEnvironment(), on: JournaledState(InMemoryState(accounts)))
    #expect(taken.status == .halted(.creationCollision) && taken.gasLeft == 0)
  }
}
