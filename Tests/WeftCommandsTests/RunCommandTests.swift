import Testing

@testable import WeftCommands

@Suite("weft run")
struct RunCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func guest(_ bytes: [UInt8]) throws -> String { try folder.write(bytes, to: "guest.elf") }

  @Test(
    arguments: [(0, ExitCode.done), (1, .guestFailed), (7, .guestFailed), (300, .guestFailed)]
      as [(UInt32, ExitCode)])
  func guestCodesBecomeExitCodes(code: UInt32, exitCode: ExitCode) throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.exiting(code)), "--json"])
    #expect(run.exitCode == exitCode)
    let report: RunReport = try run.decoded()
    #expect(report.exit.kind == .halted)
    #expect(report.exit.code == code)
    #expect(report.instructions == 3)
    #expect(run.errors == "")
  }

  @Test(arguments: ["reference", "threaded"])
  func trapsAreExitCode4(engine: String) throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.illegal), "--engine", engine, "--json"])
    #expect(run.exitCode == .guestTrapped)
    let report: RunReport = try run.decoded()
    #expect(report.engine == engine)
    #expect(report.exit.kind == .trapped)
    #expect(report.exit.code == 2)
    #expect(report.exit.programCounter == 0x10000)
    #expect(report.exit.message == "trapped: illegal instruction 0xffffffff at pc 0x00010000")
  }

  @Test(arguments: ["reference", "threaded"], ["fast", "metered", "recorded", "recorded-log"])
  func instructionLimitsAreExact(engine: String, mode: String) throws {
    let run = CommandLineRun([
      "run", try guest(TinyGuest.looping), "--max-instructions", "1001", "--json", "--engine", engine,
      "--mode", mode,
    ])
    #expect(run.exitCode == .limit)
    let report: RunReport = try run.decoded()
    #expect(report.instructions == 1001)
    #expect(report.exit.message == "limit of 1001 instructions reached")
    #expect(report.mode == mode)
    #expect((report.counts?.first?.count == 1001) == (mode == "metered"))
    #expect((report.records != nil) == mode.hasPrefix("recorded"))
    // Readers index the field without asking.
    #expect(run.output.contains("\"code\" : null"))
  }

  @Test func timeLimitsEndLoops() throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.looping), "--timeout", "0.05"])
    #expect(run.exitCode == .limit)
    #expect(run.errors.contains("time limit of 0.05 s reached"))
  }

  @Test func interruptsPrintTheReport() async throws {
    let console = Console.buffered()
    let path = try guest(TinyGuest.looping)
    // The time limit only keeps a broken interrupt from hanging the tests.
    let run = Task.detached {
      CommandLineRun(["run", path, "--json", "--timeout", "60"], console: console)
    }
    let end = ContinuousClock.now + .seconds(60)
    var isDelivered = console.interrupts.deliver()
    while !isDelivered, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(1))
      isDelivered = console.interrupts.deliver()
    }
    #expect(isDelivered)
    let finished = await run.value
    #expect(finished.exitCode == .interrupted)
    let report: RunReport = try finished.decoded()
    #expect(report.exit.kind == .limit)
    #expect(report.exit.message == "stopped by the host")
  }

  @Test func interruptsWithoutAMachineAreNotTaken() {
    #expect(!Interrupts().deliver())
  }

  @Test func outputAndSummaryGoTheirOwnWays() throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.writing(Array("hi\n".utf8)))])
    #expect(run.exitCode == .done)
    #expect(run.output == "hi\n")
    #expect(run.errors.contains("guest.elf: halted\n  instructions   9\n"))
    #expect(!run.errors.contains("\u{1b}"))
  }

  @Test func errorOutputGoesToStandardError() throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.writing(Array("oops\n".utf8), to: 2))])
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("oops\n"))
  }

  @Test func terminalsGetFilteredOutputAndFilesTheBytes() throws {
    let bytes = Array("\u{1b}]0;title\u{07}\u{1b}[31mred".utf8)
    let path = try guest(TinyGuest.writing(bytes))
    let terminal = CommandLineRun(["run", path], console: .buffered(isTerminal: true))
    #expect(terminal.output == "red\n")
    let file = Console.buffered()
    _ = CommandLineRun(["run", path], console: file)
    #expect(file.output.contents == bytes)
  }

  @Test func coloursFollowThePolicy() throws {
    let path = try guest(TinyGuest.exiting(0))
    let green = "\u{1b}[32mhalted\u{1b}[0m"
    #expect(CommandLineRun(["run", path], console: .buffered(isTerminal: true)).errors.contains(green))
    #expect(CommandLineRun(["run", path, "--color", "always"]).errors.contains(green))
    let never = CommandLineRun(["run", path, "--color=never"], console: .buffered(isTerminal: true))
    #expect(!never.errors.contains("\u{1b}["))
  }

  @Test func outputThatIsNoTextIsAlsoGivenInHexadecimal() throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.writing([0x41, 0xff])), "--json"])
    let report: RunReport = try run.decoded()
    #expect(report.output == "A\u{fffd}")
    #expect(report.outputHex == "41ff")
  }

  @Test func jsonHasNoControlCharactersInIt() throws {
    let text = "\u{1b}[31m\u{9b}31m\u{7f}\u{0}é\n"
    let run = CommandLineRun(["run", try guest(TinyGuest.writing(Array(text.utf8))), "--json"])
    let report: RunReport = try run.decoded()
    #expect(report.output == text)
    #expect(report.outputHex == nil)
    let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
    #expect(!run.output.unicodeScalars.contains { isControl($0) && $0 != "\n" })
  }

  @Test func inputComesFromFilesAndStandardInput() throws {
    let path = try guest(TinyGuest.copying)
    let file = try folder.write(Array("from a file".utf8), to: "input")
    #expect(CommandLineRun(["run", path, "--input", file]).output == "from a file")
    let console = Console.buffered(input: Array("from a pipe".utf8))
    #expect(CommandLineRun(["run", path, "--input", "-"], console: console).output == "from a pipe")
  }

  @Test func programsComeFromStandardInput() throws {
    let run = CommandLineRun(["run", "-", "--json"], console: .buffered(input: TinyGuest.exiting(5)))
    let report: RunReport = try run.decoded()
    #expect(report.exit.code == 5)
    let text = CommandLineRun(["run", "-"], console: .buffered(input: Array("text".utf8)))
    #expect(text.exitCode == .badInput)
    #expect(text.errors == "weft: -: not an ELF file (bad magic) (e_ident, offset 0x0)\n")
  }

  /// The fields that DESIGN.md fixes for `run --json`, and nothing else of ours.
  private struct FixedFields: Decodable {
    struct Exit: Decodable {
      let kind: String
      let code: UInt32?
      let message: String
    }
    let exit: Exit
    let instructions: UInt64
    let seconds: Double
    let engine: String
    let output: String
  }

  @Test func theFixedFieldsAreThere() throws {
    let run = CommandLineRun(["run", try guest(TinyGuest.writing(Array("x".utf8))), "--json"])
    let fields: FixedFields = try run.decoded()
    #expect(fields.exit.kind == "halted")
    #expect(fields.exit.code == 0)
    #expect(fields.instructions == 9)
    #expect(fields.seconds > 0)
    #expect(fields.output == "x")
  }

  @Test func profilesAreWrittenUnderTheirNameOnly() throws {
    let profile = "\(folder.path)/profile.txt"
    let run = CommandLineRun(["run", try guest(TinyGuest.exiting(0)), "--profile", profile, "--json"])
    #expect(run.exitCode == .done)
    #expect(try folder.names == ["guest.elf", "profile.txt"])
    let lines = try folder.text(of: "profile.txt").split(separator: "\n")
    let counts = lines.compactMap { $0.split(separator: " ").last.flatMap { UInt64($0) } }
    #expect(counts.reduce(0, +) == 3)
    let report: RunReport = try run.decoded()
    #expect(report.mode == "profile")
    #expect(report.counts?.map(\.count).reduce(0, +) == 3)
    #expect(report.functions?.map(\.instructions).reduce(0, +) == 3)
  }

  @Test func anUnwritableProfileCostsNoRun() throws {
    let path = "\(folder.path)/absent/profile.txt"
    let run = CommandLineRun(["run", try guest(TinyGuest.looping), "--profile", path])
    #expect(run.exitCode == .internal)
    #expect(run.errors == "weft: \(path): No such file or directory\n")
  }

  @Test(arguments: ["reference", "threaded"])
  func signaturesAreWrittenAsTheSuitesReadThem(engine: String) throws {
    let signature = "\(folder.path)/signature"
    let run = CommandLineRun([
      "run", "\(packagePrograms)/rv32/machine/fence-i/fence-i.elf", "--environment", "machine",
      "--signature", signature, "--engine", engine,
    ])
    #expect(run.exitCode == .done)
    #expect(try folder.text(of: "signature") == "0000006f\n000000de\n0000000f\n0000000a\n")
  }

  @Test func programsWithoutASignatureAreNamed() throws {
    let path = "\(folder.path)/signature"
    #expect(throws: CommandError.input("g", "no symbols 'begin_signature' and 'end_signature'")) {
      try SignatureFile(path: path).commit(nil, of: "g")
    }
    #expect(try folder.names == [])
  }
}
