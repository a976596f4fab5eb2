import FoundationEssentials
import Testing
import WeftCircuit
import WeftField
import WeftJSON

@testable import WeftExport

@Suite("Writing directories of traces")
struct WritingTests {
  private let folder: TemporaryFolder
  private let system: CountingSystem
  private var path: String { "\(folder.path)/run" }

  init() throws {
    folder = try TemporaryFolder()
    system = try CountingSystem()
  }

  @Test func whatIsWrittenIsReadBack() throws {
    try system.write(3, to: path)
    let reader = try ExportReader(path)
    #expect(reader.manifest.isComplete)
    #expect(reader.manifest.header == CountingSystem.header())
    #expect(reader.segmentCount == 3)
    #expect(reader.airs.map(\.id) == [7, 9])
    #expect(reader.airs.map(\.isRequired) == [true, false])
    for (read, own) in zip(reader.airs, system.airs) {
      #expect(read.description.demandsTheSame(as: own.description))
      #expect(read.description.constraints == own.description.constraints)
      #expect(read.description.interactions == own.description.interactions)
      #expect(read.description.degrees == own.description.degrees)
    }
    for index in 0..<3 {
      let (manifest, traces) = try reader.traces(of: index)
      let expected = try system.traces(index)
      #expect(manifest.run == ["instructions": 8])
      #expect(traces.airs.count == 2)
      for (found, made) in zip(traces.airs, expected.airs) {
        #expect(found.main == made.main)
        #expect(found.preprocessed == made.preprocessed)
        #expect(found.cached == made.cached)
        #expect(found.publicValues == made.publicValues)
        #expect(found.rowCount == made.rowCount)
      }
      #expect(try Checker().check(traces).isAccepted)
    }
  }

  @Test func namesAndHeadersAreThoseOfTheFormat() throws {
    try system.write(1, to: path)
    let files = try folder.files(below: "run")
    #expect(
      files.keys.sorted() == [
        "airs.json", "manifest.json", "segment-000000/000_Counter_8_.npy",
        "segment-000000/001_Numbers.cached0.npy",
        "segment-000000/001_Numbers.npy", "segment-000000/001_Numbers.preprocessed.npy",
        "segment-000000/manifest.json",
      ])
    let bytes = try #require(files["segment-000000/000_Counter_8_.npy"])
    #expect(bytes.count == 128 + 4 * 8 * 2)
    #expect(Array(bytes.prefix(10)) == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0])
    #expect(
      String(decoding: bytes[10..<128], as: UTF8.self).trimming()
        == "{'descr': '<u4', 'fortran_order': False, 'shape': (8, 2), }")
    // Row 3: canonical 3 and 1.
    #expect(Array(bytes[(128 + 24)..<(128 + 32)]) == [3, 0, 0, 0, 1, 0, 0, 0])
  }

  @Test func theSameSegmentsGiveTheSameBytes() throws {
    try system.write(3, to: path, threads: 1)
    try system.write(3, to: "\(folder.path)/again", threads: 4)
    #expect(try folder.files(below: "run") == folder.files(below: "again"))
  }

  @Test func commitmentsTellPrograms() throws {
    let rows = try Trace(rows: (0..<4).map { [BabyBear($0), 5] })
    let leaves = (0..<4).map { Poseidon2.hash(rows.row($0)) }
    let left = Poseidon2.compress(leaves[0], leaves[1])
    let right = Poseidon2.compress(leaves[2], leaves[3])
    let root = RowCommitment.root(of: rows, threads: 2)
    #expect(root == Poseidon2.compress(left, right))
    try system.write(1, to: path)
    let reader = try ExportReader(path)
    let cached = try system.traces(0).airs[1].cached[0]
    #expect(
      reader.manifest.commitments == [
        "Numbers": [RowCommitment.root(of: cached, threads: 1).array.map(\.canonical)]
      ])
  }

  @Test func aDirectoryWithContentsIsLeftAlone() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try folder.write([1], to: "run/mine.txt")
    for resuming in [false, true] {
      let error = #expect(throws: ExportError.self) { try system.write(1, to: path, resuming: resuming) }
      #expect(error?.reason == .notEmpty)
    }
    #expect(try folder.files(below: "run") == ["mine.txt": [1]])
  }

  @Test func twoWritersAreKeptApart() throws {
    let writer = try ExportWriter(path, header: CountingSystem.header(), airs: system.airs)
    let error = #expect(throws: ExportError.self) { try system.write(1, to: path, resuming: true) }
    #expect(error?.reason == .inUse)
    #expect(writer.segmentCount == 0)
  }

  @Test func foreignAndRecommittedTracesAreRefused() throws {
    var writer = try ExportWriter(path, header: CountingSystem.header(), airs: [system.airs[0]])
    let foreign = #expect(throws: ExportError.self) { try writer.append(try system.segment(0)) }
    #expect(foreign?.description.contains("AIR Numbers is not one of the circuit's") == true)
    var other = try ExportWriter(
      "\(folder.path)/other", header: CountingSystem.header(), airs: system.airs)
    try other.append(try system.segment(0))
    var traces = try system.traces(1)
    traces.airs[1].cached[0][63, 0] = 99
    let error = #expect(throws: ExportError.self) {
      try other.append(ExportSegment(traces: traces, run: .null))
    }
    #expect(
      error?.description.contains("committed columns of AIR Numbers are not those of the segments before")
        == true)
    #expect(other.segmentCount == 1)
  }
}

extension String {
  fileprivate func trimming() -> String {
    String(self.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
