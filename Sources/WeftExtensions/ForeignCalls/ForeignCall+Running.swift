import CFFI
import CWeftABI
import Glibc
import WeftMachine
import WeftMemory

// The call itself, its copies, and what becomes of them.
extension ForeignCall {
  /// Makes sure that a run that counts accesses has room for those of this call.
  func reserve(_ guest: Guest, _ frame: CallFrame) throws(Trap) {
    if case .fast = guest.mode { return }
    var accesses = result.registerCount
    for read in registerReads { accesses &+= read.isPair ? 2 : 1 }
    for index in 0..<frame.useCount {
      let use = frame.uses[index]
      accesses &+= (use.isRead ? use.words : 0) &+ (use.isWritten ? use.words : 0)
    }
    try guest.reserve(accesses: accesses)
  }

  /// Gives each use a copy or guest memory itself, and its argument the pointer.
  /// - Returns: the block of all copies, for the caller to free; `nil` when there is none.
  func prepare(
    _ guest: Guest, _ frame: CallFrame, copies: Bool
  ) throws(Trap) -> UnsafeMutableRawPointer? {
    if frame.useCount == 0 { return nil }
    guard let memory = guest.memory.pointee.region(of: .memory)?.base else { return nil }
    var size: UInt64 = 0
    for index in 0..<frame.useCount {
      let use = frame.uses[index]
      if copies || use.role != .range { size &+= use.copySize }
    }
    let block = size == 0 ? nil : malloc(Int(truncatingIfNeeded: size))
    if size != 0, block == nil { throw .failure("\(name): no memory for copies of \(size) bytes") }
    var next = block
    for index in 0..<frame.useCount {
      let use = frame.uses[index]
      let place = memory + Int(truncatingIfNeeded: use.start)
      guard copies || use.role != .range, let copy = next else {
        if use.isWritten { guest.willWrite?(Range(uncheckedBounds: (use.start, use.start &+ use.count))) }
        frame.slots[Int(use.argument)] = UInt64(UInt(bitPattern: place))
        continue
      }
      fill(copy, from: place, use)
      frame.uses[index].copy = copy
      if use.role == .range { frame.slots[Int(use.argument)] = UInt64(UInt(bitPattern: copy)) }
      next = copy + Int(truncatingIfNeeded: use.copySize)
    }
    return block
  }

  private func fill(
    _ copy: UnsafeMutableRawPointer, from place: UnsafeMutableRawPointer, _ use: CallFrame.Use
  ) {
    let count = Int(truncatingIfNeeded: use.count)
    // What the function does not write of an `out` range stays as it is.
    memcpy(copy, place, count)
    memset(copy + count, Int32(CallFrame.guardByte), Int(truncatingIfNeeded: use.copySize) &- count)
    guard use.role == .structArgument else { return }
    for offset in structBools[Int(use.argument)] {
      let byte = (copy + offset).assumingMemoryBound(to: UInt8.self)
      byte.pointee = byte.pointee == 0 ? 0 : 1
    }
  }

  /// Calls the function.
  func invoke(_ guest: Guest, _ frame: CallFrame) throws(Trap) {
    guard let contextName else { return invoke(frame) }
    var failure = ForeignFailure()
    var context = weft_foreign_context()
    context.struct_size = UInt32(MemoryLayout<weft_foreign_context>.size)
    context.abi_version = WEFT_FOREIGN_ABI
    context.instruction = UnsafePointer(contextName)
    context.retired = guest.retiredInstructions
    context.fail = foreignFail
    withUnsafeMutablePointer(to: &failure) { failure in
      context.host = UnsafeMutableRawPointer(failure)
      withUnsafeMutablePointer(to: &context) { context in
        for index in 0..<argumentCount where arguments[index].action == .context {
          frame.slots[index] = UInt64(UInt(bitPattern: context))
        }
        invoke(frame)
      }
    }
    if failure.hasFailed {
      let text = failure.text
      throw .failure("\(name): \(text.isEmpty ? "failed" : text)", code: failure.code)
    }
  }

  @inline(__always)
  private func invoke(_ frame: CallFrame) {
    guard let interface else {
      frame.result[0] = DirectCall.call(function, frame.slots, count: argumentCount)
      return
    }
    for index in 0..<argumentCount { frame.addresses[index] = UnsafeMutableRawPointer(frame.slots + index) }
    var place = UnsafeMutableRawPointer(frame.result)
    for index in 0..<frame.useCount {
      guard let copy = frame.uses[index].copy else { continue }
      switch frame.uses[index].role {
      case .range: break
      case .structArgument: frame.addresses[Int(frame.uses[index].argument)] = copy
      // Its copy and the guard behind it are more than the eight bytes that libffi may write.
      case .structResult: place = copy
      }
    }
    weft_ffi_call(interface, function, place, frame.addresses)
  }

