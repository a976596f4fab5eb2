import WeftEVM
import WeftJSON
import WeftPrecompiles

/// An official test of encoded transactions: what they are under each fork.
public struct TransactionTest: Sendable {
  public enum Expectation: Sendable {
    case valid(hash: Hash256, sender: Address, intrinsicGas: UInt64)
    /// Names of exceptions with `|` between them.
    case exception(String)
  }

  public var name: String
  public var bytes: [UInt8]
  /// By the fork's name.
  public var expectations: [(fork: String, expectation: Expectation)]

  /// Reads the tests of a file.
  public static func tests(_ path: String) throws(FixtureError) -> [TransactionTest] {
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      var tests: [TransactionTest] = []
      for (key, value) in try document.root.checkedObject().members {
        var expectations: [(String, Expectation)] = []
        for (fork, result) in try value.required("result").checkedObject().members {
          expectations.append((fork.string ?? "", try expectation(result)))
        }
        tests.append(
          TransactionTest(
            name: key.string ?? "", bytes: try value.required("txbytes").hexadecimalBytes(),
            expectations: expectations))
      }
      return tests
    } catch {
      throw FixtureError(file: path, error)
    }
  }

  private static func expectation(_ value: JSONValue) throws(JSONError) -> Expectation {
    if let name = value["exception"] {
      guard let text = name.string else { throw name.fault("the name of an exception") }
      return .exception(text)
    }
    return .valid(
      hash: try value.required("hash").hash(), sender: try value.required("sender").address(),
      intrinsicGas: try value.required("intrinsicGas").uint64())
  }

  /// What is wrong under a fork of mainnet, `nil` where everything is as expected.
  public func problem(_ forkName: String, _ expectation: Expectation) -> String? {
    guard let fork = Fork(name: forkName) else { return "\(name): unknown fork \(forkName)" }
    do throws(TransactionError) {
      let signed = try SignedTransaction(decoding: bytes, fork: fork)
      let transaction = try signed.executable(fork: fork, chainID: .one, recovery: Secp256k1Recovery())
      do throws(TransactionRefusal) { try transaction.checkRules(fork) } catch {
        throw .refused(error)
      }
      guard case .valid(let hash, let sender, let gas) = expectation else {
        return "\(name), \(forkName): taken, expected \(expectation)"
      }
      if signed.hash != hash { return "\(name), \(forkName): hash \(signed.hash), expected \(hash)" }
      if signed.encoded != bytes { return "\(name), \(forkName): encoded again, it differs" }
      if transaction.sender != sender {
        return "\(name), \(forkName): sender \(transaction.sender), expected \(sender)"
      }
      let found = transaction.intrinsicGas(fork)
      return found == gas ? nil : "\(name), \(forkName): intrinsic gas \(found), expected \(gas)"
    } catch {
      guard case .exception(let names) = expectation else { return "\(name), \(forkName): \(error)" }
      if TransactionException.matches(names, error) { return nil }
      if case .typeNotSupported = error, let other = laterError, TransactionException.matches(names, other) {
        return nil
      }
      return "\(name), \(forkName): \(error), expected \(names)"
    }
  }

  /// What a fork that knows all types says: the tests look at fields before they look at forks.
  private var laterError: TransactionError? {
    do throws(TransactionError) { _ = try SignedTransaction(decoding: bytes, fork: .osaka) } catch {
      return error
    }
    return nil
  }
}
