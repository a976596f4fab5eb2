import Testing
import Weft

@testable import WeftCommands

@Suite("weft check and weft trace with segments")
struct SegmentCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func guest(_ bytes: [UInt8]) throws -> String { try folder.write(bytes, to: "guest.elf") }

  @Test func aRunInSegmentsIsCheckedAndEachOfThemAlone() throws {
    let path = try guest(TinyGuest.copying)
    let input = try folder.write(Array("abc".utf8), to: "input")
    let arguments = [path, "--input", input, "--segments", "--segment-instructions", "5"]
    let run = CommandLineRun(["check"] + arguments + ["--save-segments", folder.path, "--json"])
    #expect(run.exitCode == .done)
    #expect(run.errors == "")
    let report: SegmentedCheckOutput = try run.decoded()
    #expect(report.accepted)
    #expect(report.findings == 0 && report.violations == [])
    #expect(report.instructions == 12)
    #expect(report.segments.map(\.instructions) == [5, 5, 2])
    #expect(report.segments.allSatisfy { $0.accepted == true })
    #expect(report.unconstrained.map(\.instruction) == ["ecall read", "ecall write"])
    #expect(report.publicValues?.isTerminate == true)
    #expect(report.publicValues?.initialPC == TinyGuest.base)
    #expect(report.rows > 0 && report.cells > report.rows)

    // What is cut does not depend on whether traces are made.
    let plan: SegmentedOutput = try CommandLineRun(["trace", "--summary"] + arguments + ["--json"]).decoded()
    #expect(plan.segments.map(\.root) == report.segments.map(\.root))
    #expect(plan.segments.map(\.cells) == report.segments.map(\.cells))
    #expect(plan.segments.allSatisfy { $0.accepted == nil && $0.fingerprint == nil })

    for segment in report.segments.reversed() {
      let file = "\(folder.path)/segment-\(segment.index)"
      // The file has what the guest reads.
      let alone = CommandLineRun(["check", path, "--segment", file, "--threads", "1", "--json"])
      #expect(alone.exitCode == .done)
      let result: SegmentCheckOutput = try alone.decoded()
      #expect(result.accepted)
      #expect(result.fingerprint == segment.fingerprint)
      #expect(result.initialRoot == segment.root)
      #expect(result.instructions == segment.instructions)
      if segment.index + 1 < report.segments.count {
        #expect(result.finalRoot == report.segments[segment.index + 1].root)
      }
    }

    let text = CommandLineRun(["check"] + arguments).output
    #expect(text.contains("12 instructions in 3 segments; halted"))
    #expect(text.contains("accepted: the segments chain"))
    #expect(text.contains("not fully constrained: ecall read (1), ecall write (1)"))
    #expect(CommandLineRun(["trace", "--summary"] + arguments).output.contains("in 3 segments"))
    let alone = CommandLineRun(["check", path, "--segment", "\(folder.path)/segment-1"]).output
    #expect(alone.contains("segment 1: 5 instructions"))
    #expect(alone.contains("fingerprint: \(report.segments[1].fingerprint ?? "")"))
  }

  @Test func damagedAndForeignSegmentsAreBadInputs() throws {
    let path = try guest(TinyGuest.exiting(0))
    let file = try folder.write([1, 2, 3], to: "segment")
    let bad = CommandLineRun(["check", path, "--segment", file])
    #expect(bad.exitCode == .badInput)
    #expect(bad.errors.contains("not a segment: the file does not begin with"))
    let missing = CommandLineRun(["check", path, "--segment", "\(folder.path)/nothing"])
    #expect(missing.exitCode == .badInput)
    _ = CommandLineRun(["trace", path, "--summary", "--segments", "--save-segments", folder.path])
    let other = try folder.write(TinyGuest.looping, to: "other.elf")
    let foreign = CommandLineRun(["check", other, "--segment", "\(folder.path)/segment-0"])
    #expect(foreign.exitCode == .badInput)
    #expect(foreign.errors.contains("segment 0: its run began with other memory"))
    let unwritable = CommandLineRun([
      "trace", path, "--summary", "--segments", "--save-segments", "\(folder.path)/nowhere",
    ])
    #expect(unwritable.exitCode == .internal)
    #expect(unwritable.errors.contains("\(folder.path)/nowhere/segment-0: open failed"))
  }

  @Test(arguments: [
    (["--segment-rows", "4096"], "limits of segments need --segments"),
    (["--segments", "--segment-rows", "0"], "limits of segments: 0 rows"),
    (["--segments", "--segment", "x"], "--segments and --segment exclude each other"),
    (["--segments", "--segment-rows", "16"], "alone passes the limits of a segment: AIR "),
  ])
  func badLimitsAreNamed(arguments: [String], message: String) throws {
    let run = CommandLineRun(["check", try guest(TinyGuest.exiting(0))] + arguments)
    #expect(run.exitCode == (arguments.last == "16" ? .badInput : .usage))
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
