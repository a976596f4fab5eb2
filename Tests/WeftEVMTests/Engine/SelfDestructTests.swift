import Testing
import WeftMachine

@testable import WeftEVM

@Suite("SELFDESTRUCT")
struct SelfDestructTests {
  private static let heir = Address(word: UInt256(0x4e14))
  private static let victim = Address(word: UInt256(0xdead))

  private func destroy(for heir: Address) -> [UInt8] {
    Assembler.build {
      $0.push(heir.word)
      $0.op(.selfdestruct)
    }
  }

  private func call(_ target: Address, value: UInt64 = 0) -> [UInt8] {
    Assembler.build {
      $0.push(0, 0, 0, 0, value)
      $0.push(target.word)
      $0.push(100_000)
      $0.op(.call, .pop)
    }
  }

  private func run(_ fork: Fork, _ code: [UInt8], victim: [UInt8]) throws -> (EVMResult, JournaledState) {
    var run = CodeRun(fork: fork)
    run.accounts[Self.victim] = .init(
      nonce: 1, balance: UInt256(50), code: victim, storage: [UInt256(1): UInt256(7)])
    run.accounts[CodeRun.address] = .init(balance: UInt256(100))
    let (result, state) = try run.run(code)
    return (result, state)
  }

  @Test("The whole balance moves at once; up to Shanghai the account dies as well", arguments: Fork.allCases)
  func destruction(_ fork: Fork) throws {
    let (result, state) = try run(fork, call(Self.victim), victim: destroy(for: Self.heir))
    #expect(result.isSuccess)
    #expect(try state.account(at: Self.heir)?.balance == UInt256(50))
    let account = try state.account(at: Self.victim)
    if fork < .cancun {
      #expect(account == nil)
      #expect(try state.storage(at: Self.victim, slot: .one) == .zero)
    } else {
      #expect(account?.balance == .zero && account?.nonce == 1)
      #expect(try state.storage(at: Self.victim, slot: .one) == UInt256(7))
    }
    #expect(result.refund == (fork < .london ? 24000 : 0))
  }

  @Test("In favour of itself the ether burns, from Cancun on nothing changes", arguments: Fork.allCases)
  func ownHeir(_ fork: Fork) throws {
    let (_, state) = try run(fork, call(Self.victim), victim: destroy(for: Self.victim))
    let account = try state.account(at: Self.victim)
    #expect(account?.balance == (fork < .cancun ? nil : UInt256(50)))
  }

  @Test(
    "Twice is one destruction, with one refund; until the end it can be called and paid",
    arguments: Fork.allCases)
  func twice(_ fork: Fork) throws {
    let code = call(Self.victim) + call(Self.victim, value: 9)
    let (result, state) = try run(fork, code, victim: destroy(for: Self.heir))
    #expect(result.refund == (fork < .london ? 24000 : 0))
    // The second time it gives away what it was paid.
    #expect(try state.account(at: Self.heir)?.balance == UInt256(59))
    #expect(try (state.account(at: Self.victim) == nil) == (fork < .cancun))
  }

  @Test("What it holds in the end is lost", arguments: [Fork.frontier, .byzantium, .shanghai])
  func paidAfterwards(_ fork: Fork) throws {
    // Destroys itself without value, takes value without doing anything.
    let victim = Assembler.build {
      $0.op(.callvalue)
      $0.push(UInt64(2 + 3 + 1 + 20 + 1))
      $0.op(.jumpi)
      $0.raw([0x73] + Self.heir.bytes)
      $0.op(.selfdestruct, .jumpdest)
    }
    let at = victim.firstIndex(of: 0x5b)!
    #expect(at == victim.count - 1)
    var code = victim
    code[2] = UInt8(at)
    let (_, state) = try run(fork, call(Self.victim) + call(Self.victim, value: 9), victim: code)
    #expect(try state.account(at: Self.victim) == nil)
    #expect(try state.account(at: Self.heir)?.balance == UInt256(50))
    #expect(try state.account(at: CodeRun.address)?.balance == UInt256(91))
  }

  @Test("In a frame that fails it is undone", arguments: Fork.allCases)
  func undone(_ fork: Fork) throws {
    // The victim calls itself through a middle contract that halts.
    let middle = Address(word: UInt256(0x0dd))
    var run = CodeRun(fork: fork)
    run.accounts[Self.victim] = .init(balance: UInt256(50), code: destroy(for: Self.heir))
    run.accounts[middle] = .init(code: call(Self.victim) + [0xfe])
    let (result, state) = try run.run(call(middle))
    #expect(result.isSuccess && result.refund == 0)
    #expect(try state.account(at: Self.victim)?.balance == UInt256(50))
    #expect(try state.account(at: Self.heir) == nil)
  }

