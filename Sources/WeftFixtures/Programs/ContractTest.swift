import WeftEVM
import WeftJSON
import WeftMachine

/// A program of the folder `programs/evm`: calls one after the other on one state, with what must come out.
/// `programs/README.md` describes the format.
public struct ContractTest: Sendable {
  /// One call and its result.
  public struct Call: Sendable {
    public var name: String
    public var message: EVMMessage
    public var status: String
    /// Of the call alone: no transaction is around it.
    public var gasUsed: UInt64
    public var gasRefund: Int64
    public var output: [UInt8]
    public var created: Address?
    public var logs: [Log]
  }

  /// An account after the last call, its code by its hash.
  public struct FinalAccount: Sendable {
    public var nonce: UInt64
    public var balance: UInt256
    public var codeHash: Hash256
    public var storage: [UInt256: UInt256]
  }

  public var rules: EVMRules
  /// The state before the first call.
  public var state: InMemoryState
  public var calls: [Call]
  /// The accounts after the last one.
  public var finalAccounts: [Address: FinalAccount]

  /// Reads `expected.json` of a program's folder, and the files of code that it names.
  ///
  /// - Parameter extensions: define the fork that it wants, where that is none of the mainnet's.
  public init(folder: String, extensions: [any VMExtension] = []) throws(FixtureError) {
    let path = "\(folder)/expected.json"
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      try self.init(document.root, folder: folder, extensions)
    } catch {
      throw FixtureError(file: path, error)
    }
  }

  private init(
    _ root: JSONValue, folder: String, _ extensions: [any VMExtension]
  ) throws(JSONError) {
    let forkName = try root.required("fork")
    let known: EVMRules?
    do throws(RegistrationError) {
      known = try EVMRules(named: forkName.string ?? "", extensions: extensions)
    } catch { throw forkName.error("\(error)") }
    guard let known else { throw forkName.fault("the name of a fork") }
    rules = known
    state = InMemoryState()
    for (key, value) in try root.required("accounts").checkedObject().members {
      state.accounts[try key.address()] = InMemoryState.Entry(
        nonce: try value.required("nonce").uint64(), balance: try value.required("balance").word(),
        code: try value["code"].map { name throws(JSONError) in try Self.code(name, folder) } ?? [])
    }
    calls = []
    for call in try root.required("calls").checkedArray().elements {
      calls.append(try Call(call, folder: folder))
    }
    finalAccounts = [:]
    for (key, value) in try root.required("state").checkedObject().members {
      var storage: [UInt256: UInt256] = [:]
      for (slot, content) in try value.required("storage").checkedObject().members {
        storage[try slot.word()] = try content.word()
      }
      finalAccounts[try key.address()] = FinalAccount(
        nonce: try value.required("nonce").uint64(), balance: try value.required("balance").word(),
        codeHash: try value["codeHash"]?.hash() ?? .emptyCode, storage: storage)
    }
  }

  /// The code in a file of the folder.
  fileprivate static func code(_ name: JSONValue, _ folder: String) throws(JSONError) -> [UInt8] {
    let path = "\(folder)/\(name.string ?? "")"
    do throws(FixtureError) {
      let digits = String(decoding: try FixtureFile.bytes(path), as: UTF8.self).filter { !$0.isWhitespace }
      if let code = HexadecimalBytes.bytes(digits) { return code }
    } catch {
      throw name.error(error.description)
    }
    throw name.error("\(path) is not code in hexadecimal digits")
  }
}

extension ContractTest.Call {
  fileprivate init(_ value: JSONValue, folder: String) throws(JSONError) {
    name = value["name"]?.string ?? ""
    let gas = try value.required("gas")
    guard let limit = gas.integer(as: UInt64.self) else { throw gas.fault("a number of at most 64 bits") }
    let code = try value["code"].map { name throws(JSONError) in try ContractTest.code(name, folder) } ?? []
    message = EVMMessage(
      caller: try value.required("from").address(),
      target: try value["to"].map { target throws(JSONError) in try target.address() },
      value: try value["value"].map { value throws(JSONError) in try value.word() } ?? .zero,
      input: code + (try value.required("data").hexadecimalBytes()), gas: limit, warmAccounts: [.zero])
    status = value["status"]?.string ?? ""
    gasUsed = try Self.number(value, "gasUsed")
    gasRefund = try Self.number(value, "gasRefund")
    output = try value.required("returnData").hexadecimalBytes()
    created = try value["created"].map { created throws(JSONError) in try created.address() }
    logs = []
    for log in try value.required("logs").checkedArray().elements {
      var topics: [Hash256] = []
      for topic in try log.required("topics").checkedArray().elements { topics.append(try topic.hash()) }
      logs.append(
        Log(
          address: try log.required("address").address(), topics: topics,
          data: try log.required("data").hexadecimalBytes()))
    }
  }

  private static func number<T: FixedWidthInteger>(
    _ value: JSONValue, _ key: String
  ) throws(JSONError) -> T {
    let member = try value.required(key)
    guard let number = member.integer(as: T.self) else { throw member.fault("a number") }
    return number
  }
}
