import Testing

@testable import WeftCommands

@Suite("Terminal")
struct TerminalTests {
  @Test(
    arguments: [
      (ColorPolicy.auto, true, [:], true),
      (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false),
      (.auto, true, ["NO_COLOR": ""], true),
      (.auto, true, ["TERM": "dumb"], false),
      (.auto, true, ["TERM": "xterm"], true),
      (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
      (.never, true, [:], false),
    ] as [(ColorPolicy, Bool, [String: String], Bool)])
  func colours(policy: ColorPolicy, isTerminal: Bool, environment: [String: String], isOn: Bool) {
    #expect(policy.isOn(isTerminal: isTerminal, environment: environment) == isOn)
  }

  @Test func stylesPaintOnlyWhenOn() {
    #expect(Style(isOn: true).red("x") == "\u{1b}[31mx\u{1b}[0m")
    #expect(Style(isOn: false).red("x") == "x")
  }

  @Test func progressIsForTerminalsOnly() throws {
    let file = Console.buffered()
    try Progress(file).show("working")
    #expect(file.error.contents.isEmpty)

    let terminal = Console.buffered(isTerminal: true, environment: ["NO_COLOR": "1"])
    try Progress(terminal).show("working")
    try Progress(terminal).clear()
    #expect(String(decoding: terminal.error.contents, as: UTF8.self) == "\r\u{1b}[Kworking\r\u{1b}[K")
    #expect(terminal.output.contents.isEmpty)
  }
}
