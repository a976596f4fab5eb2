import FoundationEssentials
import Testing
import WeftCircuit
import WeftField
import WeftJSON

@testable import WeftDigests
@testable import WeftExport

@Suite("Hostile directories")
struct HostileDirectoryTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try CountingSystem().write(2, to: "\(folder.path)/run")
  }

  /// Reads everything, as `weft check` does.
  private func readError() -> ExportError? {
    do throws(ExportError) {
      let reader = try ExportReader("\(folder.path)/run")
      for index in 0..<reader.segmentCount { _ = try reader.traces(of: index) }
      return nil
    } catch { return error }
  }

  private func expectError(
    _ file: String, _ message: String, _ location: Testing.SourceLocation = #_sourceLocation
  ) {
    let error = readError()
    #expect(error?.file == "\(folder.path)/run/\(file)", sourceLocation: location)
    #expect(
      error?.description.contains(message) == true, "\(String(describing: error))", sourceLocation: location)
  }

  /// Makes the checksums above a changed file right, so that what is behind them is tested.
  private func reseal(_ segment: Int = 0, cells file: String? = nil) throws {
    let name = "run/segment-00000\(segment)/manifest.json"
    let old = SHA256.text(of: try folder.read("run/segment-00000\(segment)/manifest.json"))
    if let file {
      let text = String(decoding: try folder.read(name), as: UTF8.self)
      let entry = try #require(text.firstRange(of: "\"\(file)\""))
      let mark = try #require(text[entry.upperBound...].firstRange(of: "\"sha256\": \""))
      let end = text.index(mark.upperBound, offsetBy: 64)
      let digest = SHA256.text(of: try folder.read("run/segment-00000\(segment)/\(file)"))
      try folder.write(
        Array((text[..<mark.upperBound] + digest + text[end...]).utf8), to: name)
      try folder.replace(old, SHA256.text(of: try folder.read(name)), in: "run/manifest.json")
    }
  }

  /// Changes the manifest of a segment and lists it anew.
  private func change(_ old: String, _ new: String) throws {
    let name = "run/segment-000000/manifest.json"
    let digest = SHA256.text(of: try folder.read(name))
    try folder.replace(old, new, in: name)
    try folder.replace(digest, SHA256.text(of: try folder.read(name)), in: "run/manifest.json")
  }

  private func changeConstraints(_ old: String, _ new: String) throws {
    let digest = SHA256.text(of: try folder.read("run/airs.json"))
    try folder.replace(old, new, in: "run/airs.json")
    try folder.replace(digest, SHA256.text(of: try folder.read("run/airs.json")), in: "run/manifest.json")
  }

  private let cells = "segment-000000/000_Counter_8_.npy"

  @Test func shortAndLongFilesAreRefused() throws {
    let bytes = try folder.read("run/\(cells)")
    for (count, offset) in [(0, 0), (5, 5), (127, 127), (128, 128), (191, 191)] {
      try folder.write(Array(bytes[..<count]), to: "run/\(cells)")
      expectError(cells, "offset \(offset): \(count) bytes, 8 rows of 2 columns take 192")
    }
    try folder.write(bytes + [0], to: "run/\(cells)")
    expectError(cells, "offset 192: 193 bytes")
  }

  @Test func aWrongHeaderIsRefused() throws {
    for (offset, byte) in [(0, UInt8(0)), (6, 2), (24, UInt8(ascii: "3")), (127, 32)] {
      var bytes = try folder.read("run/\(cells)")
      let old = bytes[offset]
      bytes[offset] = byte
      try folder.write(bytes, to: "run/\(cells)")
      expectError(cells, "offset \(offset): the header has the byte \(byte), not \(old)")
      bytes[offset] = old
      try folder.write(bytes, to: "run/\(cells)")
    }
    #expect(readError() == nil)
  }

  @Test func aCellThatIsNotCanonicalIsRefused() throws {
    var bytes = try folder.read("run/\(cells)")
    // Row 4, column 1: p + 0.
    let offset = 128 + 4 * 9
    bytes.replaceSubrange(offset..<offset + 4, with: [1, 0, 0, 0x78])
    try folder.write(bytes, to: "run/\(cells)")
    try reseal(cells: "000_Counter_8_.npy")
    expectError(cells, "offset \(offset): row 4, column 1 is 2013265921, which is not below 2013265921")
  }

  @Test func aChangedByteIsFound() throws {
    var bytes = try folder.read("run/\(cells)")
    bytes[140] ^= 1
    try folder.write(bytes, to: "run/\(cells)")
    expectError(cells, "SHA-256 is ")
    // With the right checksum the cells are taken as they are: the checker judges them.
    try reseal(cells: "000_Counter_8_.npy")
    #expect(readError() == nil)
    let (_, traces) = try ExportReader("\(folder.path)/run").traces(of: 0)
    let report = try Checker().check(traces)
    #expect(report.constraintSummary.map(\.label) == ["the parity is a bit", "counts"] || !report.isAccepted)
    #expect(!report.isAccepted)
  }

  @Test func committedColumnsThatAreNotThoseOfTheManifestAreRefused() throws {
    let file = "segment-000000/001_Numbers.cached0.npy"
    var bytes = try folder.read("run/\(file)")
    bytes[130] = 1
    try folder.write(bytes, to: "run/\(file)")
    try reseal(cells: "001_Numbers.cached0.npy")
    expectError(file, "its commitment is ")
  }

  @Test(arguments: [
    ("\"height\": 8", "\"height\": 9", "$.airs[0].height: 9 is no power of two"),
    ("\"height\": 8", "\"height\": 0", "is 0, not from 1 to 16777216"),
    ("\"height\": 8", "\"height\": 33554432", "is 33554432, not from 1 to 16777216"),
    ("\"height\": 8", "\"height\": -8", "is -8"),
    ("\"height\": 8", "\"height\": 1e3", "is no integer"),
    ("\"height\": 8", "\"height\": 99999999999999999999", "is no integer"),
    ("\"rows\": 8", "\"rows\": 9", "is 9, not from 0 to 8"),
    ("\"air\": 0", "\"air\": 1", "$.airs[0].name: is Counter<8>, AIR 1 is Numbers"),
    ("\"air\": 0", "\"air\": 2", "is 2, not from 0 to 1"),
    ("\"width\": 2", "\"width\": 1", "is 1, AIR Counter<8> has 2 columns here"),
    ("000_Counter_8_.npy", "../../../etc/passwd", "is ../../../etc/passwd, not 000_Counter_8_.npy"),
    ("\"publicValues\": [0]", "\"publicValues\": []", "has 0 values, AIR Counter<8> 1"),
    ("\"publicValues\": [0]", "\"publicValues\": [2013265921]", "is 2013265921, not from 0 to 2013265920"),
    ("\"preprocessed\": null", "\"preprocessed\": 5", "has no member name"),
    ("\"cached\": []", "\"cached\": [{}]", "has 1 parts, AIR Counter<8> 0"),
    ("weft-segment", "weft-export", "is not weft-segment"),
    ("\"version\": 1", "\"version\": 2", "format version 2, this version of Weft reads 1"),
    ("\"index\": 0", "\"index\": 1", "is 1 in the directory of segment 0"),
    ("{", "[", "offset 0"),
  ])
  func aManifestThatDoesNotFitIsRefused(old: String, new: String, message: String) throws {
    try change(old, new)
    expectError("segment-000000/manifest.json", new == "[" ? "line " : message)
  }

  @Test(arguments: [
    ("\"name\": \"Counter<8>\"", "\"name\": \"Numbers\"", "two AIRs are named Numbers"),
    ("\"modulus\": 2013265921", "\"modulus\": 7", "is not BabyBear's 2013265921"),
    ("\"IsFirstRow\"", "\"IsSecondRow\"", "there is no node IsSecondRow"),
    ("\"left_idx\": 0", "\"left_idx\": 100", "does not stand before it"),
    ("\"left_idx\": 0", "\"left_idx\": -1", "is -1, not from 0"),
    ("\"index\": 1", "\"index\": 2", "is column 2 of 2 columns"),
    ("\"part_index\": 0", "\"part_index\": 1", "of 0 columns"),
    ("\"offset\": 1", "\"offset\": 2", "is 2, not from 0 to 1"),
    ("\"bus\": 20", "\"bus\": 21", "there is no bus 21"),
    ("\"weight\": 1", "\"weight\": 1000000", "is 1000000, not from 0 to 1"),
    ("\"role\": \"lookup\"", "\"role\": \"look\"", "is neither send, receive, lookup nor table"),
    ("\"Constant\": 1", "\"Constant\": 2013265921", "is no canonical element"),
    ("\"degree_multiple\"", "\"other\"", ""),
  ])
  func constraintsThatAreNoneAreRefused(old: String, new: String, message: String) throws {
    try changeConstraints(old, new)
    // Degrees are computed, not read.
    if message.isEmpty { #expect(readError() == nil) } else { expectError("airs.json", message) }
  }

  @Test func filesThatAreMissingOrNoFilesAreNamed() throws {
    for file in [cells, "segment-000001/manifest.json", "airs.json", "manifest.json"] {
      let contents = try folder.read("run/\(file)")
      try FileManager.default.removeItem(atPath: "\(folder.path)/run/\(file)")
      expectError(file, "open: No such file or directory")
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/run/\(file)", withIntermediateDirectories: true)
      expectError(file, "is no regular file")
      try FileManager.default.removeItem(atPath: "\(folder.path)/run/\(file)")
      try folder.write(contents, to: "run/\(file)")
    }
  }

  @Test func deepAndCutTextIsRefused() throws {
    try folder.write([UInt8](repeating: UInt8(ascii: "["), count: 100_000), to: "run/manifest.json")
    expectError("manifest.json", "offset ")
    try folder.write(Array("{\"format\": \"weft-export\", \"version\": 3}".utf8), to: "run/manifest.json")
    expectError("manifest.json", "format version 3")
    try folder.write([], to: "run/manifest.json")
    expectError("manifest.json", "offset 0")
  }

  /// Every byte of the texts flipped: an error or the same meaning, never a trap.
  @Test func anyByteOfAManifestMayBeWrong() throws {
    let good = try folder.read("run/manifest.json")
    for index in good.indices {
      var bytes = good
      bytes[index] ^= 1 << UInt8(index % 7)
      try folder.write(bytes, to: "run/manifest.json")
      _ = readError()
    }
    try folder.write(good, to: "run/manifest.json")
    #expect(readError() == nil)
  }
}
