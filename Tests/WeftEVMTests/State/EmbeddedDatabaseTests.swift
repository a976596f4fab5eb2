import Testing
import WeftMachine

@testable import WeftEVM

/// An embedder's own database: it counts questions, and fails where it is told to.
private final class Ledger: StateDatabase {
  struct Row {
    var nonce: UInt64 = 0
    var balance = UInt256.zero
    var code: [UInt8] = []
    var slots: [UInt256: UInt256] = [:]
  }

  var rows: [Address: Row]
  /// The question that fails.
  var failing: String?
  var questions: [String] = []

  init(_ rows: [Address: Row]) { self.rows = rows }

  private func ask(_ question: String) throws(DatabaseError) {
    questions.append(question)
    if question.split(separator: " ").first.map(String.init) == failing {
      throw DatabaseError("no answer to '\(question)'")
    }
  }

  func account(at address: Address) throws(DatabaseError) -> Account? {
    try ask("account \(address)")
    guard let row = rows[address] else { return nil }
    return Account(
      nonce: row.nonce, balance: row.balance,
      codeHash: row.code.isEmpty ? .emptyCode : Keccak256.hash(row.code), hasStorage: !row.slots.isEmpty)
  }

  func storage(at address: Address, slot: UInt256) throws(DatabaseError) -> UInt256 {
    try ask("storage \(address) \(slot.hexadecimal)")
    return rows[address]?.slots[slot] ?? .zero
  }

  func code(at address: Address, hash: Hash256) throws(DatabaseError) -> [UInt8] {
    try ask("code \(address)")
    return rows[address]?.code ?? []
  }

  /// Takes over what transactions have changed.
  func commit(_ changes: StateChanges) {
    for (address, change) in changes.accounts {
      guard let account = change.account else {
        rows[address] = nil
        continue
      }
      var row = rows[address] ?? Row()
      if change.storageWasCleared { row.slots = [:] }
      for (slot, value) in change.storage { row.slots[slot] = value.isZero ? nil : value }
      (row.nonce, row.balance) = (account.nonce, account.balance)
      row.code = account.codeHash == .emptyCode ? [] : changes.codes[account.codeHash] ?? row.code
      rows[address] = row
    }
  }
}

@Suite("An embedder's own state database")
struct EmbeddedDatabaseTests {
  private static let contract = Address(word: UInt256(0xc0))
  private static let sender = Address(word: UInt256(0x5e))
  private static let other = Address(word: UInt256(0x07))

  /// Adds 1 to slot 1 and calls another contract.
  private static let code = Assembler.build {
    $0.push(1)
    $0.op(.sload)
    $0.push(1)
    $0.op(.add)
    $0.push(1)
    $0.op(.sstore)
    $0.push(0, 0, 0, 0, 0)
    $0.push(other.word)
    $0.op(.gas, .call)
    $0.returnTop()
  }

  private func ledger() -> Ledger {
    Ledger([
      Self.contract: .init(code: Self.code, slots: [.one: UInt256(41)]),
      Self.sender: .init(nonce: 0, balance: UInt256(1_000_000)), Self.other: .init(code: [0x00]),
    ])
  }

  private func call(_ ledger: Ledger, _ engine: Engine) throws(MachineError) -> Result<EVMResult, EVMError> {
    let evm = try EVM(fork: .cancun)
    evm.engine = engine
    let message = EVMMessage(caller: Self.sender, target: Self.contract, gas: 200_000)
    let state = JournaledState(ledger)
    do throws(EVMError) {
      let result = try evm.call(message, in: BlockEnvironment(), on: state)
      ledger.commit(state.changes())
      return .success(result)
    } catch { return .failure(error) }
  }

  @Test("It is asked once for each account, slot and code, and takes the changes", arguments: Engine.allCases)
  func questions(_ engine: Engine) throws {
    let ledger = ledger()
    #expect(try call(ledger, engine).get().output == UInt256.one.bigEndianBytes)
    #expect(ledger.rows[Self.contract]?.slots[.one] == UInt256(42))
    #expect(Set(ledger.questions).count == ledger.questions.count)
    #expect(ledger.questions.contains("code \(Self.other)"))
    #expect(ledger.questions.filter { $0.hasPrefix("storage") } == ["storage \(Self.contract) 0x1"])
    _ = try call(ledger, engine).get()
    #expect(ledger.rows[Self.contract]?.slots[.one] == UInt256(43))
  }

  @Test(
    "Its failures come through as they are, and nothing has changed",
    arguments: ["account", "storage", "code"],
    Engine.allCases)
  func failures(_ question: String, _ engine: Engine) throws {
    let ledger = ledger()
    ledger.failing = question
    let result = try call(ledger, engine)
    guard case .failure(.database(let error)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error.message.hasPrefix("no answer to '\(question) "))
    #expect("\(EVMError.database(error))" == "the state database failed: \(error.message)")
    #expect(ledger.rows[Self.contract]?.slots[.one] == UInt256(41))
    ledger.failing = nil
    #expect(try call(ledger, engine).get().isSuccess)
  }

  @Test("A transaction that the database fails is no result, and not refused either")
  func transactions() throws {
    let ledger = ledger()
    ledger.failing = "storage"
    let evm = try EVM(fork: .cancun)
    let state = JournaledState(ledger)
    let transaction = EVMTransaction(sender: Self.sender, recipient: Self.contract, gasLimit: 100_000)
    var failure: ExecutionError?
    do throws(ExecutionError) { _ = try evm.execute(transaction, in: BlockEnvironment(), on: state) } catch {
      failure = error
    }
    guard case .failed(.database) = failure else {
      Issue.record("\(failure.map { "\($0)" } ?? "executed")")
      return
    }
    #expect(state.changes().accounts[Self.sender].map { $0.account?.nonce } ?? 0 == 0)
  }
}
