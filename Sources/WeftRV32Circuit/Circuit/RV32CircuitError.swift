import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit

/// Why a run cannot become traces.
public enum RV32CircuitError: Error, Sendable, CustomStringConvertible {
  /// Code lies where the circuit's program counter does not reach.
  case addressTooLarge(UInt64)
  /// Where addresses begin leaves no room for differences in the top byte alone.
  case badAddressBase(UInt32)
  /// A run changed an instruction that it executed.
  case codeChanged(UInt32)
  /// The run was neither recorded nor kept its records.
  case notRecorded(String)
  /// The run is not one of this program and this configuration.
  case foreignRun(String)
  /// The host did something for an instruction that the circuit has no place for.
  case unexplained(address: UInt32, instruction: String, reason: String)
  /// An AIR would be taller than traces may be.
  case tooTall(air: String, rows: Int, limit: Int)
  /// Limits that no segment can keep.
  case invalidSegmentLimits(String)
  /// A segment of one instruction would pass the limits.
  case instructionTooLarge(address: UInt64, reason: String)
  /// A segment of another number of instructions than its start says.
  case badSegment(index: Int, reason: String)
  /// More public values than the table of public values holds.
  case tooManyPublicValues(count: Int, limit: Int)
  /// Chips of extensions break rules: one line each, with extension, instruction and rule.
  case unsoundChips([String])
  case trace(TraceError)
  case memory(MemoryError)
  case memoryCircuit(MemoryCircuitError)
  case machine(MachineError)

  public var description: String {
    switch self {
    case .addressTooLarge(let address):
      "code at \(hexadecimal(address)) is beyond the 2^30 bytes that the circuit's program counter reaches"
    case .badAddressBase(let address):
      "addresses from \(hexadecimal(address)) on: not a multiple of 2^24 with 2^30 bytes above it"
    case .codeChanged(let address):
      "the instruction at \(hexadecimal(address)) is executed and changed: the program table holds one per address"
    case .notRecorded(let reason): "the run left no records: \(reason)"
    case .foreignRun(let reason): "the run does not fit the program: \(reason)"
    case .unexplained(let address, let instruction, let reason):
      "\(instruction) at \(hexadecimal(address)): \(reason)"
    case .tooTall(let air, let rows, let limit): "AIR \(air): \(rows) rows, the limit is \(limit)"
    case .invalidSegmentLimits(let reason): "limits of segments: \(reason)"
    case .instructionTooLarge(let address, let reason):
      "the instruction at \(hexadecimal(address)) alone passes the limits of a segment: \(reason)"
    case .badSegment(let index, let reason): "segment \(index): \(reason)"
    case .tooManyPublicValues(let count, let limit): "\(count) public values, the circuit holds \(limit)"
    case .unsoundChips(let problems): problems.joined(separator: "; ")
    case .trace(let error): error.description
    case .memory(let error): "\(error)"
    case .memoryCircuit(let error): "\(error)"
    case .machine(let error): "\(error)"
    }
  }
}
