import Testing
import WeftExtensions

@Suite("Manifests from an enemy")
struct ManifestMutationTests {
  /// Words that mean something somewhere in a manifest.
  private static let words = [
    "\"rs1\"", "\"rs2\"", "\"rd\"", "\"a0\"", "\"u64\"", "\"f32\"", "\"bool\"", "\"in\"", "\"inout\"",
    "\"point\"", "0",
    "-1", "15", "16", "255", "4294967296", "18446744073709551615", "1e3", "null", "true", "[]", "{}",
    "{ \"argument\": 1 }", "\"immediate\"", "\"pointer\"", "\"zero\"", "\"discard\"", "\"context\"",
  ]

  @Test("Values in each other's places: a manifest or a list of problems", arguments: 0..<16 as Range<UInt64>)
  func mutated(seed: UInt64) throws {
    var state = (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let good = Array(BrokenManifest.good.utf8)
    // Where a value begins: behind a colon or an opening bracket.
    let colons = good.indices.filter { good[$0] == UInt8(ascii: ":") }
    var outcomes = (accepted: 0, refused: 0)
    for _ in 0..<250 {
      var text = good
      for _ in 0...random(2) {
        let start = colons[random(colons.count)] + 1
        guard start < text.count else { continue }
        let end = text[start...].firstIndex { ",}]\n".utf8.contains($0) } ?? text.count
        text.replaceSubrange(start..<end, with: Self.words[random(Self.words.count)].utf8)
      }
      do throws(ExtensionLoadError) {
        let manifest = try ExtensionManifest(decoding: text, path: "x")
        #expect(manifest.instructions.allSatisfy { $0.match & ~$0.mask == 0 && $0.arguments.count <= 16 })
        outcomes.accepted += 1
      } catch {
        #expect(!error.problems.isEmpty)
        #expect(error.problems.allSatisfy { !$0.contains("\n") && $0.utf8.count < 1000 })
        outcomes.refused += 1
      }
    }
    #expect(outcomes.accepted > 0 && outcomes.refused > 0)
  }

  @Test("Cut anywhere it is refused")
  func cut() throws {
    let good = Array(BrokenManifest.good.utf8)
    for length in 0..<good.count - 1 {
      let error = loadError { () throws(ExtensionLoadError) in
        _ = try ExtensionManifest(decoding: Array(good[..<length]), path: "x")
      }
      #expect(error.contains("the text ends") || error.contains("inside a string"), "\(length): \(error)")
    }
  }
}
