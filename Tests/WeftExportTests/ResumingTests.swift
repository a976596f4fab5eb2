import FoundationEssentials
import Testing
import WeftCircuit
import WeftJSON

@testable import WeftExport

@Suite("Resuming")
struct ResumingTests {
  private let folder: TemporaryFolder
  private let system: CountingSystem
  private var path: String { "\(folder.path)/run" }

  init() throws {
    folder = try TemporaryFolder()
    system = try CountingSystem()
    try system.write(5, to: "\(folder.path)/whole")
  }

  private func expectWhole() throws {
    #expect(try folder.files(below: "run") == folder.files(below: "whole"))
  }

  @Test(arguments: 0...5)
  func goingOnGivesTheBytesOfAnUninterruptedRun(finished: Int) throws {
    try system.write(finished, to: path, completing: false)
    #expect(try ExportReader(path).manifest.isComplete == false)
    #expect(try system.write(5, to: path, resuming: true) == finished)
    try expectWhole()
  }

  @Test func aCompleteDirectoryNeedsNothing() throws {
    try system.write(5, to: path)
    #expect(try system.write(5, to: path, resuming: true) == 5)
    try expectWhole()
  }

  @Test func withoutADirectoryItBegins() throws {
    #expect(try system.write(5, to: path, resuming: true) == 0)
    try expectWhole()
  }

  @Test func leftoversOfAKilledWriterAreRemoved() throws {
    try system.write(2, to: path, completing: false)
    try FileManager.default.createDirectory(
      atPath: "\(path)/segment-000002.partial", withIntermediateDirectories: true)
    try folder.write([1, 2, 3], to: "run/segment-000002.partial/000_Counter_8_.npy")
    try folder.write([1], to: "run/manifest.json.partial")
    try folder.write([1], to: "run/airs.json.partial")
    #expect(try system.write(5, to: path, resuming: true) == 2)
    try expectWhole()
  }

  @Test func aWriterKilledBeforeItsManifestBeginsAnew() throws {
    try system.write(1, to: path, completing: false)
    try FileManager.default.removeItem(atPath: "\(path)/segment-000000")
    try FileManager.default.removeItem(atPath: "\(path)/manifest.json")
    #expect(try system.write(5, to: path, resuming: true) == 0)
    try expectWhole()
  }

  /// Killed between the renaming of a segment and the new list: the segment is there and counts.
  @Test func aWholeSegmentThatIsNotListedIsKept() throws {
    try system.write(2, to: path, completing: false)
    let before = try folder.read("run/manifest.json")
    try system.write(3, to: path, resuming: true, completing: false)
    try folder.write(before, to: "run/manifest.json")
    #expect(try system.write(5, to: path, resuming: true) == 3)
    try expectWhole()
  }

  @Test func anotherProgramOrOtherParametersAreRefused() throws {
    try system.write(2, to: path, completing: false)
    let header = CountingSystem.header()
    let others: [(ExportHeader, String)] = [
      (
        CountingSystem.header(parameters: ["limit": 6]),
        "what parameters say is {\"limit\": 5}, not {\"limit\": 6}"
      ),
      (
        ExportHeader(
          version: header.version, program: .init(name: "x", sha256: String(repeating: "cd", count: 32)),
          circuit: header.circuit, parameters: header.parameters), "the program's SHA-256 is abab"
      ),
      (
        ExportHeader(
          version: "9", program: header.program, circuit: header.circuit, parameters: header.parameters),
        "the version of Weft is 0.0.1, not 9"
      ),
    ]
    for (other, message) in others {
      let error = #expect(throws: ExportError.self) {
        _ = try ExportWriter(path, header: other, airs: system.airs, resuming: true)
      }
      #expect(error?.file == "\(path)/manifest.json")
      #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }
    let error = #expect(throws: ExportError.self) {
      _ = try ExportWriter(path, header: header, airs: system.airs.reversed(), resuming: true)
    }
    #expect(error?.description.contains("of another run: the SHA-256 of airs.json") == true)
  }

  @Test(arguments: ["000_Counter_8_.npy", "001_Numbers.cached0.npy", "manifest.json"])
  func aDamagedSegmentIsNamed(file: String) throws {
    try system.write(3, to: path, completing: false)
    let name = "run/segment-000001/\(file)"
    var bytes = try folder.read(name)
    bytes[bytes.count - 2] ^= 1
    try folder.write(bytes, to: name)
    let error = #expect(throws: ExportError.self) { try system.write(5, to: path, resuming: true) }
    #expect(error?.file == "\(folder.path)/\(name)")
    guard case .checksum = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aSegmentThatIsGoneIsNamed() throws {
    try system.write(3, to: path, completing: false)
    try FileManager.default.removeItem(atPath: "\(path)/segment-000001")
    let gap = #expect(throws: ExportError.self) { try system.write(5, to: path, resuming: true) }
    #expect(gap?.description == "\(path)/segment-000001: missing, and segment 2 is there")
    try FileManager.default.removeItem(atPath: "\(path)/segment-000002")
    let end = #expect(throws: ExportError.self) { try system.write(5, to: path, resuming: true) }
    #expect(end?.description == "\(path)/segment-000001: missing, and the manifest lists it")
  }
}
