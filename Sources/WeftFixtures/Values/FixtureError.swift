import WeftJSON

/// Why a file of the official tests cannot be used.
public struct FixtureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Path of the file.
  public var file: String
  /// What is wrong, with the place where there is one.
  public var reason: String

  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  public init(file: String, _ error: JSONError) {
    self.init(file: file, reason: error.description)
  }

  public var description: String { "\(file): \(reason)" }
}
