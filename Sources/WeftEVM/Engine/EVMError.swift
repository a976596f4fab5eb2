import WeftMachine

/// Why an execution gave no result. The guest is never the reason.
public enum EVMError: Error, Sendable, Hashable {
  case database(DatabaseError)
  /// A precompiled contract of the fork that the host cannot carry out.
  case missingPrecompile(name: String)
  /// An extension could not begin.
  case extensionFailed(ExtensionFailure)
  /// The system gave no memory.
  case outOfMemory
  /// The host stopped the execution, or its time was over.
  case interrupted
  /// A bug: memory refused what an instruction had paid for.
  case memory(String)
}

extension EVMError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .database(let error): "\(error)"
    case .missingPrecompile(let name):
      "the host cannot carry out a call of the precompiled contract '\(name)'"
    case .extensionFailed(let failure): "\(failure)"
    case .outOfMemory: "the system has no memory left"
    case .interrupted: "the execution was interrupted"
    case .memory(let message): message
    }
  }
}
