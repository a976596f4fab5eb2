import WeftField
import WeftJSON

/// What a segment's directory holds: its `manifest.json`.
public struct SegmentManifest: Sendable, Hashable {
  /// The traces of an AIR.
  public struct AIREntry: Sendable, Hashable {
    /// Its place in `airs.json`.
    public let place: Int
    public let name: String
    public let height: Int
    /// Rows that are not padding.
    public let rowCount: Int
    public let publicValues: [BabyBear]
    public let main: ArrayFile?
    public let preprocessed: ArrayFile?
    public let cached: [CachedPart]

    var files: [ArrayFile] { [main, preprocessed].compactMap(\.self) + cached.map(\.file) }
  }

  /// A part that is committed to apart from the run.
  public struct CachedPart: Sendable, Hashable {
    public let file: ArrayFile
    /// Eight canonical elements: see `RowCommitment`.
    public let commitment: [UInt32]
  }

  public let index: Int
  /// In the order of `airs.json`; AIRs without rows are absent.
  public let airs: [AIREntry]
  /// What whoever made the traces says of them.
  public let run: JSONTree

  /// Bytes of all files of cells.
  public var byteCount: Int { fileSizes.reduce(0, +) }

  /// Bytes of every file of cells.
  public var fileSizes: [Int] { airs.flatMap(\.files).map(\.byteCount) }

  /// The commitments of the cached parts, by AIR.
  public var commitments: [String: [[UInt32]]] {
    Dictionary(
      airs.filter { !$0.cached.isEmpty }.map { ($0.name, $0.cached.map(\.commitment)) },
      uniquingKeysWith: { first, _ in first })
  }
}
