import WeftMemory

/// Why a machine could not be made, started or used.
public enum MachineError: Error, Sendable {
  case registration(RegistrationError)
  /// An extension could not be set up, saved or restored.
  case extensionFailed(ExtensionFailure)
  case memory(MemoryError)
  /// The program does not fit the configuration.
  case program(String)
  case invalidLimit(String)
  case unknownSymbol(String)
  /// The machine has ended; run it anew.
  case notResumable(ExitStatus)
  /// A function called by the host did not return.
  case callEnded(ExitStatus)
  /// The host may not change the state of a recorded or metered run.
  case recordedRun
  case outsideMemory(address: UInt64, count: Int)
}

extension MachineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .registration(let error): "\(error)"
    case .extensionFailed(let failure): "\(failure)"
    case .memory(let error): "\(error)"
    case .program(let message): message
    case .invalidLimit(let message): message
    case .unknownSymbol(let name): "the program has no symbol '\(name)'"
    case .notResumable(let status): "the run is over (\(status)); start it anew"
    case .callEnded(let status): "the function did not return: \(status)"
    case .recordedRun: "the host can change the state of fast runs only"
    case .outsideMemory(let address, let count):
      "\(count) bytes at \(hexadecimal(address)) do not lie inside memory"
    }
  }
}
