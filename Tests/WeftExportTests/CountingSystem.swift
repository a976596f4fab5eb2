import FoundationEssentials
import WeftCircuit
import WeftExport
import WeftField
import WeftJSON

/// A small system with every kind of part: a counter that looks its numbers up in a table of committed and fixed
/// columns. Segment k counts from 8·k.
struct CountingSystem {
  static let bus = Bus(20, name: "squares", kind: .lookup, fields: ["number", "parity"])

  struct Counter: AIR {
    let name = "Counter<8>"

    func describe(in builder: CircuitBuilder) {
      let number = builder.mainColumns("number", count: 1)
      let parity = builder.mainColumns("parity", count: 1).local[0]
      let first = builder.publicValues("first", count: 1)[0]
      builder.assertBool(parity, "the parity is a bit")
      builder.when(builder.isFirstRow).assertEqual(number.local[0], first, "begins at the public value")
      builder.when(builder.isTransition).assertEqual(number.next[0], number.local[0] + 1, "counts")
      builder.lookup(CountingSystem.bus, [number.local[0], parity], count: 1, label: "number")
    }
  }

  struct Numbers: AIR {
    struct Line<Cell>: ColumnLayout { var number: Cell }
    let name = "Numbers"

    func describe(in builder: CircuitBuilder) {
      let number = builder.cached(Line.self).local.number
      let parity = builder.preprocessedColumns("parity", count: 1).local[0]
      let count = builder.mainColumns("count", count: 1).local[0]
      builder.provide(CountingSystem.bus, [number, parity], multiplicity: count, label: "line")
    }
  }

  static let segmentRows = 8
  static let tableRows = 64

  let counter: AIRDescription
  let numbers: AIRDescription

  init() throws {
    counter = try Counter().description()
    numbers = try Numbers().description()
  }

  var airs: [ExportedAIR] {
    [
      ExportedAIR(id: 7, isRequired: true, description: counter),
      ExportedAIR(id: 9, isRequired: false, description: numbers),
    ]
  }

  func traces(_ segment: Int) throws -> TraceSet {
    let first = segment * Self.segmentRows
    let counted = first..<first + Self.segmentRows
    return TraceSet([
      try AIRTrace(
        air: counter, main: try Trace(rows: counted.map { [BabyBear($0), BabyBear($0 % 2)] }),
        publicValues: [BabyBear(first)], rowCount: Self.segmentRows),
      try AIRTrace(
        air: numbers, preprocessed: try Trace(rows: (0..<Self.tableRows).map { [BabyBear($0 % 2)] }),
        cached: [try Trace(rows: (0..<Self.tableRows).map { [BabyBear($0)] })],
        main: try Trace(rows: (0..<Self.tableRows).map { [BabyBear(counted.contains($0))] }), rowCount: 40),
    ])
  }

  func segment(_ index: Int) throws -> ExportSegment {
    ExportSegment(traces: try traces(index), run: ["instructions": JSONTree(Self.segmentRows)])
  }

  static func header(parameters: JSONTree = ["limit": 5]) -> ExportHeader {
    ExportHeader(
      version: "0.0.1",
      program: ExportHeader.Program(name: "count.elf", sha256: String(repeating: "ab", count: 32)),
      circuit: ["name": "counting"], parameters: parameters)
  }

  /// Writes segments and, where asked, says that they are all.
  @discardableResult
  func write(
    _ count: Int, to path: String, resuming: Bool = false, completing: Bool = true, threads: Int = 2
  ) throws -> Int {
    var writer = try ExportWriter(
      path, header: Self.header(), airs: airs, resuming: resuming, threads: threads)
    let first = writer.segmentCount
    if !writer.manifest.isComplete {
      for index in first..<max(count, first) { try writer.append(try segment(index)) }
      if completing { try writer.complete() }
    }
    return first
  }
}

/// A folder of its own for each test, removed afterwards.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "weft-export-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every file below, by its path, with its bytes.
  func files(below name: String) throws -> [String: [UInt8]] {
    let root = "\(path)/\(name)"
    var files: [String: [UInt8]] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: root) {
      guard let bytes = try? Data(contentsOf: URL(filePath: "\(root)/\(file)")) else { continue }
      files[file] = Array(bytes)
    }
    return files
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
  }

  /// Replaces text in a file; the text must be there.
  func replace(_ old: String, _ new: String, in name: String) throws {
    let text = String(decoding: try read(name), as: UTF8.self)
    guard let range = text.firstRange(of: old) else { throw CocoaError(.fileReadUnknown) }
    try write(Array(text.replacingCharacters(in: range, with: new).utf8), to: name)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