  /// Looks for signs that the function did what it was not to do.
  func inspect(_ guest: Guest, _ frame: CallFrame) throws(Trap) {
    guard let memory = guest.memory.pointee.region(of: .memory)?.base else { return }
    for index in 0..<frame.useCount {
      let use = frame.uses[index]
      guard let copy = use.copy, use.role == .range else { continue }
      let count = Int(truncatingIfNeeded: use.count)
      let bytes = copy.assumingMemoryBound(to: UInt8.self)
      for offset in count..<Int(truncatingIfNeeded: use.copySize) where bytes[offset] != CallFrame.guardByte {
        throw .failure("\(name): \(symbol) wrote behind the end of argument \(use.argument)")
      }
      if !use.isWritten, memcmp(copy, memory + Int(truncatingIfNeeded: use.start), count) != 0 {
        throw .failure("\(name): \(symbol) wrote to argument \(use.argument), which is only read")
      }
    }
  }

  /// Looks at the result, then makes all effects: accesses in the order of the arguments, reads before writes.
  func commit(
    _ guest: Guest, _ x: UnsafeMutablePointer<UInt32>, _ operands: CallOperands, _ frame: CallFrame
  ) throws(Trap) {
    let value = result.kind.extended(frame.result[0])
    if result.canFail { try judge(value) }
    if case .fast = guest.mode {} else { try logReads(guest, operands, frame) }
    for index in 0..<frame.useCount where frame.uses[index].isWritten { try write(guest, frame.uses[index]) }
    guard result.action == .scalar, let operand = result.operand else { return }
    let register = operand.register(operands)
    let (low, high) = (UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value &>> 32))
    if case .fast = guest.mode {
      if register != 0 { x[register] = low }
      if register != 0, result.kind.isPair { x[(register &+ 1) & 31] = high }
      return
    }
    try guest.setRegister(register, to: low)
    if result.kind.isPair { try guest.setRegister(register == 0 ? 0 : register &+ 1, to: high) }
  }

  private func judge(_ value: UInt64) throws(Trap) {
    let isGood =
      switch result.status {
      case .zero: value == 0
      case .nonzero: value != 0
      case .nonnegative: Int64(bitPattern: value) >= 0
      case nil: true
      }
    if !isGood {
      let shown = result.kind.isSigned ? "\(Int64(bitPattern: value))" : "\(value)"
      throw .failure("\(name): \(symbol) returned \(shown)", code: Int32(truncatingIfNeeded: value))
    }
    if result.kind == .size, result.operand != nil, value > UInt64(UInt32.max) {
      throw .failure("\(name): \(symbol) returned \(value), more than a register holds")
    }
  }

  // MARK: Accesses

  private func logReads(_ guest: Guest, _ operands: CallOperands, _ frame: CallFrame) throws(Trap) {
    for read in registerReads {
      let register = read.operand.register(operands)
      _ = try guest.register(register)
      if read.isPair { _ = try guest.register(register == 0 ? 0 : register &+ 1) }
    }
    for index in 0..<frame.useCount where frame.uses[index].isRead {
      let use = frame.uses[index]
      var word = use.start & ~3
      while word < use.start &+ use.count {
        do throws(MemoryError) {
          _ = try guest.memory.pointee.readWord(.memory, UInt32(truncatingIfNeeded: word))
        } catch { throw Trap(.memory(error)) }
        word &+= 4
      }
    }
  }

  /// Writes a copy back: as bytes in a fast run, else word by aligned word.
  private func write(_ guest: Guest, _ use: CallFrame.Use) throws(Trap) {
    guard let copy = use.copy, use.count > 0, let memory = guest.memory.pointee.region(of: .memory)?.base
    else {
      return
    }
    let end = use.start &+ use.count
    guest.willWrite?(Range(uncheckedBounds: (use.start, end)))
    if case .fast = guest.mode {
      memcpy(memory + Int(truncatingIfNeeded: use.start), copy, Int(truncatingIfNeeded: use.count))
      return
    }
    var word = use.start & ~3
    while word < end {
      let (first, last) = (max(word, use.start), min(word &+ 4, end))
      // Bytes of the word that are not part of the range stay.
      var value = (memory + Int(truncatingIfNeeded: word)).loadUnaligned(as: UInt32.self)
      withUnsafeMutableBytes(of: &value) { bytes in
        guard let base = bytes.baseAddress else { return }
        memcpy(
          base + Int(truncatingIfNeeded: first &- word), copy + Int(truncatingIfNeeded: first &- use.start),
          Int(truncatingIfNeeded: last &- first))
      }
      do throws(MemoryError) {
        try guest.memory.pointee.writeWord(
          UInt32(littleEndian: value), .memory, UInt32(truncatingIfNeeded: word))
      } catch { throw Trap(.memory(error)) }
      word &+= 4
    }
  }
}