  @Test("In init code it destroys the new account under every fork", arguments: Fork.allCases)
  func inInitCode(_ fork: Fork) throws {
    let code = Assembler.build {
      $0.push(UInt256(bigEndianBytes: [0x60, 0x77, 0xff] + [UInt8](repeating: 0, count: 29))!)
      $0.push(0)
      $0.op(.mstore)
      $0.push(3, 0, 11)
      $0.op(.create)
    }
    let (_, state) = try run(fork, code, victim: [])
    let created = Address(word: ContractAddress.sequential(CodeRun.address.word, nonce: 0))
    #expect(try state.account(at: created) == nil)
    #expect(try state.account(at: Address(word: UInt256(0x77)))?.balance == UInt256(11))
  }

  enum Heir: CaseIterable { case absent, empty, funded }

  @Test("What an heir costs that has to be made, and a cold one", arguments: Fork.allCases, Heir.allCases)
  func prices(_ fork: Fork, _ heir: Heir) throws {
    for balance in [0, 50] as [UInt64] {
      var run = CodeRun(fork: fork)
      run.accounts[CodeRun.address] = .init(balance: UInt256(balance))
      switch heir {
      case .absent: break
      case .empty: run.accounts[Self.heir] = .init()
      case .funded: run.accounts[Self.heir] = .init(balance: .one)
      }
      var expected: UInt64 = fork < .tangerineWhistle ? 0 : fork < .berlin ? 5000 : 7600
      if fork == .tangerineWhistle, heir == .absent { expected += 25_000 }
      if fork >= .spuriousDragon, heir != .funded, balance > 0 { expected += 25_000 }
      #expect(try run.used(destroy(for: Self.heir)) == 3 + expected, "\(fork), balance \(balance)")
    }
  }

  /// A contract that does nothing, at an address of its own.
  private struct Silent: Precompile, VMExtension {
    let name = "silent"
    let version = "1"
    let address: UInt64 = 0x200
    let firstFork = Fork.cancun.rawValue

    func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { 0 }

    func run(
      input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
    ) -> PrecompileResult { .success }

    func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
      try registry.register(self)
    }
  }

  @Test(
    "An heir that is a precompiled contract is warm where the fork has it, and is made as any other",
    arguments: Fork.allCases)
  func precompiledHeir(_ fork: Fork) throws {
    let heir = Address(word: UInt256(0x200))
    for balance in [0, 50] as [UInt64] {
      var run = CodeRun(fork: fork)
      run.extensions = [Silent()]
      run.accounts[CodeRun.address] = .init(balance: UInt256(balance))
      var expected: UInt64 = fork < .tangerineWhistle ? 0 : 5000
      if fork >= .berlin, fork < .cancun { expected += 2600 }
      if fork == .tangerineWhistle || fork >= .spuriousDragon && balance > 0 { expected += 25_000 }
      let (result, state) = try run.run(destroy(for: heir))
      #expect(run.gas - result.gasLeft == 3 + expected, "\(fork), balance \(balance)")
      // EIP-161: nothing is left of an account that was touched and is empty.
      let left = try state.account(at: heir)
      #expect(left?.balance == (balance == 0 && fork >= .spuriousDragon ? nil : UInt256(balance)), "\(fork)")
    }
  }

  @Test(
    "An account that had ether before its CREATE2 dies in the transaction that makes it, under every fork",
    arguments: Fork.allCases.filter { $0 >= .constantinople })
  func prefunded(_ fork: Fork) throws {
    let heir = Address(word: UInt256(0x77))
    // PUSH1 heir SELFDESTRUCT, and ADDRESS SELFDESTRUCT.
    for (initCode, isOwnHeir) in [([0x60, 0x77, 0xff], false), ([0x30, 0xff], true)] as [([UInt8], Bool)] {
      let created = Address(
        word: ContractAddress.salted(
          CodeRun.address.word, salt: UInt256(5), codeHash: Keccak256.hash(initCode).word))
      var run = CodeRun(fork: fork)
      run.accounts[created] = .init(balance: UInt256(30))
      run.accounts[CodeRun.address] = .init(balance: UInt256(100))
      let padded = initCode + [UInt8](repeating: 0, count: 32 - initCode.count)
      let code = Assembler.build {
        $0.push(UInt256(bigEndianBytes: padded)!)
        $0.push(0)
        $0.op(.mstore)
        $0.push(5, UInt64(initCode.count), 0, 11)
        $0.op(.create2)
        $0.returnTop()
      }
      let (result, state) = try run.run(code)
      #expect(result.isSuccess)
      #expect(UInt256(bigEndianBytes: result.output) == created.word)
      #expect(try state.account(at: created) == nil)
      #expect(try state.account(at: heir)?.balance == (isOwnHeir ? nil : UInt256(41)))
      #expect(try state.account(at: CodeRun.address)?.balance == UInt256(89))
    }
  }
}
