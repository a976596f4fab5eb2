import WeftMachine

/// What an EVM goes by: the rules of a fork of the mainnet, or those that an extension derives from one.
public struct EVMRules: Sendable {
  /// The fork, or the one that they derive from.
  public let fork: Fork
  /// The name in reports.
  public let name: String
  /// Name of the extension that defines them; `nil` for the mainnet's own.
  public let owner: String?
  public private(set) var schedule: GasSchedule
  private var instructions: [UInt8: Bool] = [:]
  private var instructionGas: [UInt8: UInt32] = [:]
  private var precompiles: [UInt64: Bool] = [:]

  public init(_ fork: Fork) {
    self.fork = fork
    name = fork.testName
    owner = nil
    schedule = GasSchedule(fork)
  }

  /// The rules of a name, in any case: what an extension defines under it, or else a fork of the mainnet.
  ///
  /// - Returns: `nil` where nobody knows the name.
  /// - Throws: what is wrong with the definition.
  public init?(named name: String, extensions: [any VMExtension] = []) throws(RegistrationError) {
    let wanted = name.lowercased()
    let fork = Fork(name: name)
    let places = extensions.flatMap { part in part.forks.map { (owner: part.name, definition: $0) } }
    let found = places.filter { place in
      place.definition.name == wanted || (fork != nil && Fork(name: place.definition.name) == fork)
    }
    if found.count > 1 {
      throw .forkClash(name: found[1].definition.name, owner: found[1].owner, first: found[0].owner)
    }
    if let found = found.first {
      try self.init(found.definition, owner: found.owner)
    } else if let fork {
      self.init(fork)
    } else {
      return nil
    }
  }

  /// The rules of a fork, or what one of these extensions puts in their place.
  public init(_ fork: Fork, extensions: [any VMExtension]) throws(RegistrationError) {
    self = try EVMRules(named: fork.testName, extensions: extensions) ?? EVMRules(fork)
  }

  /// - Throws: everything that is wrong with a definition taken by itself.
  public init(_ definition: ForkDefinition, owner: String) throws(RegistrationError) {
    let problems = definition.problems
    guard problems.isEmpty, let fork = Fork(rawValue: definition.base) else {
      throw .invalidFork(name: definition.name, owner: owner, reason: problems.joined(separator: "; "))
    }
    self.fork = fork
    self.owner = owner
    name = definition.name
    schedule = GasSchedule(fork)
    for change in definition.changes {
      switch change {
      case .instruction(let opcode, let isOn): instructions[opcode] = isOn
      case .instructionGas(let opcode, let gas): instructionGas[opcode] = gas
      case .precompile(let address, let isOn): precompiles[address] = isOn
      case .schedule(let entry, let value): GasSchedule.Entry(rawValue: entry).map { schedule[$0] = value }
      }
    }
  }

  /// Whether they have an instruction that came with a fork, given as its number.
  func has(_ opcode: UInt8, since firstFork: Int) -> Bool {
    instructions[opcode] ?? (firstFork <= fork.rawValue)
  }

  /// The static gas of an instruction that costs `gas` by itself.
  func gas(of opcode: UInt8, _ gas: UInt32) -> UInt32 { instructionGas[opcode] ?? gas }

  /// Whether they have a precompiled contract.
  func has(_ precompile: any Precompile) -> Bool {
    precompiles[precompile.address] ?? (precompile.firstFork <= fork.rawValue)
  }

  /// - Throws: what they switch on or price, and nobody has registered.
  func check(_ table: InstructionTable) throws(RegistrationError) {
    let opcodes = Set(instructions.filter(\.value).keys).union(instructionGas.keys)
    let missing = opcodes.sorted().filter { table.index(ofEVM: $0) == nil }
    let addresses = precompiles.filter { $0.value && table.precompiles[$0.key] == nil }.keys.sorted()
    let problems =
      missing.map { "there is no instruction with opcode \(hexadecimal(UInt64($0), digits: 2))" }
      + addresses.map { "there is no precompiled contract at \(hexadecimal($0, digits: 2))" }
    guard problems.isEmpty else {
      throw .invalidFork(name: name, owner: owner ?? "", reason: problems.joined(separator: "; "))
    }
  }
}

extension ForkDefinition {
  public init(name: String, base: Fork, changes: [Change], replaces: Bool = false) {
    self.init(name: name, base: base.rawValue, changes: changes, replaces: replaces)
  }

  /// Everything that is wrong with it, whatever is registered besides.
  public var problems: [String] {
    var problems: [String] = []
    if Fork(rawValue: base) == nil {
      let last = Fork.allCases.count - 1
      problems.append("it derives from fork \(base); the forks are 0 to \(last)")
    }
    let own = Fork(name: name)
    if let own, !replaces { problems.append("\(own) is a fork of the mainnet, which it does not replace") }
    if own == nil, replaces { problems.append("there is no fork of this name to replace") }
    for case .schedule(let entry, let value) in changes {
      if GasSchedule.Entry(rawValue: entry) == nil {
        problems.append("the gas schedule has no entry '\(entry)'")
      } else if !GasSchedule.Entry.range.contains(value) {
        let range = GasSchedule.Entry.range
        problems.append("\(entry) is \(value); \(range.lowerBound) to \(range.upperBound) is possible")
      }
    }
    return problems
  }
}

extension ForkDefinition.Change {
  /// An entry of the gas schedule.
  public static func schedule(_ entry: GasSchedule.Entry, _ value: Int64) -> ForkDefinition.Change {
    .schedule(entry: entry.rawValue, value)
  }
}
