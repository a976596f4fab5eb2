import Testing
import WeftMachine

@testable import WeftEVM

/// Validity and fees by reference/evm.md §2.1 and §2.2.
@Suite("Rules of transactions")
struct TransactionRuleTests {
  private static let sender = Address(word: UInt256(0x5e4d))
  private static let target = Address(word: UInt256(0x7a7))
  private static let coinbase = Address(word: UInt256(0xc01))

  struct Case {
    var fork = Fork.osaka
    var sender = InMemoryState.Entry(balance: UInt256(1) &* UInt256(low: 1 << 100, high: 0))
    var accounts: [Address: InMemoryState.Entry] = [:]
    var transaction = EVMTransaction(
      kind: .dynamicFee, sender: TransactionRuleTests.sender, recipient: TransactionRuleTests.target,
      gasLimit: 100_000, maximumFee: UInt256(20), priorityFee: UInt256(2))
    var block = BlockEnvironment(coinbase: TransactionRuleTests.coinbase, baseFee: UInt256(10))
    var gasLeft: UInt64?

    /// The result and the state afterwards, or why it was refused.
    func run() throws(MachineError) -> (Result<TransactionResult, ExecutionError>, JournaledState) {
      var accounts = accounts
      accounts[TransactionRuleTests.sender] = sender
      let state = JournaledState(InMemoryState(accounts))
      let evm = try EVM(fork: fork)
      do throws(ExecutionError) {
        return (.success(try evm.execute(transaction, in: block, on: state, gasLeft: gasLeft)), state)
      } catch { return (.failure(error), state) }
    }

    /// The text of the refusal, "executed" where there is none.
    func outcome() throws -> String {
      let (result, state) = try run()
      switch result {
      case .success: return "executed"
      case .failure(let error):
        // Nothing has happened.
        #expect(state.changes().accounts.values.allSatisfy { $0.account?.nonce == sender.nonce })
        return "\(error)"
      }
    }
  }

  private func outcome(_ change: (inout Case) -> Void) throws -> String {
    var item = Case()
    change(&item)
    return try item.outcome()
  }

  private let blobHash = Hash256(word: UInt256(limbs: 0, 0, 0, 1 << 56))

