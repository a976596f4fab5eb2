import CEVMC
import WeftEVM

typealias CEVMCAddress = evmc_address

/// BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFBALANCE, SELFDESTRUCT.
enum AccountInstructions {
  static func all(_ session: EVMCSession, _ schedule: GasSchedule) -> [EVMCInstruction] {
    [
      look(.balance, "balance", gas: schedule.balance, session, schedule) { $0.balance(of: $1) },
      look(.extcodesize, "extcodesize", gas: schedule.externalCode, session, schedule) {
        UInt256(UInt64($0.codeSize(of: $1)))
      },
      look(
        .extcodehash, "extcodehash", gas: schedule.externalCodeHash, since: .constantinople, session, schedule
      ) { $0.codeHash(of: $1) },
      EVMCInstruction(.extcodecopy, "extcodecopy", gas: schedule.externalCode, takes: 4, gives: 0) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        try copyCode(&frame, session, schedule)
      },
      EVMCInstruction(.selfbalance, "selfbalance", gas: 5, takes: 0, gives: 1, since: .istanbul) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        frame.setOutput(0, to: try session.requireHost().balance(of: session.recipient))
      },
      EVMCInstruction(.selfdestruct, "selfdestruct", gas: schedule.selfDestruct, takes: 1, gives: 0) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        try selfDestruct(&frame, session, schedule)
      },
    ]
  }

  /// An instruction that gives a word about an account.
  private static func look(
    _ opcode: Opcode, _ mnemonic: String, gas: Int64, since fork: Fork = .frontier, _ session: EVMCSession,
    _ schedule: GasSchedule, _ question: @escaping @Sendable (EVMCHost, evmc_address) -> UInt256
  ) -> EVMCInstruction {
    EVMCInstruction(opcode, mnemonic, gas: gas, takes: 1, gives: 1, since: fork) {
      (frame: inout EVMFrame) throws(EVMHalt) in
      let host = try session.requireHost()
      let address = evmc_address(frame.input(0))
      try frame.access(address, host, schedule)
      frame.setOutput(0, to: question(host, address))
    }
  }

  private static func copyCode(
    _ frame: inout EVMFrame, _ session: EVMCSession, _ schedule: GasSchedule
  ) throws(EVMHalt) {
    let host = try session.requireHost()
    let address = evmc_address(frame.input(0))
    let target = try frame.reach(frame.input(1), count: frame.input(3))
    try frame.charge(3 &* ((UInt64(target.count) &+ 31) / 32))
    try frame.access(address, host, schedule)
    guard !target.isEmpty else { return }
    let offset = frame.input(2)
    let first = offset.fitsInUInt64 ? Int(clamping: offset.limb0) : .max
    let size = host.codeSize(of: address)
    var bytes =
      first < size ? host.code(of: address, from: first, count: min(target.count, size - first)) : []
    bytes += repeatElement(0, count: target.count - bytes.count)
    try frame.setBytes(bytes, at: target.lowerBound)
  }

  private static func selfDestruct(
    _ frame: inout EVMFrame, _ session: EVMCSession, _ schedule: GasSchedule
  ) throws(EVMHalt) {
    try session.requireChangeable()
    let host = try session.requireHost()
    let beneficiary = evmc_address(frame.input(0))
    if schedule.hasWarmSets, host.warms(beneficiary) { try frame.charge(schedule.coldBeneficiary) }
    // Before Spurious Dragon an absent beneficiary costs, afterwards one that value makes exist.
    if schedule.selfDestructNewAccount > 0,
      !schedule.clearsEmptyAccounts || !host.balance(of: session.recipient).isZero,
      !host.exists(beneficiary)
    {
      try frame.charge(schedule.selfDestructNewAccount)
    }
    if host.selfDestruct(session.recipient, to: beneficiary) { frame.addRefund(schedule.selfDestructRefund) }
    frame.finish()
  }
}
