import Testing
import WeftMachine

@testable import WeftCommands

@Suite("Argument parser")
struct ParserTests {
  private enum Size: String, CaseIterable, Sendable { case small, large }

  private static let count = Option("count", .count, help: "How often")
  private static let size = Option("size", .choice(Size.self), help: "How large")
  private static let memory = Option("memory", .byteSize, help: "How much")
  private static let timeout = Option("timeout", .seconds, help: "How long")
  private static let input = Option("input", .path("FILE"), repeatable: true, help: "What to read")
  private static let quiet = Flag("quiet", help: "Say nothing")
  private static let program = Operand("PROGRAM", .path("PROGRAM"), help: "What to run")

  private static let root: Command = Command(
    name: "tool", abstract: "A tool", options: [quiet],
    subcommands: [
      Command(
        name: "run", abstract: "Run it", positionals: [program],
        options: [count, size, memory, timeout, input, quiet]),
      Command(name: "bench", abstract: "Measure", subcommands: [Command(name: "all", abstract: "All of it")]),
    ])

  private func parse(_ line: String) throws(CommandError) -> ArgumentParser.Invocation {
    try ArgumentParser.parse(line.split(separator: " ").map(String.init), root: Self.root)
  }

  @Test func valuesFollowOrAreAttached() throws {
    for line in ["run a.elf --count 7 --size=large", "run --size large --count=7 a.elf"] {
      let arguments = try parse(line).arguments
      #expect(try arguments.value(Self.program) == "a.elf")
      #expect(try arguments.value(Self.count) == 7)
      #expect(try arguments.value(Self.size) == .large)
      #expect(!arguments.isSet(Self.quiet))
    }
  }

