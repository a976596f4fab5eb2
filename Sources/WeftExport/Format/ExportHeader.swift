import WeftJSON

/// What a directory says of all its segments. On a resumption all of it must be as it was.
public struct ExportHeader: Sendable, Hashable {
  public struct Program: Sendable, Hashable {
    /// The file's name, without folders.
    public let name: String
    /// SHA-256 of the file, 64 hexadecimal digits.
    public let sha256: String

    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// The version of Weft that made the traces.
  public let version: String
  public let program: Program
  /// Which circuit it is and its parameters, enough to build it again.
  public let circuit: JSONTree
  /// What else the traces depend on: inputs, limits, the environment.
  public let parameters: JSONTree

  public init(version: String, program: Program, circuit: JSONTree, parameters: JSONTree) {
    self.version = version
    self.program = program
    self.circuit = circuit
    self.parameters = parameters
  }
}
