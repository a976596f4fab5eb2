import WeftMachine

/// The precompiled contracts that rules have, found by address.
struct PrecompileTable {
  struct Entry {
    var contract: any Precompile
    /// Whose rules it follows: those of the fork that runs, or where it is switched on earlier those of its first.
    var fork: Int
  }

  private let contracts: [UInt64: Entry]
  /// No contract stands above this address.
  private let highest: UInt64

  init(_ table: InstructionTable, _ rules: EVMRules) {
    let fork = rules.fork.rawValue
    var contracts: [UInt64: Entry] = [:]
    for (address, entry) in table.precompiles where rules.has(entry.precompile) {
      let first = entry.precompile.firstFork
      contracts[address] = Entry(contract: entry.precompile, fork: first == .max ? fork : max(first, fork))
    }
    self.contracts = contracts
    highest = contracts.keys.max() ?? 0
  }

  @inline(__always)
  func contains(_ address: UInt256) -> Bool {
    address.fitsInUInt64 && address.limb0 <= highest && contracts[address.limb0] != nil
  }

  @inline(__always)
  func contract(at address: UInt256) -> Entry? {
    guard address.fitsInUInt64, address.limb0 <= highest else { return nil }
    return contracts[address.limb0]
  }
}
