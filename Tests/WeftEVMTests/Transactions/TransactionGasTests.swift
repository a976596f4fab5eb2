import Testing
import WeftMachine

@testable import WeftEVM

/// Intrinsic gas, floor and refunds by reference/evm.md §1.7.
@Suite("Gas of transactions")
struct TransactionGasTests {
  static let sender = Address(word: UInt256(0x5e4d))
  static let contract = Address(word: UInt256(0xc0de))

  private func transaction(_ change: (inout EVMTransaction) -> Void) -> EVMTransaction {
    var transaction = EVMTransaction(sender: Self.sender, recipient: Self.contract, gasLimit: 1_000_000)
    change(&transaction)
    return transaction
  }

  @Test("A zero byte costs 4, another 68 before Istanbul and 16 from there on", arguments: Fork.allCases)
  func callData(_ fork: Fork) {
    let mixed = transaction { $0.data = [0, 0, 0, 1, 255] }
    #expect(mixed.intrinsicGas(fork) == 21000 + 3 * 4 + 2 * (fork < .istanbul ? 68 : 16))
    #expect(transaction { _ in }.intrinsicGas(fork) == 21000)
  }

  @Test(
    "A creation costs 32,000 from Homestead on, its init code 2 for each word from Shanghai on",
    arguments: Fork.allCases)
  func creation(_ fork: Fork) {
    let creation = transaction {
      $0.recipient = nil
      $0.data = [UInt8](repeating: 0, count: 65)
    }
    let expected: UInt64 = 21000 + 65 * 4 + (fork >= .homestead ? 32000 : 0) + (fork >= .shanghai ? 6 : 0)
    #expect(creation.intrinsicGas(fork) == expected)
  }

  @Test("Access lists cost 2,400 for an address and 1,900 for a key, also for the same ones again")
  func accessLists() {
    let list = transaction {
      $0.kind = .accessList
      $0.accessList = [
        .init(address: Self.contract, slots: [.one, .one]), .init(address: Self.contract, slots: [.one]),
        .init(address: Self.sender),
      ]
    }
    #expect(list.intrinsicGas(.berlin) == 21000 + 3 * 2400 + 3 * 1900)
  }

  @Test("Authorizations cost 25,000 each")
  func authorizations() {
    let one = EVMTransaction.Authorization(chainID: .zero, address: Self.contract, nonce: 0, authority: nil)
    let transaction = transaction {
      $0.kind = .setCode
      $0.authorizations = [one, one]
    }
    #expect(transaction.intrinsicGas(.prague) == 71000)
  }

  @Test("The floor is 10 for a token from Prague on", arguments: Fork.allCases)
  func floor(_ fork: Fork) {
    let data = transaction { $0.data = [0, 0, 7] }
    #expect(data.floorGas(fork) == (fork >= .prague ? 21000 + 10 * (2 + 4) : 0))
  }

  /// Executes a call of `code`.
  private func execute(
    _ code: [UInt8], fork: Fork, storage: [UInt256: UInt256] = [:],
    _ change: (inout EVMTransaction) -> Void = { _ in }
  ) throws -> TransactionResult {
    let state = JournaledState(
      InMemoryState([
        Self.sender: .init(balance: UInt256(1_000_000_000)),
        Self.contract: .init(code: code, storage: storage),
      ]))
    return try EVM(fork: fork).execute(transaction(change), in: BlockEnvironment(), on: state)
  }

  @Test("Of the gas used at most half is refunded, from London on a fifth", arguments: Fork.allCases)
  func refundCap(_ fork: Fork) throws {
    // Clears six slots: more refund than may be given back.
    let slots = (1...6).map { UInt256(UInt64($0)) }
    let code = Assembler.build { assembler in
      for slot in slots {
        assembler.push(0)
        assembler.push(slot)
        assembler.op(.sstore)
      }
    }
    let result = try execute(
      code, fork: fork, storage: Dictionary(uniqueKeysWithValues: slots.map { ($0, .one) }))
    let executed = result.gasUsed + result.gasRefunded
    #expect(result.isSuccess)
    #expect(result.gasRefunded == (fork < .london ? min(90_000, executed / 2) : min(28_800, executed / 5)))
    #expect(fork >= .berlin || result.gasRefunded == executed / 2)
  }

