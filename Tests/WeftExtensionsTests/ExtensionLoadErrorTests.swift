import Testing
import WeftExtensions

@Suite struct ExtensionLoadErrorTests {
  @Test func everyProblemIsNamed() {
    #expect("\(ExtensionLoadError(path: "a.so", problems: ["one"]))" == "a.so: one")
    #expect(
      "\(ExtensionLoadError(path: "a.so", problems: ["one", "two"]))" == "a.so: 2 problems\n  one\n  two")
  }
}
