/// The version of this package.
public enum WeftVersion {
  /// Semantic version, as in the change log.
  public static let current = "0.1.0"
}
