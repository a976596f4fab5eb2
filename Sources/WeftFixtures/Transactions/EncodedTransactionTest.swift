import WeftEVM
import WeftJSON
import WeftPrecompiles

/// An official test of the parts of a signed legacy transaction.
public struct EncodedTransactionTest: Sendable {
  /// With zeros in the place of the signature.
  public var unsigned: [UInt8]
  /// The sender's private key.
  public var key: Hash256
  public var signed: [UInt8]
  public var nonce: UInt64
  public var gasPrice: UInt256
  public var gasLimit: UInt64
  public var recipient: Address?
  public var value: UInt256
  public var data: [UInt8]

  /// Reads the tests of a file.
  public static func tests(_ path: String) throws(FixtureError) -> [EncodedTransactionTest] {
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      var tests: [EncodedTransactionTest] = []
      for value in try document.root.checkedArray().elements {
        let recipient = try value.required("to")
        tests.append(
          EncodedTransactionTest(
            unsigned: try value.required("unsigned").hexadecimalBytes(),
            key: try value.required("key").hash(), signed: try value.required("signed").hexadecimalBytes(),
            nonce: try value.decimal("nonce").limb0, gasPrice: try value.decimal("gasprice"),
            gasLimit: try value.decimal("startgas").limb0,
            recipient: recipient.isString(equalTo: "") ? nil : try recipient.address(),
            value: try value.decimal("value"), data: try value.required("data").hexadecimalBytes()))
      }
      return tests
    } catch {
      throw FixtureError(file: path, error)
    }
  }

  /// What is wrong, `nil` where everything is as expected.
  /// - Parameter senders: addresses by private keys.
  public func problem(_ senders: [Hash256: Address]) -> String? {
    let found: SignedTransaction
    do throws(TransactionError) {
      found = try SignedTransaction(decoding: signed, fork: .frontier)
      let sender = try found.sender(fork: .frontier, chainID: .one, recovery: Secp256k1Recovery())
      if sender != senders[key] { return "sender \(sender) of the key \(key)" }
    } catch { return "\(error)" }
    var expected = SignedTransaction(
      kind: .legacy, chainID: nil, nonce: nonce, maximumFee: gasPrice, gasLimit: gasLimit,
      recipient: recipient, value: value, data: data, signature: found.signature)
    if found != expected { return "\(found), expected \(expected)" }
    if expected.encoded != signed { return "signed: encoded again, it differs" }
    expected.signature = TransactionSignature(v: .zero, r: .zero, s: .zero)
    return expected.encoded == unsigned ? nil : "unsigned: encoded again, it differs"
  }
}
