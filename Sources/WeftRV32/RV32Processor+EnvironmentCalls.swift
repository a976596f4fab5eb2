import WeftMachine

extension RV32Processor {
  /// ECALL: reads a7, a0, a1, a2, writes a0, writes a1 or idles, six ticks in all; then whatever the call does to
  /// memory and public values. Machine programs have one call, that ends them.
  func environmentCall() throws(Trap) {
    let number = guest.peekRegister(17)
    if machineMode != nil {
      guard number == 93, program.options.endConvention == .environmentCall else {
        throw Trap(.environmentCall)
      }
      let code = guest.peekRegister(10)
      try guest.reserve(accesses: 6)
      return try record { () throws(Trap) in
        try accessRegisters(result: code, second: nil)
        guest.exit(code: code)
      }
    }
    guard let call = table.systemCalls[number] else {
      throw Trap(.unknownEnvironmentCall(number: number))
    }
    try guest.reserve(accesses: 6)
    try record { () throws(Trap) in
      let arguments = SystemCall.Arguments(
        a0: guest.peekRegister(10), a1: guest.peekRegister(11), a2: guest.peekRegister(12),
        a3: guest.peekRegister(13), a4: guest.peekRegister(14), a5: guest.peekRegister(15))
      let result = try call.body(guest, arguments)
      try accessRegisters(result: result.value ?? arguments.a0, second: result.second)
      try result.effect?(guest)
    }
  }

  /// The six ticks of every call.
  private func accessRegisters(result: UInt32, second: UInt32?) throws(Trap) {
    for register in [17, 10, 11, 12] { _ = try guest.register(register) }
    try guest.setRegister(10, to: result)
    if let second {
      try guest.setRegister(11, to: second)
    } else {
      try guest.idle()
    }
  }
}
