import WeftEVM
import WeftJSON

/// An official test of the hex-prefix encoding.
public struct HexPrefixTest: Sendable {
  public var name: String
  public var nibbles: [UInt8]
  public var isLeaf: Bool
  public var encoding: [UInt8]

  /// Reads the tests of a file.
  public static func tests(_ path: String) throws(FixtureError) -> [HexPrefixTest] {
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      var tests: [HexPrefixTest] = []
      for (key, value) in try document.root.checkedObject().members {
        var nibbles: [UInt8] = []
        for part in try value.required("seq").checkedArray().elements {
          guard let nibble = part.integer(as: UInt8.self), nibble < 16 else { throw part.fault("a nibble") }
          nibbles.append(nibble)
        }
        let isLeaf = try value.required("term")
        guard let flag = isLeaf.bool else { throw isLeaf.fault("true or false") }
        tests.append(
          HexPrefixTest(
            name: key.string ?? "", nibbles: nibbles, isLeaf: flag,
            encoding: try value.required("out").hexadecimalBytes()))
      }
      return tests
    } catch {
      throw FixtureError(file: path, error)
    }
  }
}
