import FoundationEssentials
import Testing
import WeftEVM
import WeftJSON
import WeftMachine
import WeftPrecompiles

@testable import WeftFixtures

/// A program of programs/evm with what is to come out; programs/README.md describes the format.
struct EVMProgram: Sendable, CustomStringConvertible {
  let name: String
  let folder: String

  var description: String { name }

  static let all: [EVMProgram] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "programs/evm").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().map { EVMProgram(name: $0, folder: "\(root)/\($0)") }.filter {
      FileManager.default.fileExists(atPath: "\($0.folder)/expected.json")
    }
  }()

  func expected() throws -> JSONDocument { try FixtureFile.document("\(folder)/expected.json") }

  /// The code in a file of the folder.
  func code(_ file: String) throws -> [UInt8] {
    let text = String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(file)")), as: UTF8.self)
    return try #require(HexadecimalBytes.bytes(text.trimmingPrefix(" ").filter { !$0.isWhitespace }))
  }
}

@Suite("Programs of programs/evm")
struct EVMProgramTests {
  @Test("They are all here")
  func names() {
    #expect(EVMProgram.all.map(\.name) == ["factory", "ledger", "nested", "token"])
  }

  @Test(
    "Every call gives what the executable specification gave",
    arguments: EVMProgram.all, [Engine.reference, .threaded])
  func calls(program: EVMProgram, engine: Engine) throws {
    let root = try program.expected().root
    let fork = try #require(Fork(name: root["fork"]?.string ?? ""))
    let evm = try EVM(fork: fork, extensions: [PrecompilesExtension()])
    evm.engine = engine
    var before = InMemoryState()
    for (key, value) in try root.required("accounts").members {
      before.accounts[try key.address()] = InMemoryState.Entry(
        nonce: try value.required("nonce").uint64(), balance: try value.required("balance").word(),
        code: try value["code"]?.string.map { try program.code($0) } ?? [])
    }
    let state = JournaledState(before)
    var count = 0
    for call in try root.required("calls").elements {
      let title = call["name"]?.string ?? ""
      let gas = try #require(call["gas"]?.integer(as: UInt64.self))
      let message = EVMMessage(
        caller: try call.required("from").address(), target: try call["to"]?.address(),
        value: try call["value"]?.word() ?? .zero,
        input: try (call["code"]?.string.map { try program.code($0) } ?? [])
          + call.required("data").hexadecimalBytes(),
        gas: gas, warmAccounts: [.zero])
      let result = try evm.call(message, in: BlockEnvironment(), on: state)
      let status =
        switch result.status {
        case .success: "success"
        case .reverted: "revert"
        case .halted: "halt"
        }
      #expect(status == call["status"]?.string, "\(title)")
      #expect(gas - result.gasLeft == call["gasUsed"]?.integer(as: UInt64.self), "\(title)")
      #expect(result.refund == call["gasRefund"]?.integer(as: Int64.self), "\(title)")
      let output = result.createdAddress == nil ? result.output : []
      #expect(HexadecimalBytes.text(output) == call["returnData"]?.string, "\(title)")
      #expect(result.createdAddress.map { "\($0)" } == call["created"]?.string, "\(title)")
      let logs = try call.required("logs").elements.map { log in
        Log(
          address: try log.required("address").address(),
          topics: try log.required("topics").elements.map { try $0.hash() },
          data: try log.required("data").hexadecimalBytes())
      }
      #expect((result.isSuccess ? result.logs : []) == logs, "\(title)")
      count += 1
    }
    #expect(count > 3)
    var after = before
    after.apply(state.changes())
    try check(after, root.required("state"))
  }

  private func check(_ state: InMemoryState, _ expected: JSONValue) throws {
    #expect(state.accounts.count == expected.count)
    for (key, value) in expected.members {
      let entry = try #require(state.accounts[try key.address()], "\(key.string ?? "")")
      #expect(entry.nonce == (try value.required("nonce").uint64()))
      #expect(entry.balance == (try value.required("balance").word()))
      #expect(Keccak256.hash(entry.code) == (try value["codeHash"]?.hash() ?? .emptyCode))
      var storage: [UInt256: UInt256] = [:]
      for (slot, content) in try value.required("storage").members {
        storage[try slot.word()] = try content.word()
      }
      #expect(entry.storage == storage)
    }
  }
}
