import WeftJSON

/// A directory's `manifest.json`.
public struct ExportManifest: Sendable, Hashable {
  public let header: ExportHeader
  /// SHA-256 of `airs.json`.
  public let constraintsSHA256: String
  /// SHA-256 of the manifests of the segments, in their order.
  public internal(set) var segments: [String]
  /// The commitments of the cached parts of every AIR: the program, what memory began with.
  public internal(set) var commitments: [String: [[UInt32]]]
  /// Whether the run's last segment is there.
  public internal(set) var isComplete: Bool
}
