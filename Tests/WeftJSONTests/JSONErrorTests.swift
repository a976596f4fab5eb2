import Testing
import WeftJSON

@Suite struct JSONErrorTests {
  @Test func anErrorNamesItsOffset() {
    #expect("\(JSONError(offset: 7, reason: "no value"))" == "offset 7: no value")
  }
}
