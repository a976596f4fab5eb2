import WeftEVM
import WeftJSON

/// An official test of tries: entries that are put in and taken out, and the root.
public struct TrieTest: Sendable {
  public struct Step: Sendable {
    public var key: [UInt8]
    /// `nil` takes the key out.
    public var value: [UInt8]?
  }

  public var name: String
  public var steps: [Step]
  /// The steps may be taken in any order.
  public var isUnordered: Bool
  public var root: Hash256

  /// Reads the tests of a file.
  public static func tests(_ path: String) throws(FixtureError) -> [TrieTest] {
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      var tests: [TrieTest] = []
      for (key, value) in try document.root.checkedObject().members {
        tests.append(try TrieTest(key.string ?? "", value))
      }
      return tests
    } catch {
      throw FixtureError(file: path, error)
    }
  }

  private init(_ name: String, _ value: JSONValue) throws(JSONError) {
    self.name = name
    root = try value.required("root").hash()
    let input = try value.required("in")
    isUnordered = input.isObject
    steps = []
    for (key, content) in input.members {
      steps.append(Step(key: try key.textOrBytes(), value: try content.textOrBytes()))
    }
    for pair in input.elements {
      guard let key = pair[0], let content = pair[1] else {
        throw pair.fault("a key and a value")
      }
      steps.append(
        Step(key: try key.textOrBytes(), value: content.isNull ? nil : try content.textOrBytes()))
    }
  }

  /// The roots that differ from the expected one; of unordered steps, forwards, backwards and from every place on.
  public func problems(isSecure: Bool) -> [String] {
    var orders = [steps]
    if isUnordered {
      orders.append(steps.reversed())
      for start in steps.indices.dropFirst() { orders.append(Array(steps[start...] + steps[..<start])) }
    }
    var problems: [String] = []
    for order in orders {
      var trie = MerkleTrie(isSecure: isSecure)
      for step in order {
        if let value = step.value {
          trie.updateValue(value, forKey: step.key)
        } else {
          trie.removeValue(forKey: step.key)
        }
      }
      if trie.root != root { problems.append("\(name): root \(trie.root), expected \(root)") }
    }
    return problems
  }
}

extension JSONValue {
  /// The bytes of a text, or those that its digits behind "0x" stand for.
  func textOrBytes() throws(JSONError) -> [UInt8] {
    guard let text = string else { throw fault("a text") }
    return text.hasPrefix("0x") ? try hexadecimalBytes() : Array(text.utf8)
  }
}
