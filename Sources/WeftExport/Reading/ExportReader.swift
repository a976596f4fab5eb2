import WeftCircuit
import WeftDigests
import WeftField
import WeftJSON

/// Reads a directory of traces, which may come from anywhere: whatever it holds is accepted or refused.
///
/// ```swift
/// let reader = try ExportReader("run.weft")
/// for index in 0..<reader.segmentCount {
///   let (manifest, traces) = try reader.traces(of: index)
/// }
/// ```
public struct ExportReader: Sendable {
  public let path: String
  public let manifest: ExportManifest
  /// The AIRs as the directory has them.
  public let airs: [ExportedAIR]
  private let directory: Directory

  public var segmentCount: Int { manifest.segments.count }

  /// Reads `manifest.json` and `airs.json`.
  public init(_ path: String) throws(ExportError) {
    let directory = Directory(path: path)
    let manifest = try ExportManifest(Field(contentsOf: ExportFormat.manifest, in: directory))
    let bytes = try Field.bytes(of: ExportFormat.constraints, in: directory)
    let file = directory.path(of: ExportFormat.constraints)
    let actual = SHA256.text(of: bytes)
    guard actual == manifest.constraintsSHA256 else {
      throw ExportError(file, .checksum(expected: manifest.constraintsSHA256, actual: actual))
    }
    airs = try ExportedAIR.airs(in: Field(bytes, file: file))
    self.path = path
    self.directory = directory
    self.manifest = manifest
  }

  /// Whether a directory looks like one of traces: it has a manifest.
  public static func isExport(_ path: String) -> Bool {
    Directory(path: path).contains(ExportFormat.manifest)
  }

  /// The manifest of a segment that is listed.
  public func segment(_ index: Int) throws(ExportError) -> SegmentManifest {
    try segment(index, isListed: true).manifest
  }

  /// - Parameter isListed: whether the SHA-256 of its manifest is known.
  func segment(
    _ index: Int, isListed: Bool
  ) throws(ExportError) -> (manifest: SegmentManifest, sha256: String) {
    let folder = folder(of: index)
    let bytes = try Field.bytes(of: ExportFormat.manifest, in: folder)
    let file = folder.path(of: ExportFormat.manifest)
    let digest = SHA256.text(of: bytes)
    if isListed {
      guard manifest.segments.indices.contains(index) else {
        throw .malformed(directory.path(of: ExportFormat.segment(index)), "is not in the manifest")
      }
      guard digest == manifest.segments[index] else {
        throw ExportError(file, .checksum(expected: manifest.segments[index], actual: digest))
      }
    }
    return (try SegmentManifest(Field(bytes, file: file), index: index, airs: airs), digest)
  }

  private func folder(of index: Int) -> Directory {
    Directory(path: directory.path(of: ExportFormat.segment(index)))
  }

  /// Checks the bytes of all files of a segment.
  func verify(_ segment: SegmentManifest, threads: Int) throws(ExportError) {
    let folder = folder(of: segment.index)
    let files = segment.airs.flatMap(\.files)
    let results = Parallel.map(count: files.count, threads: threads) { number in
      Result { () throws(ExportError) in try files[number].verify(in: folder) }
    }
    for result in results { try result.get() }
  }

  /// The traces of a segment, every byte checked against its SHA-256, every cell below p, and what is committed to
  /// against its commitments.
  public func traces(
    of index: Int, threads: Int = Parallel.processorCount
  ) throws(ExportError) -> (manifest: SegmentManifest, traces: TraceSet) {
    let segment = try segment(index)
    let folder = folder(of: index)
    let files = segment.airs.flatMap(\.files)
    let results = Parallel.map(count: files.count, threads: threads) { number in
      Result { () throws(ExportError) in try files[number].trace(in: folder) }
    }
    var parts: [String: Trace] = [:]
    for (file, result) in zip(files, results) { parts[file.name] = try result.get() }

    var traces: [AIRTrace] = []
    for entry in segment.airs {
      let cached = entry.cached.compactMap { parts[$0.file.name] }
      for (part, trace) in zip(entry.cached, cached) {
        let actual = RowCommitment.root(of: trace, threads: threads).array.map(\.canonical)
        guard actual == part.commitment else {
          throw .malformed(
            folder.path(of: part.file.name), "its commitment is \(actual), not \(part.commitment)")
        }
      }
      if !entry.cached.isEmpty {
        guard manifest.commitments[entry.name] == entry.cached.map(\.commitment) else {
          throw .malformed(
            folder.path(of: ExportFormat.manifest),
            "AIR \(entry.name) is committed to otherwise than in the directory's manifest")
        }
      }
      do throws(TraceError) {
        traces.append(
          try AIRTrace(
            air: airs[entry.place].description, preprocessed: entry.preprocessed.flatMap { parts[$0.name] },
            cached: cached, main: entry.main.flatMap { parts[$0.name] }, publicValues: entry.publicValues,
            rowCount: entry.rowCount))
      } catch { throw ExportError(folder.path, .traces("\(error)")) }
    }
    return (segment, TraceSet(traces))
  }
}
