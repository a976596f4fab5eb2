import WeftCircuit
import WeftDigests
import WeftJSON

/// Writes a directory of traces, one segment after the other.
///
/// ```swift
/// var writer = try ExportWriter("run.weft", header: header, airs: airs, resuming: true)
/// for index in writer.segmentCount..<segments.count {
///   try writer.append(try makeTraces(of: segments[index]))
/// }
/// try writer.complete()
/// ```
///
/// A segment is written under another name, brought to the disk and renamed, so that whatever ends the process leaves
/// whole segments only. A resumed writer has the segments that are there, all of their bytes verified; the caller makes
/// those that are missing.
public struct ExportWriter: ~Copyable {
  private let directory: Directory
  /// Holds the lock that keeps other writers out.
  private let lock: FileHandle
  private let airs: [ExportedAIR]
  private let places: [String: Int]
  private let threads: Int
  public private(set) var manifest: ExportManifest
  /// Bytes of cells that this writer has written.
  public private(set) var writtenBytes = 0

  /// Whole segments.
  public var segmentCount: Int { manifest.segments.count }

  /// Takes a directory, which is made where there is none.
  ///
  /// - Parameter resuming: goes on from what is there, after it has removed what a killed writer left.
  /// - Throws: `notEmpty`, `inUse`; when resuming `otherRun` where program, circuit or parameters were others, and what a
  ///   reader throws for a segment that is not as it was written.
  public init(
    _ path: String, header: ExportHeader, airs: [ExportedAIR], resuming: Bool = false,
    threads: Int = Parallel.processorCount
  ) throws(ExportError) {
    let directory = try Directory.create(path)
    let lock = try FileHandle(directory: path)
    guard lock.lock() else { throw ExportError(path, .inUse) }
    var names = try directory.names()
    guard names.isEmpty || resuming else { throw ExportError(path, .notEmpty) }
    for name in names where name.hasSuffix(ExportFormat.partialSuffix) {
      let stem = String(name.dropLast(ExportFormat.partialSuffix.count))
      let isOurs =
        stem == ExportFormat.manifest || stem == ExportFormat.constraints
        || ExportFormat.segmentIndex(stem) != nil
      if isOurs { try directory.remove(name) }
    }
    names = try directory.names()

    let constraints = Array(ExportedAIR.text(of: airs).utf8)
    var manifest = ExportManifest(
      header: header, constraintsSHA256: SHA256.text(of: constraints), segments: [], commitments: [:],
      isComplete: false)
    if names.contains(ExportFormat.manifest) {
      manifest = try Self.resume(directory, names, as: manifest, threads: threads)
    } else {
      // Nothing can be whole before the manifest is: at most the constraints are there.
      if let name = names.first(where: { $0 != ExportFormat.constraints }) {
        throw ExportError(directory.path(of: name), .notEmpty)
      }
      try directory.write(constraints, to: ExportFormat.constraints)
      try directory.write(Array(manifest.text.utf8), to: ExportFormat.manifest)
    }
    self.directory = directory
    self.lock = lock
    self.airs = airs
    self.threads = threads
    self.manifest = manifest
    places = Dictionary(
      airs.enumerated().map { ($1.description.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The state of a directory that another writer has begun.
  private static func resume(
    _ directory: Directory, _ names: [String], as wanted: ExportManifest, threads: Int
  ) throws(ExportError) -> ExportManifest {
    let reader = try ExportReader(directory.path)
    let path = directory.path(of: ExportFormat.manifest)
    func demand(_ what: String, _ found: String, _ expected: String) throws(ExportError) {
      guard found == expected else {
        throw ExportError(path, .otherRun(what: what, expected: expected, found: found))
      }
    }
    func line(_ tree: JSONTree) -> String { String(tree.rendered(expandedDepth: 0).dropLast()) }
    let (found, header) = (reader.manifest, wanted.header)
    try demand("the version of Weft", found.header.version, header.version)
    try demand("the program's SHA-256", found.header.program.sha256, header.program.sha256)
    try demand("the circuit", line(found.header.circuit), line(header.circuit))
    try demand("what parameters say", line(found.header.parameters), line(header.parameters))
    try demand(
      "the SHA-256 of \(ExportFormat.constraints)", found.constraintsSHA256, wanted.constraintsSHA256)

    let indices = names.compactMap(ExportFormat.segmentIndex).sorted()
    for (expected, index) in indices.enumerated() where index != expected {
      throw .malformed(
        directory.path(of: ExportFormat.segment(expected)), "missing, and segment \(index) is there")
    }
    var manifest = ExportManifest(
      header: header, constraintsSHA256: wanted.constraintsSHA256, segments: [], commitments: [:],
      isComplete: found.isComplete)
    guard indices.count >= found.segments.count else {
      throw .malformed(
        directory.path(of: ExportFormat.segment(indices.count)), "missing, and the manifest lists it")
    }
    // A writer that was killed between two steps may have left a whole segment that is not listed yet.
    for index in indices {
      let segment = try reader.segment(index, isListed: index < found.segments.count)
      try reader.verify(segment.manifest, threads: threads)
      try manifest.add(segment, in: directory)
    }
    if manifest.segments.count > found.segments.count {
      try directory.write(Array(manifest.text.utf8), to: ExportFormat.manifest)
    }
    return manifest
  }

  /// Writes the next segment. When it returns, the segment is on the disk and listed.
  public mutating func append(_ segment: ExportSegment) throws(ExportError) {
    let index = segmentCount
    let name = ExportFormat.segment(index)
    guard !manifest.isComplete else {
      throw ExportError(directory.path(of: name), .traces("the directory is complete"))
    }
    let partial = name + ExportFormat.partialSuffix
    try directory.remove(partial)
    let folder = try Directory.create(directory.path(of: partial))
    let written = try write(segment, index, to: folder)
    try folder.write(Array(written.text.utf8), to: ExportFormat.manifest)
    var next = manifest
    try next.add((written, SHA256.text(of: Array(written.text.utf8))), in: directory)
    try directory.rename(partial, to: name)
    try directory.write(Array(next.text.utf8), to: ExportFormat.manifest)
    manifest = next
    writtenBytes += written.byteCount
  }

  /// Says that the last segment is there.
  public mutating func complete() throws(ExportError) {
    guard !manifest.isComplete else { return }
    var next = manifest
    next.isComplete = true
    try directory.write(Array(next.text.utf8), to: ExportFormat.manifest)
    manifest = next
  }

  /// Writes the files of cells of a segment, the largest first, several at once.
  private borrowing func write(
    _ segment: ExportSegment, _ index: Int, to folder: Directory
  ) throws(ExportError) -> SegmentManifest {
    struct Job: Sendable {
      var trace: Trace
      var name: String
    }
    var traces: [(place: Int, trace: AIRTrace)] = []
    for trace in segment.traces.airs {
      guard let place = places[trace.air.name], airs[place].description.demandsTheSame(as: trace.air) else {
        throw ExportError(folder.path, .traces("AIR \(trace.air.name) is not one of the circuit's"))
      }
      traces.append((place, trace))
    }
    traces.sort { $0.place < $1.place }
    var jobs: [Job] = []
    for (place, trace) in traces {
      for (part, content) in trace.parts {
        jobs.append(Job(trace: content, name: ExportFormat.arrayFile(place, trace.air.name, part)))
      }
    }
    jobs.sort { ($1.trace.cellCount, $0.name) < ($0.trace.cellCount, $1.name) }
    let work = jobs
    let results = Parallel.map(count: work.count, threads: threads) { number in
      Result { () throws(ExportError) in
        try ArrayFile(writing: work[number].trace, to: work[number].name, in: folder)
      }
    }
    var files: [String: ArrayFile] = [:]
    for result in results {
      let file = try result.get()
      files[file.name] = file
    }
    var entries: [SegmentManifest.AIREntry] = []
    for (place, trace) in traces {
      func file(_ part: ExportFormat.Part) -> ArrayFile? {
        files[ExportFormat.arrayFile(place, trace.air.name, part)]
      }
      entries.append(
        SegmentManifest.AIREntry(
          place: place, name: trace.air.name, height: trace.height, rowCount: trace.rowCount,
          publicValues: trace.publicValues, main: file(.main), preprocessed: file(.preprocessed),
          cached: trace.cached.enumerated().compactMap { number, part in
            file(.cached(number)).map {
              SegmentManifest.CachedPart(
                file: $0,
                commitment: RowCommitment.root(of: part, threads: threads).array.map(\.canonical))
            }
          }))
    }
    return SegmentManifest(index: index, airs: entries, run: segment.run)
  }
}

extension AIRTrace {
  /// The parts that have columns.
  fileprivate var parts: [(ExportFormat.Part, Trace)] {
    var parts = cached.enumerated().map { (ExportFormat.Part.cached($0), $1) }
    if let main { parts.append((.main, main)) }
    if let preprocessed { parts.append((.preprocessed, preprocessed)) }
    return parts
  }
}

extension ExportManifest {
  /// Lists one more segment. What is committed to must be the same in all of them.
  fileprivate mutating func add(
    _ segment: (manifest: SegmentManifest, sha256: String), in directory: Directory
  ) throws(ExportError) {
    for (air, parts) in segment.manifest.commitments {
      if let known = commitments[air], known != parts {
        throw ExportError(
          directory.path(of: ExportFormat.segment(segments.count)),
          .traces("the committed columns of AIR \(air) are not those of the segments before"))
      }
      commitments[air] = parts
    }
    segments.append(segment.sha256)
  }
}
