import CEVMC
import WeftEVM

/// CALL, CALLCODE, DELEGATECALL, STATICCALL: prices here, the call itself is the host's. (reference/evm.md §1.5)
enum CallInstructions {
  private enum Kind {
    case call, callCode, delegateCall, staticCall

    var hasValue: Bool { self == .call || self == .callCode }
  }

  static let depthLimit: Int32 = 1024
  private static let stipend: UInt64 = 2300

  static func all(_ session: EVMCSession, _ schedule: GasSchedule) -> [EVMCInstruction] {
    func instruction(
      _ opcode: Opcode, _ mnemonic: String, _ kind: Kind, since fork: Fork = .frontier
    ) -> EVMCInstruction {
      EVMCInstruction(
        opcode, mnemonic, gas: schedule.call, takes: kind.hasValue ? 7 : 6, gives: 1, since: fork
      ) { (frame: inout EVMFrame) throws(EVMHalt) in
        try call(&frame, kind, session, schedule)
      }
    }
    return [
      instruction(.call, "call", .call), instruction(.callcode, "callcode", .callCode),
      instruction(.delegatecall, "delegatecall", .delegateCall, since: .homestead),
      instruction(.staticcall, "staticcall", .staticCall, since: .byzantium),
    ]
  }

  private static func call(
    _ frame: inout EVMFrame, _ kind: Kind, _ session: EVMCSession, _ schedule: GasSchedule
  ) throws(EVMHalt) {
    let host = try session.requireHost()
    let target = evmc_address(frame.input(1))
    let value = kind.hasValue ? frame.input(2) : .zero
    let areas = kind.hasValue ? 3 : 2
    if kind == .call, !value.isZero { try session.requireChangeable() }
    try frame.setReturnData(UnsafeRawBufferPointer(start: nil, count: 0))

    // Price.
    try frame.access(target, host, schedule)
    let codeAddress = try delegate(of: target, &frame, host, schedule) ?? target
    let input = try frame.reach(frame.input(areas), count: frame.input(areas + 1))
    let output = try frame.reach(frame.input(areas + 2), count: frame.input(areas + 3))
    if !value.isZero { try frame.charge(9000 as UInt64) }
    if kind == .call, !schedule.clearsEmptyAccounts || !value.isZero, !host.exists(target) {
      try frame.charge(25000 as UInt64)
    }
    let asked = frame.input(0).fitsInUInt64 ? frame.input(0).limb0 : .max
    let left = frame.gasLeft
    var gas = asked
    if schedule.keepsOneSixtyFourth {
      gas = min(asked, left &- left / 64)
    } else if asked > left {
      throw .outOfGas
    }
    try frame.charge(gas)
    if !value.isZero { gas &+= stipend }

    // Light failures.
    if session.depth >= depthLimit || !value.isZero && host.balance(of: session.recipient) < value {
      frame.giveBack(gas)
      return
    }
    var message = evmc_message()
    message.flags = session.isStatic || kind == .staticCall ? UInt32(EVMC_STATIC.rawValue) : 0
    if codeAddress != target { message.flags |= UInt32(EVMC_DELEGATED.rawValue) }
    message.depth = session.depth &+ 1
    message.gas = Int64(clamping: gas)
    message.code_address = codeAddress
    message.recipient = kind == .call || kind == .staticCall ? target : session.recipient
    message.sender = kind == .delegateCall ? session.sender : session.recipient
    message.value = kind == .delegateCall ? session.value : evmc_bytes32(value)
    switch kind {
    case .call, .staticCall: message.kind = EVMC_CALL
    case .callCode: message.kind = EVMC_CALLCODE
    case .delegateCall: message.kind = EVMC_DELEGATECALL
    }
    // The callee's view of the input must not move: the host may come back to this machine, never to this frame.
    let data = frame.bytes(input) ?? []
    try data.withUnsafeBufferPointer { (bytes) throws(EVMHalt) in
      message.input_data = bytes.baseAddress
      message.input_size = bytes.count
      try host.call(message) { (result) throws(EVMHalt) in try take(result, &frame, output) }
    }
  }

  /// What a call came to: gas, refund, return data, its beginning in the output area, success on the stack.
  private static func take(
    _ result: evmc_result, _ frame: inout EVMFrame, _ output: Range<Int>
  ) throws(EVMHalt) {
    let bytes = UnsafeRawBufferPointer(start: result.output_data, count: Int(clamping: result.output_size))
    try frame.setReturnData(bytes)
    let count = min(output.count, bytes.count)
    if count > 0 { try frame.setBytes(Array(bytes.prefix(count)), at: output.lowerBound) }
    frame.giveBack(UInt64(clamping: result.gas_left))
    if result.status_code == EVMC_SUCCESS {
      frame.addRefund(result.gas_refund)
      frame.setOutput(0, to: .one)
    }
  }

  /// The account whose code runs in the place of a delegated one's, paid for (EIP-7702).
  private static func delegate(
    of target: evmc_address, _ frame: inout EVMFrame, _ host: EVMCHost, _ schedule: GasSchedule
  ) throws(EVMHalt) -> evmc_address? {
    guard schedule.hasDelegations, host.codeSize(of: target) == 23 else { return nil }
    let code = host.code(of: target, from: 0, count: 23)
    guard code.count == 23, code.starts(with: [0xef, 0x01, 0x00]), let address = Address(bytes: code[3...])
    else { return nil }
    let delegate = evmc_address(address)
    try frame.charge(100 as UInt64)
    try frame.access(delegate, host, schedule)
    return delegate
  }
}

extension evmc_address {
  static func != (left: evmc_address, right: evmc_address) -> Bool { Address(left) != Address(right) }
}
