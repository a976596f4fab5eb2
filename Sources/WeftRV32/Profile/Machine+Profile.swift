import WeftMachine

extension Machine {
  /// Runs the program from its beginning in a metered run and follows its calls.
  ///
  /// - Returns: the outcome, the same as of a fast run, and the profile; `nil` for it when the program is not RV32.
  public mutating func profile() throws(MachineError) -> (outcome: Outcome, profile: Profile) {
    try start(.metered)
    guard let processor = processor as? RV32Processor else {
      throw .program("only RV32 programs can be profiled")
    }
    processor.beginProfile()
    let outcome = try resume()
    return (outcome, processor.endProfile())
  }
}

extension RV32Processor {
  fileprivate func beginProfile() {
    profiler = CallProfiler(entry: program.file.entry, symbols: program.symbols)
    text.functionStarts = program.symbols.functionStarts
  }

  fileprivate func endProfile() -> Profile {
    profiler?.settle(retiredInstructions)
    defer {
      profiler = nil
      text.functionStarts = nil
    }
    let opcodes = zip(table.entries, instructionCounts).map { entry, count in
      Profile.Share(name: entry.executor.mnemonic, instructions: count)
    }
    return Profile(
      collapsedStacks: profiler?.collapsedStacks ?? "", functions: sorted(functionShares),
      opcodes: sorted(opcodes))
  }

  private var functionShares: [Profile.Share] {
    var counts: [String: UInt64] = [:]
    for (index, count) in (meter?.instructionCounts(lengths: text.slots) ?? []).enumerated() where count > 0 {
      let address = text.address(of: index)
      counts[program.symbols.location(of: address)?.function ?? hexadecimal(address), default: 0] &+= count
    }
    return counts.map { Profile.Share(name: $0.key, instructions: $0.value) }
  }

  private func sorted(_ shares: [Profile.Share]) -> [Profile.Share] {
    shares.filter { $0.instructions > 0 }.sorted { ($1.instructions, $0.name) < ($0.instructions, $1.name) }
  }
}