  @Test("Types begin with their forks", arguments: Fork.allCases)
  func types(_ fork: Fork) throws {
    let first: [(EVMTransaction.Kind, Fork)] = [
      (.legacy, .frontier), (.accessList, .berlin), (.dynamicFee, .london), (.blob, .cancun),
      (.setCode, .prague),
    ]
    for (kind, since) in first {
      let text = try outcome {
        $0.fork = fork
        $0.transaction.kind = kind
        $0.transaction.priorityFee = kind.rawValue < 2 ? UInt256(20) : UInt256(2)
        if kind == .blob { ($0.transaction.blobHashes, $0.transaction.maximumBlobFee) = ([blobHash], .one) }
        if kind == .setCode {
          $0.transaction.authorizations = [
            .init(chainID: .zero, address: Self.target, nonce: 0, authority: nil)
          ]
        }
      }
      #expect(
        text
          == (fork >= since
            ? "executed" : "invalid transaction: \(fork) has no transactions of type \(kind.rawValue)"))
    }
  }

  @Test("Fees: below the base fee, a priority above the whole, equal ones")
  func fees() throws {
    #expect(
      try outcome {
        $0.transaction.maximumFee = UInt256(9); $0.transaction.priorityFee = .zero
      }.contains("below the base fee"))
    #expect(try outcome { $0.transaction.maximumFee = UInt256(10) } == "executed")
    #expect(try outcome { $0.transaction.priorityFee = UInt256(21) }.contains("priority fee is above"))
    #expect(try outcome { $0.transaction.priorityFee = UInt256(20) } == "executed")
  }

  @Test("Gas limits: of a transaction from Osaka on, of what the block has left")
  func gasLimits() throws {
    for (fork, limit, isAllowed) in [
      (Fork.osaka, 16_777_216, true), (.osaka, 16_777_217, false), (.prague, 16_777_217, true),
    ] as [(Fork, UInt64, Bool)] {
      let text = try outcome {
        $0.fork = fork; $0.transaction.gasLimit = limit
      }
      #expect((text == "executed") == isAllowed)
    }
    #expect(try outcome { $0.gasLeft = 100_000 } == "executed")
    #expect(try outcome { $0.gasLeft = 99_999 }.contains("block has left, 99999"))
  }

  @Test("The sender pays for gas, value and blobs, to the unit; products above 256 bits are nobody's")
  func funds() throws {
    let exact = UInt256(UInt64(100_000 * 20 + 77))
    #expect(
      try outcome {
        $0.sender.balance = exact; $0.transaction.value = UInt256(77)
      } == "executed")
    let short = try outcome {
      $0.sender.balance = exact &- .one; $0.transaction.value = UInt256(77)
    }
    #expect(short.contains("cannot pay"))
    #expect(
      try outcome {
        $0.sender.balance = .max; $0.transaction.maximumFee = .max
      }.contains("cannot pay"))
    #expect(
      try outcome {
        $0.sender.balance = .max; $0.transaction.value = .max
      }.contains("cannot pay"))
    func blobs(_ change: (inout Case) -> Void) throws -> String {
      try outcome {
        $0.transaction.kind = .blob
        $0.transaction.blobHashes = [blobHash]
        $0.transaction.maximumBlobFee = UInt256(3)
        change(&$0)
      }
    }
    let withBlobs = UInt256(UInt64(100_000 * 20 + 3 * 131_072))
    #expect(try blobs { $0.sender.balance = withBlobs } == "executed")
    #expect(try blobs { $0.sender.balance = withBlobs &- .one }.contains("cannot pay"))
    #expect(
      try blobs {
        $0.sender.balance = .max; $0.transaction.maximumBlobFee = .max
      }.contains("cannot pay"))
  }

  @Test("Nonces and senders")
  func senders() throws {
    #expect(try outcome { $0.transaction.nonce = 1 }.contains("nonce 1, but the sender is at 0"))
    #expect(try outcome { $0.sender.nonce = 1 }.contains("nonce 0, but the sender is at 1"))
    let highest = try outcome {
      $0.sender.nonce = .max; $0.transaction.nonce = .max
    }
    #expect(highest.contains("cannot go higher"))
    #expect(try outcome { $0.sender.code = [0] }.contains("sender is a contract"))
    let delegated = Delegation.code(for: UInt256(0x7a7))
    #expect(try outcome { $0.sender.code = delegated } == "executed")
    #expect(
      try outcome {
        $0.sender.code = delegated; $0.fork = .cancun
      }.contains("sender is a contract"))
  }

  @Test("Blobs: how many, of which version, at which price")
  func blobs() throws {
    func blobs(_ count: Int, fork: Fork = .osaka, _ change: (inout Case) -> Void = { _ in }) throws -> String
    {
      try outcome {
        $0.fork = fork
        $0.transaction.kind = .blob
        $0.transaction.blobHashes = [Hash256](repeating: blobHash, count: count)
        $0.transaction.maximumBlobFee = .one
        change(&$0)
      }
    }
    #expect(try blobs(0).contains("without blobs"))
    #expect(try blobs(6) == "executed")
    #expect(try blobs(7).contains("7 blobs, at most 6"))
    #expect(try blobs(9, fork: .prague) == "executed")
    #expect(try blobs(10, fork: .prague).contains("10 blobs, at most 9"))
    #expect(try blobs(7, fork: .cancun).contains("7 blobs, at most 6"))
    #expect(try blobs(1) { $0.transaction.recipient = nil }.contains("cannot create"))
    #expect(try blobs(2) { $0.transaction.blobHashes[1] = .emptyCode }.contains("hash of blob 1"))
    // One below the price, and the price itself.
    #expect(
      try blobs(1) {
        $0.block.excessBlobGas = 11_796_480; $0.transaction.maximumBlobFee = UInt256(9)
      }.contains("blob fee is below"))
    #expect(
      try blobs(1) {
        $0.block.excessBlobGas = 11_796_480; $0.transaction.maximumBlobFee = UInt256(10)
      } == "executed")
  }

  @Test("Set-code transactions have a recipient and a list; init code has a limit from Shanghai on")
  func forms() throws {
    #expect(try outcome { $0.transaction.kind = .setCode }.contains("without authorizations"))
    #expect(
      try outcome {
        $0.transaction.kind = .setCode; $0.transaction.recipient = nil
      }.contains("cannot create"))
    func creation(_ count: Int, _ fork: Fork) throws -> String {
      try outcome {
        $0.fork = fork
        $0.transaction.recipient = nil
        $0.transaction.data = [UInt8](repeating: 0, count: count)
        $0.transaction.gasLimit = 10_000_000
      }
    }
    #expect(try creation(49_152, .shanghai) == "executed")
    #expect(try creation(49_153, .shanghai).contains("49153 bytes of init code, at most 49152"))
    #expect(try creation(49_153, .paris) == "executed")
  }

  @Test(
    "Who pays what: base fee burnt, priority to the coinbase, blobs burnt",
    arguments: [Fork.berlin, .london, .cancun])
  func payments(_ fork: Fork) throws {
    var item = Case()
    item.fork = fork
    item.sender.balance = UInt256(100_000_000)
    item.transaction.gasLimit = 30_000
    item.transaction.value = UInt256(1000)
    if fork == .berlin { (item.transaction.kind, item.transaction.priorityFee) = (.legacy, UInt256(20)) }
    if fork == .cancun {
      item.transaction.kind = .blob
      (item.transaction.blobHashes, item.transaction.maximumBlobFee) = ([blobHash, blobHash], UInt256(5))
    }
    let (result, state) = try item.run()
    #expect(try result.get().gasUsed == 21000)
    let price: UInt64 = fork == .berlin ? 20 : 12
    let blobFee: UInt64 = fork == .cancun ? 2 * 131_072 : 0
    let left: UInt64 = 100_000_000 - 21000 * price - 1000 - blobFee
    #expect(try state.account(at: Self.sender)?.balance == UInt256(left))
    #expect(try state.account(at: Self.sender)?.nonce == 1)
    let tip: UInt64 = fork == .berlin ? 20 : 2
    #expect(try state.account(at: Self.coinbase)?.balance == UInt256(21000 * tip))
    #expect(try state.account(at: Self.target)?.balance == UInt256(1000))
  }

  @Test(
    "A fee of nothing makes a coinbase exist before Spurious Dragon, and not from there on",
    arguments: [Fork.frontier, .tangerineWhistle, .spuriousDragon, .osaka])
  func emptyCoinbase(_ fork: Fork) throws {
    var item = Case()
    item.fork = fork
    item.block.baseFee = .zero
    (item.transaction.kind, item.transaction.maximumFee, item.transaction.priorityFee) = (
      .legacy, .zero, .zero
    )
    let (result, state) = try item.run()
    #expect(try result.get().isSuccess)
    #expect(try (state.account(at: Self.coinbase) != nil) == (fork < .spuriousDragon))
  }

  @Test("A call that fails costs its gas, and leaves nonce and fee alone")
  func failures() throws {
    for (code, used) in [([0xfe], 100_000), ([0x60, 0, 0x60, 0, 0xfd], 21_006)] as [([UInt8], UInt64)] {
      let fee = 2 * used
      var item = Case()
      item.accounts[Self.target] = .init(code: code)
      item.transaction.value = UInt256(5)
      let (result, state) = try item.run()
      let found = try result.get()
      #expect(!found.isSuccess && found.gasUsed == used && found.logs.isEmpty)
      #expect(try state.account(at: Self.sender)?.nonce == 1)
      #expect(try state.account(at: Self.target)?.balance == .zero)
      #expect(try state.account(at: Self.coinbase)?.balance == UInt256(fee))
    }
  }
}
