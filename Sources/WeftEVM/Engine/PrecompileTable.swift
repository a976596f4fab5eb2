import WeftMachine

/// The precompiled contracts of a fork, found by address.
struct PrecompileTable {
  private let contracts: [UInt64: any Precompile]
  /// No contract stands above this address.
  private let highest: UInt64
  let fork: Int

  init(_ table: InstructionTable, fork: Fork) {
    self.fork = fork.rawValue
    var contracts: [UInt64: any Precompile] = [:]
    for (address, entry) in table.precompiles where entry.precompile.firstFork <= fork.rawValue {
      contracts[address] = entry.precompile
    }
    self.contracts = contracts
    highest = contracts.keys.max() ?? 0
  }

  @inline(__always)
  func contains(_ address: UInt256) -> Bool {
    address.fitsInUInt64 && address.limb0 <= highest && contracts[address.limb0] != nil
  }

  @inline(__always)
  func contract(at address: UInt256) -> (any Precompile)? {
    guard address.fitsInUInt64, address.limb0 <= highest else { return nil }
    return contracts[address.limb0]
  }
}
