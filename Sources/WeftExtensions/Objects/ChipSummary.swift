import COpenSSL
import WeftCircuit
import WeftRV32Circuit

/// What the chip of an instruction is, for people and for comparison: its size, and a hash of its AIR.
public struct ChipSummary: Sendable, Hashable, Codable {
  /// Columns, those of the host's bridges included.
  public let columns: Int
  public let constraints: Int
  public let interactions: Int
  public let degree: Int
  /// Whether an execution takes several rows.
  public let isLoop: Bool
  /// SHA-256 of the AIR's nodes, constraints and interactions, as 64 hexadecimal digits: the same for the same chip,
  /// however it was brought in.
  public let digest: String

  /// - Returns: `nil` for a chip that breaks a rule.
  public init?(_ instruction: ProvableInstruction) {
    let description: AIRDescription
    do throws(CircuitError) {
      guard let found = try instruction.airDescription() else { return nil }
      description = found
    } catch { return nil }
    columns = description.mainColumns.count
    constraints = description.constraints.count
    interactions = description.interactions.count
    degree = description.maximumDegree
    isLoop = instruction.chip.isLoop
    var hash = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    let bytes = description.encodedGraph()
    guard SHA256(bytes, bytes.count, &hash) != nil else { return nil }
    digest = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
