import CWeftABI
import Glibc
import WeftMachine

/// Finds out whether a full handler really jumps to the next instruction.
///
/// A handler that was compiled to call it instead works for a while: each instruction of a straight line leaves a
/// frame on the stack, and a long run ends the process. Here short lines of the handler end in a function of the
/// host, which looks how deep the stack is: after jumps exactly as deep as if it had been entered at once.
public struct TailCallProbe {
  /// What a handler was seen to do.
  public enum Finding: Sendable, Hashable {
    /// It goes on by a jump, or leaves by one.
    case jumps
    /// It makes a call: each instruction leaves so many bytes on the stack.
    case calls(bytes: Int)
    /// It came back without going on or leaving.
    case returns
  }

  /// - Returns: `nil` for step functions, which are called.
  public static func examine(_ instruction: NativeInstruction) -> Finding? {
    guard let handler = instruction.handler else { return nil }
    // Registers that lead into memory, for the way on, and out of it, for the way to the host.
    for value: UInt32 in [0x8000, 0xffff_f000] {
      let line = Line(instruction.form, value: value)
      let start = line.depth(unsafeBitCast(landing, to: UInt.self), count: 1)
      for count in [1, 2, 64] {
        guard let start, let depth = line.depth(unsafeBitCast(handler, to: UInt.self), count: count) else {
          return .returns
        }
        // The stack grows downward.
        if depth != start { return .calls(bytes: abs(Int(bitPattern: start &- depth)) / count) }
      }
    }
    return .jumps
  }

  private typealias Handler =
    @convention(c) (
      UnsafePointer<weft_instruction>?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?, UInt64, Int64,
      UnsafeMutablePointer<weft_context>?
    ) -> Void
  private static let landing: Handler = weft_tail_call_landing

  /// Room for a line of instructions and what they work on.
  private final class Line {
    private let form: NativeInstruction.Form
    private var registers: [UInt32]
    private var memory = [UInt8](repeating: 0, count: 1 << 16)

    init(_ form: NativeInstruction.Form, value: UInt32) {
      self.form = form
      registers = [UInt32](repeating: value, count: 33)
      registers[0] = 0
    }

    /// The address of the stack at the end of `count` instructions; `nil` when that is not reached.
    @inline(never)
    func depth(_ handler: UInt, count: Int) -> UInt? {
      var slot = weft_instruction()
      slot.handler = handler
      (slot.rd, slot.rs1, slot.length) = (form == .s ? 2 : UInt8(NativeInstruction.discardedSlot), 1, 1)
      slot.immediate = form == .r ? 2 : 0
      var slots = [weft_instruction](repeating: slot, count: count + 1)
      slots[count].handler = unsafeBitCast(TailCallProbe.landing, to: UInt.self)
      var found: UInt = 0
      var context = weft_context()
      context.struct_size = UInt32(MemoryLayout<weft_context>.size)
      context.abi_version = UInt32(WEFT_ABI_VERSION)
      context.leave = unsafeBitCast(TailCallProbe.landing, to: UInt.self)
      context.memory_size = UInt64(memory.count)
      context.writable_size = UInt32(memory.count)
      withUnsafeMutablePointer(to: &found) { found in
        context.host = UnsafeMutableRawPointer(found)
        slots.withUnsafeBufferPointer { slots in
          registers.withUnsafeMutableBytes { registers in
            memory.withUnsafeMutableBufferPointer { memory in
              unsafeBitCast(handler, to: Handler.self)(
                slots.baseAddress, registers.baseAddress, memory.baseAddress, UInt64(memory.count), 1,
                &context)
            }
          }
        }
      }
      return found == 0 ? nil : found
    }
  }
}

extension TailCallProbe.Finding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .jumps: "it jumps to the next instruction"
    case .calls(let bytes):
      "it calls the next instruction instead of jumping to it: \(bytes) bytes of stack for each"
    case .returns: "it returns; it ends with WEFT_RETIRE or WEFT_LEAVE"
    }
  }
}

extension NativeInstruction {
  /// The slot of the register file that takes writes to x0.
  fileprivate static var discardedSlot: Int { 32 }
}

/// The end of a line: notes where the stack is.
@c func weft_tail_call_landing(
  _ next: UnsafePointer<weft_instruction>?, _ operands: UnsafeMutableRawPointer?,
  _ memory: UnsafeMutablePointer<UInt8>?, _ size: UInt64, _ budget: Int64,
  _ context: UnsafeMutablePointer<weft_context>?
) {
  var here: UInt8 = 0
  withUnsafeMutablePointer(to: &here) { here in
    context?.pointee.host?.assumingMemoryBound(to: UInt.self).pointee = UInt(bitPattern: here)
  }
}
