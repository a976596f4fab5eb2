import WeftMachine

extension RV32Processor {
  /// ECALL: reads a7, a0, a1, a2, writes a0, writes a1 or idles, six ticks in all; then whatever the call does to
  /// memory and public values.
  func environmentCall() throws(Trap) {
    let number = guest.peekRegister(17)
    if machineMode != nil {
      if number == 93, program.options.endConvention == .environmentCall {
        return try record { () throws(Trap) in guest.exit(code: guest.peekRegister(10)) }
      }
      throw Trap(.environmentCall)
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
      for register in [17, 10, 11, 12] { _ = try guest.register(register) }
      try guest.setRegister(10, to: result.value ?? arguments.a0)
      if let second = result.second {
        try guest.setRegister(11, to: second)
      } else {
        try guest.idle()
      }
      try result.effect?(guest)
    }
  }
}
