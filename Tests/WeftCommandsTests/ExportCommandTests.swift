import FoundationEssentials
import Testing

@testable import WeftCommands

@Suite("weft trace --output, weft check DIR")
struct ExportCommandTests {
  private let folder: TemporaryFolder
  private var directory: String { "\(folder.path)/run" }

  init() throws { folder = try TemporaryFolder() }

  private func guest(_ bytes: [UInt8] = TinyGuest.writing(Array("hello\n".utf8))) throws -> String {
    try folder.write(bytes, to: "guest.elf")
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(directory)/\(name)")))
  }

  @Test func aDirectoryIsCheckedLikeItsProgram() throws {
    let path = try guest()
    let run = CommandLineRun(["trace", path, "--output", directory, "--summary", "--json"])
    #expect(run.exitCode == .done)
    #expect(run.errors == "")
    let summary: TraceSummary = try run.decoded()
    let export = try #require(summary.export)
    #expect(export.segments == 1 && export.resumed == 0 && export.bytes > 4 * summary.cells)

    let program: CheckOutput = try CommandLineRun(["check", path, "--json"]).decoded()
    let check = CommandLineRun(["check", directory, "--json"])
    #expect(check.exitCode == .done)
    let output: DirectoryCheckOutput = try check.decoded()
    #expect(output.accepted)
    #expect(output.constraints == .init(areOfThisVersion: true, differing: [], areTrusted: false))
    #expect(output.rows == program.rows && output.cells == program.cells && output.airs == program.airs)
    #expect(output.unconstrained == program.unconstrained)
    #expect(output.segments.map(\.openness) == [program.openness])
    #expect(output.program.name == "guest.elf")
    #expect(output.commitments.keys.contains("Program"))
    #expect(output.segments[0].publicValues["Connector"]?["isTerminate"] == 1)

    let text = CommandLineRun(["check", directory]).output
    #expect(text.contains("constraints: those of this version of Weft"))
    #expect(text.contains("segment 0: 9 instructions, halted; not fully constrained"))
    #expect(text.contains("accepted: "))
  }

  @Test func aRunInSegmentsIsWrittenAndJoined() throws {
    let path = try guest(TinyGuest.copying)
    let input = try folder.write(Array("abc".utf8), to: "input")
    let arguments = [
      "trace", path, "--input", input, "--output", directory, "--segments", "--segment-instructions",
    ]
    let run = CommandLineRun(arguments + ["5", "--threads", "2", "--json"])
    #expect(run.exitCode == .done, "\(run.errors)")
    let written: SegmentedOutput = try run.decoded()
    #expect(written.segments.map(\.instructions) == [5, 5, 2])
    #expect(written.export?.segments == 3 && written.export?.resumed == 0)

    let check = CommandLineRun(["check", directory, "--json"])
    #expect(check.exitCode == .done)
    let output: DirectoryCheckOutput = try check.decoded()
    #expect(output.accepted && output.constraints.areOfThisVersion)
    #expect(output.segments.map(\.instructions) == [5, 5, 2])
    #expect(output.segments.map(\.exit) == ["paused", "paused", "halted"])
    #expect(output.memory?.initialRoot == written.segments[0].root)
    #expect(output.unconstrained.map(\.instruction).sorted() == ["ecall read", "ecall write"])
    let text = CommandLineRun(["check", directory]).output
    #expect(text.hasPrefix("\(directory): not fully constrained: ecall "))
    #expect(text.contains("memory root before: \(written.segments[0].root), after: "))

    let resumed = CommandLineRun(arguments + ["5", "--resume", "--json"])
    #expect(resumed.exitCode == .done)
    let again: SegmentedOutput = try resumed.decoded()
    #expect(again.export?.segments == 3 && again.export?.resumed == 3 && again.export?.bytes == 0)
    // Other limits cut elsewhere.
    let other = CommandLineRun(arguments + ["4", "--resume"])
    #expect(other.exitCode == .badInput)
    #expect(other.errors.contains("what parameters say"))
    let asSegments = CommandLineRun(["check", directory, "--segments"])
    #expect(asSegments.exitCode == .usage)
    #expect(asSegments.errors.contains("--segments is about programs, \(directory) is a directory"))
  }

