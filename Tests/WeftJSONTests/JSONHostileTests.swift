import Testing
import WeftJSON

@Suite("JSON from an enemy")
struct JSONHostileTests {
  static let sample =
    #"{"a": [1, -2.5e+7, true, false, null, "x\u00e9\ud834\udd1e\n", {}], "b\"": {"c": [[], {"d": ""}]}, "é": "€"}"#

  /// Reads everything of a value, so that wrong entries would show.
  private func walk(_ value: JSONValue) -> Int {
    var sum = value.bytes.count + value.count
    switch value.kind {
    case .array: for element in value.elements { sum += walk(element) }
    case .object: for (key, value) in value.members { sum += walk(key) + walk(value) }
    case .string: sum += value.string?.utf8.count ?? -1000
    case .number: sum += value.integer(as: Int8.self).map(Int.init) ?? 0
    case .boolean, .null: break
    }
    return sum
  }

  @Test("Cut at any byte it is refused at its end")
  func cut() throws {
    let bytes = Array(Self.sample.utf8)
    #expect(refusal(bytes) == nil)
    for length in 0..<bytes.count {
      do throws(JSONError) {
        _ = try JSONDocument(Array(bytes[..<length]))
        Issue.record("accepted \(length) bytes")
      } catch {
        // An escape that is cut is reported where it begins, a character where it does.
        #expect((length - 12...length).contains(error.offset), "\(length): \(error)")
      }
    }
  }

  @Test("Any change of a byte gives a document or an error", arguments: 0..<8 as Range<UInt64>)
  func mutated(seed: UInt64) throws {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let alphabet = Array("{}[]\",:\\u0019eE+-.tfn \n".utf8) + [0, 0x1f, 0x80, 0xc3, 0xed, 0xff]
    var accepted = 0
    for _ in 0..<3000 {
      var bytes = Array(Self.sample.utf8)
      for _ in 0...random(3) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = alphabet[random(alphabet.count)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(alphabet[random(alphabet.count)], at: place)
        }
      }
      do throws(JSONError) {
        let document = try JSONDocument(bytes, options: JSONOptions(allowsDuplicateKeys: true))
        #expect(walk(document.root) > 0)
        accepted += 1
      } catch {
        #expect((0...bytes.count).contains(error.offset))
      }
    }
    #expect(accepted > 0)
  }

  @Test("A hundred megabytes: brackets, one string, spaces, and a few of nothing but structure")
  func large() throws {
    let count = 100_000_000
    #expect(refusal([UInt8](repeating: UInt8(ascii: "["), count: count))?.contains("more than 512") == true)
    #expect(refusal([UInt8](repeating: UInt8(ascii: " "), count: count))?.contains("the text ends") == true)
    var string = [UInt8](repeating: UInt8(ascii: "x"), count: count)
    string[0] = UInt8(ascii: "\"")
    #expect(refusal(string) == "line 1, column 100000001 (offset 100000000): the text ends inside a string")
    string[count - 1] = UInt8(ascii: "\"")
    #expect(try JSONDocument(string).root.withStringBytes { $0.count } == count - 2)
    let zeros = "[" + String(repeating: "0,", count: 1_000_000) + "0]"
    #expect(try JSONDocument(zeros).root.count == 1_000_001)
    let objects = "[" + String(repeating: "{},", count: 500_000) + "{}]"
    #expect(try JSONDocument(objects).root.count == 500_001)
  }
}
