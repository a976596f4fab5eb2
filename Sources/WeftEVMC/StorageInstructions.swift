import CEVMC
import WeftEVM

/// SLOAD, SSTORE, TLOAD, TSTORE, LOG0 to LOG4.
enum StorageInstructions {
  static func all(_ session: EVMCSession, _ schedule: GasSchedule) -> [EVMCInstruction] {
    [
      EVMCInstruction(.sload, "sload", gas: schedule.storageLoad, takes: 1, gives: 1) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        let host = try session.requireHost()
        if schedule.hasWarmSets, host.warms(frame.input(0), of: session.recipient) {
          try frame.charge(schedule.coldSlotExtra)
        }
        frame.setOutput(0, to: host.storage(frame.input(0), of: session.recipient))
      },
      EVMCInstruction(.sstore, "sstore", gas: 0, takes: 2, gives: 0) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        try store(&frame, session, schedule)
      },
      EVMCInstruction(.tload, "tload", gas: 100, takes: 1, gives: 1, since: .cancun) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        frame.setOutput(0, to: try session.requireHost().transient(frame.input(0), of: session.recipient))
      },
      EVMCInstruction(.tstore, "tstore", gas: 100, takes: 2, gives: 0, since: .cancun) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        try session.requireChangeable()
        try session.requireHost().storeTransient(
          frame.input(1), in: frame.input(0), of: session.recipient)
      },
    ] + (0...4).map { log($0, session) }
  }

  private static func store(
    _ frame: inout EVMFrame, _ session: EVMCSession, _ schedule: GasSchedule
  ) throws(EVMHalt) {
    try session.requireChangeable()
    if Int64(clamping: frame.gasLeft) <= schedule.storeSentry { throw .outOfGas }
    let host = try session.requireHost()
    let slot = frame.input(0)
    let isCold = schedule.hasWarmSets && host.warms(slot, of: session.recipient)
    let status = host.store(frame.input(1), in: slot, of: session.recipient)
    let (cost, refund) = price(status, schedule)
    try frame.charge(cost &+ (isCold ? schedule.coldStoreExtra : 0))
    frame.addRefund(refund)
  }

  /// Price and refund of a write, by what it did to the slot. (reference/evm.md §1.4)
  static func price(_ status: evmc_storage_status, _ schedule: GasSchedule) -> (cost: Int64, refund: Int64) {
    let (set, reset, dirty) = (schedule.storeSet, schedule.storeReset, schedule.storeDirty)
    let clear = schedule.storeClearRefund
    if !schedule.storeIsNet {
      // Only the values before and after the write count.
      switch status {
      case EVMC_STORAGE_ADDED, EVMC_STORAGE_DELETED_ADDED, EVMC_STORAGE_DELETED_RESTORED: return (set, 0)
      case EVMC_STORAGE_DELETED, EVMC_STORAGE_MODIFIED_DELETED, EVMC_STORAGE_ADDED_DELETED:
        return (reset, clear)
      default: return (reset, 0)
      }
    }
    switch status {
    case EVMC_STORAGE_ADDED: return (set, 0)
    case EVMC_STORAGE_DELETED: return (reset, clear)
    case EVMC_STORAGE_MODIFIED: return (reset, 0)
    case EVMC_STORAGE_DELETED_ADDED: return (dirty, 0 &- clear)
    case EVMC_STORAGE_MODIFIED_DELETED: return (dirty, clear)
    case EVMC_STORAGE_DELETED_RESTORED: return (dirty, reset &- dirty &- clear)
    case EVMC_STORAGE_ADDED_DELETED: return (dirty, set &- dirty)
    case EVMC_STORAGE_MODIFIED_RESTORED: return (dirty, reset &- dirty)
    default: return (dirty, 0)
    }
  }

  private static func log(_ topics: Int, _ session: EVMCSession) -> EVMCInstruction {
    EVMCInstruction(
      Opcode(0xa0 &+ UInt8(truncatingIfNeeded: topics)), "log\(topics)", gas: 375 &* Int64(topics &+ 1),
      takes: topics &+ 2, gives: 0
    ) { (frame: inout EVMFrame) throws(EVMHalt) in
      try session.requireChangeable()
      let host = try session.requireHost()
      let data = try frame.reach(frame.input(0), count: frame.input(1))
      try frame.charge(8 &* UInt64(data.count))
      let words = (0..<topics).map { frame.input(2 &+ $0) }
      frame.withBytes(data) { host.log($0, topics: words, of: session.recipient) }
    }
  }
}
