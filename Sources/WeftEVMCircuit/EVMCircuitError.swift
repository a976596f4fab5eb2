import WeftCircuit
import WeftMemoryCircuit

/// Why an EVM run cannot become traces.
public enum EVMCircuitError: Error, Sendable, CustomStringConvertible {
  /// The run has no access log.
  case notRecorded
  /// An access that no EVM run makes.
  case unexplained(record: Int)
  /// An AIR would be taller than traces may be.
  case tooTall(air: String, rows: Int, limit: Int)
  case trace(TraceError)
  case memoryCircuit(MemoryCircuitError)

  public var description: String {
    switch self {
    case .notRecorded: "the run was not recorded as an access log"
    case .unexplained(let record): "record \(record) is not an access to a word of the EVM"
    case .tooTall(let air, let rows, let limit): "AIR \(air): \(rows) rows, the limit is \(limit)"
    case .trace(let error): error.description
    case .memoryCircuit(let error): "\(error)"
    }
  }
}
