import CEVMC
import WeftEVM

/// CREATE and CREATE2: prices here; address, collision, deposit and code are the host's. (reference/evm.md §1.6)
enum CreationInstructions {
  static func all(_ session: EVMCSession, _ schedule: GasSchedule) -> [EVMCInstruction] {
    [
      EVMCInstruction(.create, "create", gas: 32000, takes: 3, gives: 1) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        try create(&frame, EVMC_CREATE, session, schedule)
      },
      EVMCInstruction(.create2, "create2", gas: 32000, takes: 4, gives: 1, since: .constantinople) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        try create(&frame, EVMC_CREATE2, session, schedule)
      },
    ]
  }

  private static func create(
    _ frame: inout EVMFrame, _ kind: evmc_call_kind, _ session: EVMCSession, _ schedule: GasSchedule
  ) throws(EVMHalt) {
    try session.requireChangeable()
    let host = try session.requireHost()
    let isSecond = kind == EVMC_CREATE2
    let value = frame.input(0)
    let code = try frame.reach(frame.input(1), count: frame.input(2))
    if code.count > schedule.maximumInitCodeSize { throw .initCodeTooLong }
    let words = (Int64(code.count) &+ 31) / 32
    try frame.charge((schedule.initCodeWord &+ (isSecond ? 6 : 0)) &* words)
    try frame.setReturnData(UnsafeRawBufferPointer(start: nil, count: 0))
    if session.depth >= CallInstructions.depthLimit
      || !value.isZero && host.balance(of: session.recipient) < value
    {
      return
    }
    let left = frame.gasLeft
    let gas = schedule.keepsOneSixtyFourth ? left &- left / 64 : left
    try frame.charge(gas)
    var message = evmc_message()
    message.kind = kind
    message.depth = session.depth &+ 1
    message.gas = Int64(clamping: gas)
    message.sender = session.recipient
    message.value = evmc_bytes32(value)
    if isSecond { message.create2_salt = evmc_bytes32(frame.input(3)) }
    let bytes = frame.bytes(code) ?? []
    try bytes.withUnsafeBufferPointer { (buffer) throws(EVMHalt) in
      message.input_data = buffer.baseAddress
      message.input_size = buffer.count
      try host.call(message) { (result) throws(EVMHalt) in
        frame.giveBack(UInt64(clamping: result.gas_left))
        if result.status_code == EVMC_SUCCESS {
          frame.addRefund(result.gas_refund)
          frame.setOutput(0, to: Address(result.create_address).word)
        } else {
          try frame.setReturnData(
            UnsafeRawBufferPointer(start: result.output_data, count: Int(clamping: result.output_size)))
        }
      }
    }
  }
}
