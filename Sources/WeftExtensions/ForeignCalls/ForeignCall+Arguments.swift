import CWeftABI
import WeftMachine

// Before the function: values, and ranges that are checked.
extension ForeignCall {
  /// Fills the slots and notes the memory that the call uses.
  func gather(
    _ guest: Guest, _ x: UnsafeMutablePointer<UInt32>, _ operands: CallOperands, _ frame: inout CallFrame
  ) throws(Trap) {
    // Scalars first: a length may be an argument that comes later.
    for index in 0..<argumentCount { frame.slots[index] = scalar(arguments[index], x, operands) }
    for index in 0..<argumentCount {
      let plan = arguments[index]
      guard plan.action == .range || plan.action == .structure else { continue }
      let address = x[plan.operand.register(operands)]
      if plan.action == .structure {
        guard let range = guest.offsets(of: address, count: plan.constant) else {
          throw Trap(.loadAccessFault, value: UInt64(address))
        }
        frame.append(use(range.lowerBound, plan.constant, .structArgument, isRead: true, index))
      } else {
        let count = try byteCount(plan, at: index, x, operands, frame)
        let start = try offset(guest, plan, address, count)
        var use = use(start, count, .range, isRead: plan.isRead, index)
        use.isWritten = plan.isWritten
        frame.append(use)
      }
    }
    guard result.action == .structure, let operand = result.operand else { return }
    let address = x[operand.register(operands)]
    guard let range = guest.writableOffsets(of: address, count: result.structSize) else {
      throw Trap(.storeAccessFault, value: UInt64(address))
    }
    var use = use(range.lowerBound, result.structSize, .structResult, isRead: false, argumentCount)
    use.isWritten = true
    frame.append(use)
  }

  private func use(
    _ start: UInt64, _ count: UInt64, _ role: CallFrame.Use.Role, isRead: Bool, _ argument: Int
  ) -> CallFrame.Use {
    CallFrame.Use(
      start: start, count: count, role: role, isRead: isRead, isWritten: false,
      argument: UInt8(truncatingIfNeeded: argument), copy: nil)
  }

  /// The bytes of a range, no more than the manifest allows.
  private func byteCount(
    _ plan: ArgumentPlan, at index: Int, _ x: UnsafeMutablePointer<UInt32>, _ operands: CallOperands,
    _ frame: CallFrame
  ) throws(Trap) -> UInt64 {
    let elements: UInt64
    var isNegative = false
    switch plan.lengthSource {
    case .constant: elements = plan.constant
    case .register: elements = UInt64(x[plan.lengthOperand.register(operands)])
    case .argument:
      let number = Int(plan.lengthArgument)
      elements = frame.slots[number]
      isNegative = arguments[number].kind.isSigned && Int64(bitPattern: elements) < 0
    }
    if isNegative {
      throw .failure("\(name): argument \(index) has a length of \(Int64(bitPattern: elements))")
    }
    let (bytes, overflows) = elements.multipliedReportingOverflow(by: plan.unit)
    if overflows || bytes > plan.maximum {
      let shown = overflows ? "\(elements) elements of \(plan.unit) bytes" : "\(bytes) bytes"
      throw .failure("\(name): argument \(index) has \(shown), the limit is \(plan.maximum)")
    }
    return bytes
  }

  /// Where a range begins in memory.
  private func offset(
    _ guest: Guest, _ plan: ArgumentPlan, _ address: UInt32, _ count: UInt64
  ) throws(Trap) -> UInt64 {
    if address & plan.alignmentMask != 0 {
      throw Trap(plan.isWritten ? .storeAddressMisaligned : .loadAddressMisaligned, value: UInt64(address))
    }
    let range =
      plan.isWritten
      ? guest.writableOffsets(of: address, count: count) : guest.offsets(of: address, count: count)
    guard let range else {
      throw Trap(plan.isWritten ? .storeAccessFault : .loadAccessFault, value: UInt64(address))
    }
    return range.lowerBound
  }

  /// Whether ranges share bytes that are written.
  /// - Throws: a trap where the manifest refuses that.
  func overlaps(_ frame: CallFrame) throws(Trap) -> Bool {
    for second in 1..<max(1, frame.useCount) {
      for first in 0..<second {
        let (a, b) = (frame.uses[first], frame.uses[second])
        // Structs travel by value.
        guard a.role == .range, b.role == .range, a.isWritten || b.isWritten, a.overlaps(b) else { continue }
        if bouncesOverlaps { return true }
        throw .failure("\(name): arguments \(a.argument) and \(b.argument) overlap")
      }
    }
    return false
  }
}
