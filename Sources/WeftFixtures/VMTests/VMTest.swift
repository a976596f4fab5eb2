import WeftEVM
import WeftJSON

/// One test of the VMTests format: a single frame under the rules of Frontier, without a transaction around it.
public struct VMTest: Sendable {
  /// The frame.
  public struct Execution: Sendable {
    public var address: Address
    public var caller: Address
    public var origin: Address
    public var code: [UInt8]
    public var data: [UInt8]
    public var gas: UInt64
    public var gasPrice: UInt256
    public var value: UInt256
  }

  /// What must come out of a frame that ends well.
  public struct Result: Sendable {
    public var gas: UInt64
    public var output: [UInt8]
    public var logsHash: Hash256
    public var accounts: [FixtureAccount]
  }

  public var name: String
  public var environment: StateTestEnvironment
  public var execution: Execution
  public var accounts: [FixtureAccount]
  /// `nil` where the frame must halt exceptionally.
  public var result: Result?

  /// Reads one member of a file.
  public init(name: String, _ value: JSONValue) throws(JSONError) {
    self.name = name
    environment = try StateTestEnvironment(try value.required("env"))
    accounts = try FixtureAccount.accounts(try value.required("pre"))
    execution = try Execution(try value.required("exec"))
    guard let post = value["post"] else { return }
    result = Result(
      gas: try value.required("gas").uint64(), output: try value.required("out").hexadecimalBytes(),
      logsHash: try value.required("logs").hash(), accounts: try FixtureAccount.accounts(post))
  }

  /// All tests of a file.
  public static func tests(path: String) throws(FixtureError) -> [VMTest] {
    let document = try FixtureFile.document(path)
    var tests: [VMTest] = []
    do throws(JSONError) {
      for (key, value) in try document.root.checkedObject().members {
        tests.append(try VMTest(name: key.string ?? "", value))
      }
    } catch {
      throw FixtureError(file: path, error)
    }
    return tests
  }
}

extension VMTest.Execution {
  init(_ value: JSONValue) throws(JSONError) {
    address = try value.required("address").address()
    caller = try value.required("caller").address()
    origin = try value.required("origin").address()
    code = try value.required("code").hexadecimalBytes()
    data = try value.required("data").hexadecimalBytes()
    gas = try value.required("gas").uint64()
    gasPrice = try value.required("gasPrice").word()
    self.value = try value.required("value").word()
  }
}
