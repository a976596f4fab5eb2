import FoundationEssentials
import Testing
import WeftEVM
import WeftJSON
import WeftMachine
import WeftPrecompiles

@testable import WeftFixtures

/// Random programs that the executable specification has judged; `Tests/Differential/evm_differential.py` writes them.
@Suite("Random programs")
struct RandomProgramTests {
  private static let vectors: [JSONDocument] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Vectors/random-calls.jsonl")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap {
      try? JSONDocument(String($0))
    }
  }()

  @Test("Status, gas, refund, output, logs and state are equal", arguments: [Engine.reference, .threaded])
  func vectors(engine: Engine) throws {
    #expect(Self.vectors.count == 128)
    var evms: [Fork: EVM] = [:]
    var statuses: Set<String> = []
    for document in Self.vectors {
      let request = try document.root.required("request")
      let expected = try document.root.required("expected")
      let fork = try #require(Fork(name: request["fork"]?.string ?? ""))
      let evm = try evms[fork] ?? EVM(fork: fork, extensions: [PrecompilesExtension()])
      evms[fork] = evm
      evm.engine = engine
      let seed = Comment(rawValue: "\(fork), seed \(request["seed"]?.numberText ?? "?")")
      let before = InMemoryState(fixtureAccounts: try accounts(request.required("accounts")))
      let state = JournaledState(before)
      let gas = try #require(request["gas"]?.integer(as: UInt64.self))
      let coinbase = try request.required("coinbase").address()
      let block = BlockEnvironment(
        coinbase: coinbase, number: try #require(request["number"]?.integer(as: UInt64.self)),
        timestamp: try #require(request["timestamp"]?.integer(as: UInt64.self)))
      let message = EVMMessage(
        caller: try request.required("caller").address(), target: try request["target"]?.address(),
        value: UInt256(try #require(request["value"]?.integer(as: UInt64.self))),
        input: try request.required("data").hexadecimalBytes(), gas: gas, warmAccounts: [coinbase])
      let result = try evm.call(message, in: block, on: state)
      let status =
        switch result.status {
        case .success: "success"
        case .reverted: "revert"
        case .halted: "halt"
        }
      statuses.insert(status)
      #expect(status == expected["status"]?.string, seed)
      #expect(gas - result.gasLeft == expected["gasUsed"]?.integer(as: UInt64.self), seed)
      #expect(result.refund == expected["gasRefund"]?.integer(as: Int64.self), seed)
      // Of a creation the new code is part of the state.
      let output = result.createdAddress == nil ? result.output : []
      #expect(HexadecimalBytes.text(output) == expected["returnData"]?.string, seed)
      let logs = try expected.required("logs").elements.map { log in
        Log(
          address: try log.required("address").address(),
          topics: try log.required("topics").elements.map { try $0.hash() },
          data: try log.required("data").hexadecimalBytes())
      }
      #expect((result.isSuccess ? result.logs : []) == logs, seed)
      var after = before
      after.apply(state.changes())
      try check(after, expected.required("state"), seed)
    }
    #expect(statuses == ["success", "revert", "halt"])
    // The specification has no Constantinople, which never ran without Petersburg.
    #expect(Set(evms.keys) == Set(Fork.allCases).subtracting([.constantinople]))
  }

  /// The request's accounts: nonces are numbers in it.
  private func accounts(_ value: JSONValue) throws -> [FixtureAccount] {
    try value.members.map { key, account in
      FixtureAccount(
        address: try key.address(), nonce: try #require(account["nonce"]?.integer(as: UInt64.self)),
        balance: try account.required("balance").word(),
        code: try account.required("code").hexadecimalBytes(),
        storage: try account.required("storage").members.map {
          FixtureAccount.Slot(key: try $0.key.word(), value: try $0.value.word())
        })
    }
  }

  private func check(_ state: InMemoryState, _ expected: JSONValue, _ seed: Comment) throws {
    #expect(state.accounts.count == expected.count, seed)
    for (key, value) in expected.members {
      let entry = try #require(state.accounts[try key.address()], seed)
      #expect(entry.nonce == (try value.required("nonce").uint64()), seed)
      #expect(entry.balance == (try value.required("balance").word()), seed)
      #expect(Keccak256.hash(entry.code) == (try value.required("codeHash").hash()), seed)
      var storage: [UInt256: UInt256] = [:]
      for (slot, content) in try value.required("storage").members {
        storage[try slot.word()] = try content.word()
      }
      #expect(entry.storage == storage, seed)
    }
  }
}