  @Test func attachedValuesKeepEqualSignsAndMayBeEmpty() throws {
    #expect(try parse("run --input=a=b x").arguments.values(Self.input) == ["a=b"])
    #expect(throws: CommandError.usage("tool run: --input: '' is not a file name")) {
      try parse("run --input= x").arguments.values(Self.input)
    }
  }

  @Test func repeatableOptionsKeepTheirOrder() throws {
    let arguments = try parse("run x --input b --input a --input - --quiet --quiet").arguments
    #expect(try arguments.values(Self.input) == ["b", "a", "-"])
    #expect(arguments.isSet(Self.quiet))
  }

  @Test func optionsEndAtTwoDashes() throws {
    let arguments = try parse("run -- --count").arguments
    #expect(try arguments.value(Self.program) == "--count")
    #expect(try arguments.value(Self.count) == nil)
  }

  @Test func aDashIsAPositional() throws {
    #expect(try parse("run -").arguments.value(Self.program) == "-")
  }

  @Test func flagsBeforeTheSubcommandReachIt() throws {
    let invocation = try parse("--quiet bench all")
    #expect(invocation.path.map(\.name) == ["tool", "bench", "all"])
    #expect(invocation.arguments.isSet(Self.quiet))
  }

  @Test(arguments: ["--help", "-h", "run --help --nonsense", "bench all -h"])
  func helpStopsParsing(line: String) throws {
    #expect(try parse(line).wantsHelp)
  }

  @Test(arguments: [
    ("rnu", "tool: unknown command 'rnu'; did you mean 'run'?"),
    ("frobnicate", "tool: unknown command 'frobnicate'; see 'tool --help'"),
    ("bench rv", "tool bench: unknown command 'rv'; see 'tool bench --help'"),
    ("run --cuont 1", "tool run: unknown option '--cuont'; did you mean '--count'?"),
    ("run --xyzzy", "tool run: unknown option '--xyzzy'; see 'tool run --help'"),
    ("run -c", "tool run: unknown option '-c'; see 'tool run --help'"),
    ("run --count", "tool run: --count needs a value (N)"),
    ("run --count --quiet", "tool run: --count needs a value (N)"),
    ("run --count 1 --count 2", "tool run: --count given twice"),
    ("run --quiet=yes", "tool run: --quiet takes no value, got 'yes'"),
    ("run a b", "tool run: unexpected argument 'b'"),
  ])
  func structuralErrorsNameTheWord(line: String, message: String) {
    #expect(throws: CommandError.usage(message)) { try parse(line) }
  }

  @Test func missingPositionalsAreNamed() throws {
    let arguments = try parse("run --quiet").arguments
    #expect(throws: CommandError.usage("tool run: missing PROGRAM; see 'tool run --help'")) {
      try arguments.value(Self.program)
    }
  }

  @Test(arguments: [
    ("abc", "is not a whole number"), ("-1", "is not a whole number"), ("1.5", "is not a whole number"),
    ("+1", "is not a whole number"), ("", "is not a whole number"), ("٣", "is not a whole number"),
    ("18446744073709551616", "is too large, the limit is 18446744073709551615"),
  ])
  func badCountsSayWhy(text: String, reason: String) {
    let arguments = Arguments(command: "tool run", options: ["count": [text]])
    #expect(throws: CommandError.usage("tool run: --count: '\(text)' \(reason)")) {
      try arguments.value(Self.count)
    }
  }

  @Test func theLargestCountIsAccepted() throws {
    #expect(try parse("run --count 18446744073709551615").arguments.value(Self.count) == .max)
    #expect(throws: CommandError.usage("tool run: --count: '-1' is not a whole number")) {
      try parse("run --count -1").arguments.value(Self.count)
    }
  }

  @Test func choicesListTheirWords() {
    let arguments = Arguments(command: "tool run", options: ["size": ["huge"]])
    #expect(throws: CommandError.usage("tool run: --size: 'huge' is not one of small, large")) {
      try arguments.value(Self.size)
    }
  }

  @Test(arguments: [
    ("0", 0), ("65536", 65536), ("64K", 65536), ("64k", 65536), ("256M", 256 << 20), ("4G", 4 << 30),
    ("18446744073709551615", UInt64.max),
  ])
  func byteSizes(text: String, bytes: UInt64) throws {
    #expect(try ValueType.byteSize.parse(text) == bytes)
  }

  @Test(arguments: [
    ("K", "is not a size such as 65536, 64K, 256M or 1G"),
    ("1T", "is not a size such as 65536, 64K, 256M or 1G"),
    ("-1", "is not a size such as 65536, 64K, 256M or 1G"),
    ("1.5M", "is not a size such as 65536, 64K, 256M or 1G"),
    ("18014398509481984K", "is too large"),
  ])
  func badByteSizes(text: String, reason: String) {
    #expect(throws: InvalidValue(reason: reason)) { try ValueType.byteSize.parse(text) }
  }

  @Test(arguments: [
    ("2", Duration.seconds(2)), ("0.5", .milliseconds(500)), ("0", .zero),
    ("0.000000001", .nanoseconds(1)), ("999999999", .seconds(999_999_999)),
  ])
  func times(text: String, duration: Duration) throws {
    #expect(try ValueType.seconds.parse(text) == duration)
  }

  @Test(arguments: ["", ".", ".5", "1.", "-1", "1e3", "nan", "inf", "1.0000000001", "1 "])
  func badTimes(text: String) {
    #expect(throws: InvalidValue(reason: "is not a time in seconds such as 2 or 0.5")) {
      try ValueType.seconds.parse(text)
    }
  }

  @Test func hugeTimesAreRefused() {
    #expect(throws: InvalidValue(reason: "is too large")) { try ValueType.seconds.parse("1000000000") }
  }

  @Test func pathsWithZeroBytesAreRefused() {
    #expect(throws: InvalidValue(reason: "is not a file name")) {
      try ValueType.path("FILE").parse("a\0b")
    }
  }
}

@Suite("Edit distance")
struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("rnu", "run", 1),
    ("engine", "engine", 0), ("--egnine", "--engine", 1), ("ca", "abc", 3),
  ])
  func distances(first: String, second: String, distance: Int) {
    #expect(editDistance(first, second) == distance)
    #expect(editDistance(second, first) == distance)
  }

  @Test func onlyCloseNamesAreSuggested() {
    #expect(nearest(to: "dmo", among: ["run", "bench", "demo"]) == "demo")
    #expect(nearest(to: "x", among: ["run", "bench", "demo"]) == nil)
    #expect(nearest(to: "anything", among: []) == nil)
    #expect(nearest(to: String(repeating: "a", count: 100_000), among: ["run"]) == nil)
  }
}
