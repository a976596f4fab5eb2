/// Rules that hold between the AIRs of a system: what no AIR can see alone.
public enum SystemLint {
  /// AIRs with one name, buses with one number, opcodes that two AIRs look up, and look-up buses that nobody serves.
  public static func findings(
    _ airs: [AIRDescription], options: SymbolicLint.Options = SymbolicLint.Options()
  ) -> [LintFinding] {
    var findings: [LintFinding] = []
    var names: Set<String> = []
    for air in airs where !names.insert(air.name).inserted {
      findings.append(
        LintFinding(rule: .opcodes, air: air.name, message: "two AIRs have this name", location: nil))
    }
    var buses: [Int: (bus: Bus, air: String)] = [:]
    for air in airs {
      for bus in air.buses {
        if let known = buses[bus.number] {
          if known.bus == bus { continue }
          findings.append(
            LintFinding(
              rule: .opcodes, air: air.name,
              message: "bus \(bus.number) is \(bus.name) here and \(known.bus.name) in \(known.air)",
              location: nil))
        } else {
          buses[bus.number] = (bus, air.name)
        }
      }
    }
    if options.programBus != nil {
      var owners: [UInt32: String] = [:]
      for air in airs {
        for opcode in SymbolicLint(air, options: options).opcodeSet() ?? [] {
          if let owner = owners[opcode] {
            findings.append(
              LintFinding(
                rule: .opcodes, air: air.name, message: "the opcode \(opcode) is also that of \(owner)",
                location: nil))
          } else {
            owners[opcode] = air.name
          }
        }
      }
    }
    let served = Set(airs.flatMap { $0.interactions.filter { $0.role == .table }.map(\.bus) })
    for air in airs {
      for interaction in air.interactions
      where interaction.role == .lookup && !served.contains(interaction.bus) {
        findings.append(
          LintFinding(
            rule: .opcodes, air: air.name, message: "no table serves the bus \(interaction.bus.name)",
            location: interaction.location))
      }
    }
    return findings
  }
}
