import Testing
import WeftJSON

@Suite struct JSONErrorTests {
  @Test func anErrorNamesItsOffset() {
    #expect("\(JSONError(offset: 7, reason: "no value"))" == "offset 7: no value")
  }

  @Test func andItsLineAndColumnWhereTheyAreKnown() {
    let position = JSONPosition(line: 2, column: 3)
    let error = JSONError(offset: 7, position: position, reason: "no value")
    #expect("\(error)" == "line 2, column 3 (offset 7): no value")
  }
}
