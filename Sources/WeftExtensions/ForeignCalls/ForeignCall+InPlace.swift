import CFFI
import WeftMachine

// The quick way of a fast run: arguments from registers, ranges in place, nothing that can fail afterwards. Whatever
// is out of the ordinary is declined with nothing done, and the careful way finds out what it is.
extension ForeignCall {
  /// Makes the call if it is an ordinary one.
  /// - Returns: false when nothing was done.
  @inline(__always)
  func runInPlace(_ window: GuestWindow, _ operands: CallOperands) -> Bool {
    switch quickness {
    case .registers:
      runPure(window.registers, operands)
      return true
    case .inPlace: return runRanges(window, operands)
    case .never: return false
    }
  }

  /// Integers in, an integer out, registers only.
  @inline(__always)
  func runPure(_ x: UnsafeMutablePointer<UInt32>, _ operands: CallOperands) {
    var slots = InlineArray<6, UInt64>(repeating: 0)
    let (count, function) = (argumentCount, self.function)
    for index in 0..<count { slots[unchecked: index] = scalar(arguments[index], x, operands) }
    let raw = withUnsafePointer(to: &slots) { slots in
      DirectCall.call(function, UnsafeRawPointer(slots).assumingMemoryBound(to: UInt64.self), count: count)
    }
    store(raw, x, operands)
  }

  @inline(never)
  private func runRanges(_ window: GuestWindow, _ operands: CallOperands) -> Bool {
    let count = argumentCount
    var storage = InlineArray<16, UInt64>(repeating: 0)
    return withUnsafeMutablePointer(to: &storage) { storage in
      let slots = UnsafeMutableRawPointer(storage).assumingMemoryBound(to: UInt64.self)
      let x = window.registers
      for index in 0..<count { slots[index] = scalar(arguments[index], x, operands) }
      guard hasMemory else {
        store(invoke(slots, nil), x, operands)
        return true
      }
      var lengths = InlineArray<16, UInt64>(repeating: 0)
      for index in 0..<count {
        let plan = arguments[index]
        guard plan.action == .range || plan.action == .structure else { continue }
        guard let length = length(plan, slots, x, operands) else { return false }
        let address = x[plan.operand.register(operands)]
        guard address & plan.alignmentMask == 0,
          let place = window.place(address, length, isWritten: plan.isWritten)
        else { return false }
        slots[index] = UInt64(UInt(bitPattern: place))
        lengths[unchecked: index] = length
      }
      if mayOverlap, overlaps(slots, lengths) { return false }
      store(invoke(slots, slots), x, operands)
      return true
    }
  }

  /// Bytes of a range or struct; `nil` where they are too many, or cannot be told here.
  @inline(__always)
  private func length(
    _ plan: ArgumentPlan, _ slots: UnsafeMutablePointer<UInt64>, _ x: UnsafeMutablePointer<UInt32>,
    _ operands: CallOperands
  ) -> UInt64? {
    // libffi may look at whole words of eight bytes.
    if plan.action == .structure { return (plan.constant &+ 7) & ~7 }
    let elements =
      switch plan.lengthSource {
      case .constant: plan.constant
      case .register: UInt64(x[plan.lengthOperand.register(operands)])
      // Scalars stand behind ranges or before them: a slot that holds a pointer is never named.
      case .argument: slots[Int(plan.lengthArgument)]
      }
    // Negative numbers are large ones here.
    guard elements <= plan.maximum else { return nil }
    let bytes = elements &* plan.unit
    return bytes <= plan.maximum ? bytes : nil
  }

  private func overlaps(_ slots: UnsafeMutablePointer<UInt64>, _ lengths: InlineArray<16, UInt64>) -> Bool {
    for second in 1..<max(1, argumentCount) where arguments[second].action == .range {
      for first in 0..<second where arguments[first].action == .range {
        guard arguments[first].isWritten || arguments[second].isWritten else { continue }
        let (a, b, aCount, bCount) = (slots[first], slots[second], lengths[first], lengths[second])
        if a < b &+ bCount, b < a &+ aCount, aCount > 0, bCount > 0 { return true }
      }
    }
    return false
  }

  /// Calls the function.
  /// - Parameter places: the slots again where some of them hold the places of structs.
  @inline(__always)
  private func invoke(_ slots: UnsafeMutablePointer<UInt64>, _ places: UnsafeMutablePointer<UInt64>?)
    -> UInt64
  {
    guard let interface else { return DirectCall.call(function, slots, count: argumentCount) }
    var storage = InlineArray<16, UnsafeMutableRawPointer?>(repeating: nil)
    var result = InlineArray<2, UInt64>(repeating: 0)
    withUnsafeMutablePointer(to: &storage) { storage in
      let addresses = UnsafeMutableRawPointer(storage).assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
      for index in 0..<argumentCount {
        // libffi copies a struct from where it is.
        let isStruct = places != nil && arguments[index].action == .structure
        addresses[index] =
          isStruct
          ? UnsafeMutableRawPointer(bitPattern: UInt(slots[index])) : UnsafeMutableRawPointer(slots + index)
      }
      withUnsafeMutablePointer(to: &result) { weft_ffi_call(interface, function, $0, addresses) }
    }
    return result[0]
  }
}
