import Testing
import WeftMachine

@testable import WeftEVM

/// Delegations by reference/evm.md §2.3.
@Suite("Delegated accounts")
struct DelegationTests {
  private static let sender = Address(word: UInt256(0x5e4d))
  private static let authority = Address(word: UInt256(0xa07))
  private static let code = Address(word: UInt256(0xc0de))
  private static let coinbase = Address(word: UInt256(0xc01))

  private struct Case {
    var accounts: [Address: InMemoryState.Entry] = [
      DelegationTests.sender: .init(balance: UInt256(1_000_000_000)),
      // Writes CALLER to slot 0 of whoever runs it.
      DelegationTests.code: .init(code: [0x33, 0x60, 0, 0x55]),
    ]
    var authorizations: [EVMTransaction.Authorization] = []
    var recipient = Address(word: UInt256(0x7a7))

    func run() throws -> (TransactionResult, JournaledState) {
      let state = JournaledState(InMemoryState(accounts))
      let transaction = EVMTransaction(
        kind: .setCode, sender: DelegationTests.sender, recipient: recipient, gasLimit: 500_000,
        maximumFee: .one, authorizations: authorizations)
      let block = BlockEnvironment(coinbase: DelegationTests.coinbase)
      return (try EVM(fork: .prague).execute(transaction, in: block, on: state), state)
    }
  }

  private func authorization(
    chain: UInt64 = 0, to address: Address = code, nonce: UInt64 = 0, by authority: Address? = authority
  ) -> EVMTransaction.Authorization {
    EVMTransaction.Authorization(
      chainID: UInt256(chain), address: address, nonce: nonce, authority: authority)
  }

  private func codes(_ state: JournaledState, _ address: Address = authority) throws -> [UInt8] {
    try state.code(at: address)
  }

  @Test(
    "An authorization sets 23 bytes of code and raises the nonce, whatever the call does",
    arguments: [true, false])
  func delegation(_ fails: Bool) throws {
    var item = Case()
    item.authorizations = [authorization()]
    if fails { item.accounts[item.recipient] = .init(code: [0xfe]) }
    let (result, state) = try item.run()
    #expect(result.isSuccess != fails)
    #expect(try codes(state) == Delegation.code(for: Self.code.word))
    #expect(try state.account(at: Self.authority)?.nonce == 1)
  }

  @Test("Wrong chain, wrong nonce, the highest nonce, no signer, a contract: skipped, and paid for")
  func skipped() throws {
    let cases: [(EVMTransaction.Authorization, InMemoryState.Entry?)] = [
      (authorization(chain: 2), nil), (authorization(nonce: 1), nil),
      (authorization(nonce: .max), .init(nonce: .max)),
      (authorization(by: nil), nil), (authorization(), .init(code: [0x00])),
      (authorization(), .init(nonce: 3)),
    ]
    for (authorization, entry) in cases {
      var item = Case()
      item.authorizations = [authorization]
      item.accounts[Self.authority] = entry
      let (result, state) = try item.run()
      #expect(result.isSuccess && result.gasUsed == 46_000)
      #expect(try codes(state) == entry?.code ?? [])
      #expect(try state.account(at: Self.authority)?.nonce == entry?.nonce)
    }
    // Chain 1 is ours.
    var item = Case()
    item.authorizations = [authorization(chain: 1)]
    #expect(try codes(item.run().1).count == 23)
  }

  @Test("An authority that exists refunds 12,500; twice in a list the second needs the next nonce")
  func refunds() throws {
    var item = Case()
    item.authorizations = [authorization()]
    #expect(try item.run().0.gasRefunded == 0)
    item.accounts[Self.authority] = .init(balance: .one)
    // A fifth of 46,000 is less.
    #expect(try item.run().0.gasRefunded == 9200)
    item.authorizations = [authorization(), authorization(nonce: 1), authorization(nonce: 1)]
    let (result, state) = try item.run()
    #expect(try state.account(at: Self.authority)?.nonce == 2)
    #expect(result.gasRefunded == min(25_000, (21_000 + 75_000) / 5))
  }

