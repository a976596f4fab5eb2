import Testing
import WeftJSON

@Suite("JSON that is written")
struct JSONTreeTests {
  @Test func depthDecidesAboutLines() {
    let tree: JSONTree = ["a": [1, 2], "b": ["c": nil, "d": true], "e": [], "f": "x"]
    #expect(
      tree.rendered(expandedDepth: 0)
        == "{\"a\": [1, 2], \"b\": {\"c\": null, \"d\": true}, \"e\": [], \"f\": \"x\"}\n")
    #expect(
      tree.rendered(expandedDepth: 1)
        == "{\n  \"a\": [1, 2],\n  \"b\": {\"c\": null, \"d\": true},\n  \"e\": [],\n  \"f\": \"x\"\n}\n")
  }

  @Test(arguments: ["", "a\"b\\c", "\u{0}\n\t\u{1f}\u{7f}\u{85}", "Grüße 🧵", "</script>"])
  func stringsComeBackAsTheyWere(text: String) throws {
    let tree = JSONTree.object([.init(text, .string(text))])
    let rendered = tree.rendered()
    #expect(JSONTree(try JSONDocument(rendered).root) == tree)
    #expect(
      rendered.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value)
      })
  }

  @Test func valuesThatWereReadKeepWhatTheyHold() throws {
    let text =
      "{\"n\": [-1, 0, 9223372036854775807, 1.5, 1e3, 9223372036854775808], \"b\": false, \"z\": null}"
    let tree = JSONTree(try JSONDocument(text).root)
    #expect(tree["n"] == [-1, 0, 9_223_372_036_854_775_807, "1.5", "1e3", "9223372036854775808"])
    #expect(tree["b"] == false)
    #expect(tree["z"] == nil as JSONTree)
    #expect(tree["other"] == nil)
  }
}