  @Test("The floor counts where execution used less, after the refund")
  func floorAgainstUse() throws {
    let data = [UInt8](repeating: 1, count: 1000)
    // 21,000 + 16,000 intrinsic; the floor is 61,000.
    let below = try execute([0x00], fork: .prague) { $0.data = data }
    #expect(below.gasUsed == 61_000)
    // JUMPDESTs to exactly the floor, and one more.
    for (count, expected) in [(23_999, 61_000), (24_000, 61_000), (24_001, 61_001)] as [(Int, UInt64)] {
      let result = try execute([UInt8](repeating: 0x5b, count: count), fork: .prague) { $0.data = data }
      #expect(result.gasUsed == expected)
    }
    #expect(try execute([0x00], fork: .cancun) { $0.data = data }.gasUsed == 37_000)
    // A refund cannot bring it below the floor.
    let clearing = Assembler.build {
      $0.push(0, 1)
      $0.op(.sstore)
    }
    let refunded = try execute(
      [UInt8](repeating: 0x5b, count: 22_000) + clearing, fork: .prague, storage: [.one: .one]
    ) { $0.data = data }
    #expect(refunded.gasUsed == 61_000)
  }

  @Test("The gas limit has to cover intrinsic gas and floor, to the unit")
  func limits() throws {
    for (fork, data, least) in [
      (Fork.cancun, [1, 0], 21_020), (.prague, [1, 0], 21_050), (.frontier, [1, 0], 21_072),
    ] as [(Fork, [UInt8], UInt64)] {
      let exact = try execute([], fork: fork) {
        $0.data = data; $0.gasLimit = least
      }
      #expect(exact.gasUsed == least)
      var refusal: ExecutionError?
      do throws(ExecutionError) {
        let state = JournaledState(InMemoryState([Self.sender: .init(balance: UInt256(9))]))
        let evm = try? EVM(fork: fork)
        _ = try evm?.execute(
          transaction {
            $0.data = data; $0.gasLimit = least - 1
          }, in: BlockEnvironment(), on: state)
      } catch { refusal = error }
      switch refusal {
      case .refused(.intrinsicGasTooLow) where fork < .prague: break
      case .refused(.floorGasTooLow) where fork >= .prague: break
      default: Issue.record("\(fork): \(refusal.map { "\($0)" } ?? "executed")")
      }
    }
  }

  @Test(
    "The coinbase is warm from Shanghai on",
    arguments: [Fork.berlin, .london, .paris, .shanghai, .cancun, .osaka])
  func warmCoinbase(_ fork: Fork) throws {
    let code = Assembler.build { $0.op(.coinbase, .balance) }
    let used = try execute(code, fork: fork).gasUsed
    // The block's coinbase is the zero address.
    #expect(used == 21000 + 2 + (fork >= .shanghai ? 100 : 2600))
  }

  @Test("What an access list names is warm, what only the state has is cold")
  func warmLists() throws {
    let code = Assembler.build {
      $0.push(1)
      $0.op(.sload)
      $0.push(2)
      $0.op(.sload)
      $0.push(UInt256(0xabc))
      $0.op(.balance)
    }
    let storage: [UInt256: UInt256] = [.one: .one, UInt256(2): .one]
    #expect(try execute(code, fork: .berlin, storage: storage).gasUsed == 21000 + 9 + 2 * 2100 + 2600)
    let listed = try execute(code, fork: .berlin, storage: storage) {
      $0.kind = .accessList
      $0.accessList = [
        .init(address: Self.contract, slots: [UInt256(2)]), .init(address: Address(word: UInt256(0xabc))),
      ]
    }
    #expect(listed.gasUsed == 21000 + 2 * 2400 + 1900 + 9 + 2100 + 100 + 100)
  }
}