  @Test("The zero address ends a delegation, and a delegation can be replaced")
  func clearing() throws {
    var item = Case()
    item.accounts[Self.authority] = .init(code: Delegation.code(for: UInt256(5)))
    item.authorizations = [authorization()]
    #expect(try codes(item.run().1) == Delegation.code(for: Self.code.word))
    item.authorizations = [authorization(to: Address(word: .zero))]
    #expect(try codes(item.run().1) == [])
  }

  @Test("The sender's own nonce was raised before")
  func ownAuthority() throws {
    var item = Case()
    item.authorizations = [authorization(nonce: 0, by: Self.sender)]
    #expect(try codes(item.run().1, Self.sender) == [])
    item.authorizations = [authorization(nonce: 1, by: Self.sender)]
    let (_, state) = try item.run()
    #expect(try codes(state, Self.sender).count == 23)
    #expect(try state.account(at: Self.sender)?.nonce == 2)
  }

  @Test("The delegate's code runs in the account's name, with its storage")
  func execution() throws {
    var item = Case()
    item.recipient = Self.authority
    item.authorizations = [authorization()]
    let (result, state) = try item.run()
    #expect(result.isSuccess)
    #expect(try state.storage(at: Self.authority, slot: .zero) == Self.sender.word)
    #expect(try state.storage(at: Self.code, slot: .zero) == .zero)
  }

  @Test("One hop: a delegation to a delegation halts, one to itself too", arguments: [true, false])
  func chains(_ isSelf: Bool) throws {
    var item = Case()
    item.recipient = Self.authority
    item.accounts[Self.code] = .init(code: Delegation.code(for: UInt256(9)))
    item.authorizations = [authorization(to: isSelf ? Self.authority : Self.code)]
    let (result, _) = try item.run()
    #expect(result.status == .halted(.undefinedInstruction))
  }

  @Test("EXTCODESIZE, EXTCODECOPY and EXTCODEHASH see the 23 bytes, CODESIZE the delegate's code")
  func views() throws {
    var item = Case()
    let designator = Delegation.code(for: Self.code.word)
    item.authorizations = [authorization(by: nil)]
    item.accounts[Self.authority] = .init(code: designator)
    item.accounts[Self.code] = .init(
      code: Assembler.build {
        $0.op(.codesize); $0.returnTop()
      })
    item.accounts[item.recipient] = .init(
      code: Assembler.build {
        $0.push(Self.authority.word)
        $0.op(.extcodesize)
        $0.push(0)
        $0.op(.mstore)
        $0.push(Self.authority.word)
        $0.op(.extcodehash)
        $0.push(32)
        $0.op(.mstore)
        $0.push(32, 0, 64)
        $0.push(Self.authority.word)
        $0.op(.extcodecopy)
        $0.push(32, 96, 0, 0, 0)
        $0.push(Self.authority.word)
        $0.op(.gas, .call)
        $0.push(128, 0)
        $0.op(.return)
      })
    let output = try item.run().0.returnData
    let words = (0..<4).map { UInt256(bigEndianBytes: Array(output[32 * $0..<32 * $0 + 32])) }
    #expect(words[0] == UInt256(23) && words[1] == Keccak256.hash(designator).word)
    #expect(Array(output[64..<87]) == designator && output[87..<96].allSatisfy { $0 == 0 })
    #expect(words[3] == UInt256(UInt64(item.accounts[Self.code]?.code.count ?? 0)))
  }

  @Test("A call pays for the delegate as a second access, cold and warm")
  func prices() throws {
    let call = Assembler.build {
      $0.push(0, 0, 0, 0, 0)
      $0.push(Self.authority.word)
      $0.push(0)
      $0.op(.call, .pop)
    }
    var run = CodeRun(fork: .prague)
    run.accounts[Self.authority] = .init(code: Delegation.code(for: UInt256(0xde1)))
    #expect(try run.used(call) == 21 + 2 * 2600 + 2)
    #expect(try run.used(call + call) == 2 * 23 + 2 * 2600 + 2 * 100)
  }
}
