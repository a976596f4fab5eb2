import CWeftABI
import WeftMachine

/// Finds the call of a word: what the step function of all foreign instructions of an extension has as its state.
final class ForeignStepTable: @unchecked Sendable {
  /// A `ForeignCall` for each opcode, funct3 and funct7, where these three are enough to tell.
  let calls: UnsafeMutablePointer<UnsafeRawPointer?>
  private let instructions: [ForeignInstruction]

  private static let count = 4096

  init(_ instructions: [ForeignInstruction]) {
    self.instructions = instructions
    calls = .allocate(capacity: Self.count)
    calls.initialize(repeating: nil, count: Self.count)
    for key in 0..<Self.count {
      let key32 = UInt32(truncatingIfNeeded: key)
      let word = (key32 &>> 3 & 0x7f) &<< 25 | (key32 & 7) &<< 12 | (key32 &>> 10) &<< 5
      let fitting = instructions.filter { instruction in
        guard case .rv32(let match, let mask) = instruction.encoding else { return false }
        return (match ^ word) & mask & 0xfe00_7060 == 0
      }
      if fitting.count == 1, let call = fitting.first?.call {
        calls[key] = UnsafeRawPointer(Unmanaged.passUnretained(call).toOpaque())
      }
    }
  }

  deinit { calls.deallocate() }

  @inline(__always)
  static func key(_ word: UInt32) -> Int {
    Int(word &>> 5 & 3) &<< 10 | Int(word &>> 25) &<< 3 | Int(word &>> 12 & 7)
  }
}

/// Carries out a foreign instruction from the threaded engine of a fast run, or declines with nothing done.
@c(weft_extensions_foreign_step)
func foreignStep(
  _ call: UnsafeMutablePointer<weft_call>?, _ operands: UnsafePointer<weft_operands>?
) -> weft_status {
  guard let call, let operands, let state = call.pointee.state, let x = call.pointee.x else {
    return weft_status(WEFT_FAILED)
  }
  let fields = CallOperands(word: operands.pointee.word)
  let table = state.assumingMemoryBound(to: UnsafeRawPointer?.self)
  guard let entry = table[ForeignStepTable.key(fields.word)] else { return weft_status(WEFT_FAILED) }
  // The table's owner holds the calls, and the machine holds the owner.
  return Unmanaged<ForeignCall>.fromOpaque(entry)._withUnsafeGuaranteedRef { foreign in
    if foreign.quickness != .registers { return step(foreign, call, fields) }
    foreign.runPure(x, fields)
    return weft_status(WEFT_OK)
  }
}

@inline(never)
private func step(
  _ foreign: ForeignCall, _ call: UnsafeMutablePointer<weft_call>, _ operands: CallOperands
) -> weft_status {
  guard let memory = call.pointee.memory, let x = call.pointee.x else { return weft_status(WEFT_FAILED) }
  let window = GuestWindow(
    registers: x, memory: UnsafeMutableRawPointer(memory), size: call.pointee.memory_size,
    start: call.pointee.memory_start, writableOffset: UInt64(call.pointee.writable_offset),
    writableSize: UInt64(call.pointee.writable_size))
  return weft_status(foreign.runInPlace(window, operands) ? WEFT_OK : WEFT_FAILED)
}
