import WeftCircuit
import WeftMemory

/// Checks traces and says what is wrong with their memory in memory's terms: blocks, times, and missing splits and
/// merges.
///
/// No chip checks memory as a whole: the bridge, the bus and the boundaries do it together, and this tells which block
/// they disagree about.
public struct MemoryBusChecker: Sendable {
  public var checker: Checker

  public init(_ checker: Checker = Checker(violationLimit: 1024)) { self.checker = checker }

  /// Checks all constraints and buses.
  public func check(_ traces: TraceSet) throws(TraceError) -> MemoryBusReport {
    let report = try checker.check(traces)
    return MemoryBusReport(
      report: report,
      blocks: report.busViolations.filter { $0.bus == Bus.memory.name }.compactMap(UnmatchedBlock.init))
  }
}

/// A block that is sent more often than received, or the other way round.
public struct UnmatchedBlock: Hashable, Sendable {
  public var address: MemoryAddress
  public var data: [UInt32]
  public var timestamp: UInt32
  /// Sends less receives.
  public var surplus: Int64
  public var contributors: [BusViolation.Contributor]
  /// Blocks that differ in one field and are left over the other way.
  public var nearMisses: [BusViolation.NearMiss]

  init?(_ violation: BusViolation) {
    let values = violation.fields.map(\.value)
    guard values.count > 3 else { return nil }
    address = MemoryAddress(AddressSpaceID(values[0]), values[1])
    data = Array(values[2..<(values.count - 1)])
    timestamp = values[values.count - 1]
    surplus = violation.total
    contributors = violation.contributors
    nearMisses = violation.nearMisses
  }
}

/// A row that an adapter should have.
public struct MissingAdapterRow: Hashable, Sendable {
  public var kind: AccessAdapterRecord.Kind
  /// The whole block.
  public var address: MemoryAddress
  public var size: Int
  public var timestamp: UInt32
}

/// What a check of memory found.
public struct MemoryBusReport: Sendable {
  /// All findings.
  public let report: CheckReport
  /// The first unmatched blocks.
  public let blocks: [UnmatchedBlock]

  public var isAccepted: Bool { report.isAccepted }

  /// Splits and merges that would make unmatched blocks match: a whole block is left over one way, and its halves the
  /// other way.
  public var missingAdapterRows: [MissingAdapterRow] {
    var byAddress: [MemoryAddress: [UnmatchedBlock]] = [:]
    for block in blocks { byAddress[block.address, default: []].append(block) }
    return blocks.flatMap { whole -> [MissingAdapterRow] in
      let half = whole.data.count / 2
      guard half > 0, 2 * half == whole.data.count else { return [] }
      let middle = MemoryAddress(whole.address.space, whole.address.pointer &+ UInt32(half))
      func part(_ address: MemoryAddress, _ cells: ArraySlice<UInt32>) -> [UnmatchedBlock] {
        byAddress[address, default: []].filter {
          $0.data[...] == cells && $0.surplus.signum() == -whole.surplus.signum()
        }
      }
      let found = part(whole.address, whole.data[..<half]).contains { left in
        part(middle, whole.data[half...]).contains { right in
          max(left.timestamp, right.timestamp) == whole.timestamp
            && (whole.surplus < 0 || left.timestamp == right.timestamp)
        }
      }
      return found
        ? [
          MissingAdapterRow(
            kind: whole.surplus > 0 ? .split : .merge, address: whole.address, size: whole.data.count,
            timestamp: whole.timestamp)
        ] : []
    }
  }
}

extension UnmatchedBlock: CustomStringConvertible {
  public var description: String {
    func names(_ isWanted: (Int64) -> Bool) -> String {
      let rows = contributors.filter { isWanted($0.count) }.map {
        "\($0.air) row \($0.row) (\($0.interaction))"
      }
      return rows.isEmpty ? "nobody" : rows.joined(separator: ", ")
    }
    let range = MemoryRange(address, count: data.count)
    let misses = nearMisses.map { miss in
      let owner = miss.contributor.map { " (\($0.air) row \($0.row))" } ?? ""
      return "; another has \(miss.field) \(miss.value)\(owner)"
    }.joined()
    return "\(range), data \(data), time \(timestamp): sent by \(names { $0 > 0 }), received by "
      + "\(names { $0 < 0 })\(misses)"
  }
}

extension MissingAdapterRow: CustomStringConvertible {
  public var description: String {
    let range = MemoryRange(address, count: size)
    return "a row of AccessAdapter(\(size)) is missing: \(kind) of \(range), time \(timestamp)"
  }
}

extension MemoryBusReport: CustomStringConvertible {
  public var description: String {
    if isAccepted { return "memory is consistent" }
    let limit = 16
    var lines = missingAdapterRows.prefix(limit).map(\.description)
    lines += blocks.prefix(limit).map { "unmatched block: \($0)" }
    let unmatched = report.unbalancedMessages.first { $0.bus == Bus.memory.name }?.messages ?? 0
    if unmatched > limit { lines.append("\(unmatched) unmatched blocks in all") }
    let others = report.violationCount - unmatched
    if others > 0 { lines.append("\(others) findings elsewhere") }
    return lines.joined(separator: "\n")
  }
}