  @Test func codeOfTheEVMHasASummaryAndNoMore() throws {
    let code = try folder.write(Array("6001600201600052".utf8), to: "code.hex")
    let check = CommandLineRun(["check", code])
    #expect(check.exitCode == .done, "\(check.errors)")
    #expect(check.output.hasPrefix("\(code): not fully constrained: every access to memory is, "))
    let summary: TraceSummary = try CommandLineRun(["trace", code, "--summary", "--json"]).decoded()
    #expect(summary.unconstrained.reduce(0) { $0 + $1.count } == Int(summary.instructions))
    let output = CommandLineRun(["trace", code, "--output", directory])
    #expect(output.exitCode == .usage)
    #expect(
      output.errors.contains("of runs of EVM code there is a summary, no directory and no page"))
    let segments = CommandLineRun(["check", code, "--segments"])
    #expect(segments.exitCode == .usage)
    #expect(segments.errors.contains("runs of EVM code have no segments"))
    let report = CommandLineRun(
      ["trace", try guest(), "--segments", "--report", "\(folder.path)/page.html"])
    #expect(report.exitCode == .usage)
    #expect(report.errors.contains("--report shows a run as one piece, without --segments"))
  }

  @Test func theSameRunGivesTheSameBytes() throws {
    let path = try guest()
    let other = "\(folder.path)/other"
    #expect(CommandLineRun(["trace", path, "--output", directory, "--threads", "1"]).exitCode == .done)
    #expect(CommandLineRun(["trace", path, "--output", other, "--threads", "3"]).exitCode == .done)
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
    #expect(names.count > 10)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: other).sorted() == names)
    for name in names where name.contains(".") {
      #expect(try bytes(name) == Array(Data(contentsOf: URL(filePath: "\(other)/\(name)"))), "\(name)")
    }
  }

  @Test func resumingDemandsTheSameRun() throws {
    let path = try guest()
    let arguments = ["trace", path, "--output", directory]
    #expect(CommandLineRun(arguments + ["--resume"]).exitCode == .done)
    let again = CommandLineRun(arguments)
    #expect(again.exitCode == .usage)
    #expect(again.errors.contains("\(directory): not empty; --resume goes on from what is there"))
    let resumed = CommandLineRun(arguments + ["--resume"])
    #expect(resumed.exitCode == .done)
    #expect(resumed.output.contains("1 segment, 1 of them from before\n"))
    // A summary needs the run all the same.
    let summary: TraceSummary = try CommandLineRun(arguments + ["--resume", "--summary", "--json"]).decoded()
    #expect(summary.export?.resumed == 1 && summary.export?.bytes == 0)

    let limited = CommandLineRun(arguments + ["--resume", "--max-instructions", "3"])
    #expect(limited.exitCode == .badInput)
    #expect(limited.errors.contains("\(directory)/manifest.json: of another run: what parameters say is"))
    try folder.write(TinyGuest.exiting(3), to: "guest.elf")
    let other = CommandLineRun(arguments + ["--resume"])
    #expect(other.exitCode == .badInput)
    #expect(other.errors.contains("manifest.json: of another run: the program's SHA-256 is"))
  }

  @Test func aDamagedDirectoryIsNamed() throws {
    #expect(CommandLineRun(["trace", try guest(), "--output", directory]).exitCode == .done)
    let name = "segment-000000/001_Connector.npy"
    var cells = try bytes(name)
    cells[130] ^= 1
    try Data(cells).write(to: URL(filePath: "\(directory)/\(name)"))
    let check = CommandLineRun(["check", directory, "--json"])
    #expect(check.exitCode == .badInput)
    #expect(check.errors.contains("\(directory)/\(name): SHA-256 is "))
    let report: ErrorReport = try check.decoded()
    #expect(report.error.code == 3 && report.error.domain == "input")
    let resume = CommandLineRun(["trace", try guest(), "--output", directory, "--resume"])
    #expect(resume.exitCode == .badInput)
    #expect(resume.errors.contains("\(directory)/\(name): SHA-256 is "))
  }

  /// Writes a file of the directory anew, and the checksums of it.
  private func rewrite(_ name: String, _ change: (inout [UInt8]) throws -> Void) throws {
    var contents = try bytes(name)
    let old = Digests.text(contents)
    try change(&contents)
    try Data(contents).write(to: URL(filePath: "\(directory)/\(name)"))
    var above = name
    var (before, after) = (old, Digests.text(contents))
    for manifest in ["segment-000000/manifest.json", "manifest.json"] where manifest != above {
      var text = String(decoding: try bytes(manifest), as: UTF8.self)
      guard text.contains(before) else { continue }
      let oldManifest = Digests.text(Array(text.utf8))
      text = text.replacing(before, with: after)
      try Data(text.utf8).write(to: URL(filePath: "\(directory)/\(manifest)"))
      (above, before, after) = (manifest, oldManifest, Digests.text(Array(text.utf8)))
    }
  }

  @Test func aChangedCellWithTheRightChecksumsIsRejected() throws {
    #expect(CommandLineRun(["trace", try guest(), "--output", directory]).exitCode == .done)
    let alu = try #require(
      FileManager.default.contentsOfDirectory(atPath: "\(directory)/segment-000000").first {
        $0.hasSuffix("_BaseAlu.npy")
      })
    try rewrite("segment-000000/\(alu)") { $0[128 + 4 * 5] ^= 1 }
    let check = CommandLineRun(["check", directory, "--json"])
    #expect(check.exitCode == .rejected)
    let output: DirectoryCheckOutput = try check.decoded()
    #expect(!output.accepted && output.findings > 0)
    #expect(output.violations.contains { $0.air == "BaseAlu" || $0.kind == "bus" })
  }

  @Test func weakenedConstraintsAreNotAcceptedSilently() throws {
    #expect(CommandLineRun(["trace", try guest(), "--output", directory]).exitCode == .done)
    // The first constraint in the file states something else now.
    try rewrite("airs.json") { contents in
      let text = String(decoding: contents, as: UTF8.self)
      let mark = try #require(text.firstRange(of: "\"constraints\": [\n"))
      let line = try #require(text[mark.upperBound...].firstRange(of: "},\n"))
      contents = Array((text[..<mark.upperBound] + text[line.upperBound...].drop { $0 == " " }).utf8)
    }
    let check = CommandLineRun(["check", directory, "--json"])
    #expect(check.exitCode == .rejected)
    let output: DirectoryCheckOutput = try check.decoded()
    #expect(!output.constraints.areOfThisVersion)
    #expect(output.constraints.differing.count == 1)
    let name = try #require(output.constraints.differing.first)
    #expect(
      output.refusals == ["constraints are those of the directory, not of this version of Weft: \(name)"])

    let trusting = CommandLineRun(["check", directory, "--trust-constraints"])
    #expect(trusting.exitCode == .done)
    #expect(
      trusting.output.contains("constraints are those of the directory, not of this version of Weft: \(name)")
    )
  }

  @Test(arguments: [
    (["trace", "GUEST", "--resume", "--summary"], "--resume needs --output"),
    (["trace", "GUEST"], "nothing to make: --summary, --output or --report is needed"),
    (["check", "GUEST", "--trust-constraints"], "--trust-constraints is about directories"),
    (["check", "DIR", "--input", "x"], "--input is about programs"),
    (["trace", "GUEST", "--output", "DIR/no/such/folder"], "create: No such file or directory"),
    (["check", "DIR"], "DIR/manifest.json: open: No such file or directory"),
  ])
  func badUseIsNamed(arguments: [String], message: String) throws {
    let path = try guest()
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let run = CommandLineRun(
      arguments.map { $0.replacing("GUEST", with: path).replacing("DIR", with: directory) })
    #expect(run.exitCode != .done && run.exitCode != .rejected)
    #expect(run.errors.contains(message.replacing("DIR", with: directory)), "\(run.errors)")
  }
}
