/// Writes a trace in the format of EIP-3155: one JSON object per line and instruction, and one at the end.
///
/// `gasCost` is what the instruction took, with the gas that a call or creation hands on. It is known when the
/// instruction has been carried out, so a line is written when the next event comes.
public final class EIP3155Tracer: EVMInspector {
  /// Whether lines show the memory: it makes traces very long.
  public var includesMemory = false

  private let write: (String) -> Void
  /// The instruction that has not been written.
  private var pending: Line?

  private struct Line {
    var text: String
    var gas: Int64
    var staticGas: UInt32
    var depth: Int
    /// Gas that a call has handed to a frame.
    var handedOn: Int64?
    var error: EVMHalt?
  }

  /// - Parameter write: takes each line with its end.
  public init(write: @escaping (String) -> Void) { self.write = write }

  public func step(_ step: StepInfo, _ frame: FrameView) {
    flush(gasNow: step.gas, depth: frame.depth)
    var text = "{\"pc\":\(step.programCounter),\"op\":\(step.opcode.rawValue)"
    text += ",\"gas\":\"\(Self.hexadecimal(step.gas))\",\"gasCost\":"
    pending = Line(
      text: text, gas: step.gas, staticGas: step.staticGas, depth: frame.depth)
    var rest = ",\"memSize\":\(frame.memory.count),\"stack\":["
    rest += frame.stack.map { "\"\($0.hexadecimal)\"" }.joined(separator: ",")
    rest += "],\"depth\":\(frame.depth + 1),\"returnData\":\"\(HexadecimalBytes.text(frame.returnData))\""
    rest += ",\"refund\":\"\(Self.hexadecimal(step.refund))\",\"opName\":\"\(step.name.uppercased())\""
    if includesMemory { rest += ",\"memory\":\"\(HexadecimalBytes.text(frame.memory))\"" }
    tail = rest
  }

  /// What follows the gas cost in the pending line.
  private var tail = ""

  public func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) { pending?.handedOn = call.gas }

  public func leave(_ result: FrameResult, _ frame: FrameView) {
    flush(gasNow: result.gasLeft, depth: frame.depth)
  }

  public func fault(_ reason: EVMHalt, _ frame: FrameView) {
    pending?.error = reason
    flush(gasNow: nil, depth: frame.depth)
  }

  /// Writes the last line.
  public func finish(output: [UInt8], gasUsed: UInt64, isSuccess: Bool) {
    flush(gasNow: nil, depth: 0)
    write(
      "{\"output\":\"\(HexadecimalBytes.text(output))\",\"gasUsed\":\"0x\(String(gasUsed, radix: 16))\","
        + "\"pass\":\(isSuccess)}\n")
  }

  /// Writes the pending line. `gasNow` is the gas at an event after it, of use where that is in the same frame.
  private func flush(gasNow: Int64?, depth: Int) {
    guard let line = pending else { return }
    pending = nil
    let cost: Int64
    if line.error == nil, line.handedOn == nil, depth == line.depth, let gasNow {
      cost = line.gas &- gasNow
    } else {
      cost = Int64(line.staticGas) &+ (line.handedOn ?? 0)
    }
    var text = line.text + "\"\(Self.hexadecimal(cost))\"" + tail
    if let error = line.error { text += ",\"error\":\"\(error)\"" }
    write(text + "}\n")
  }

  private static func hexadecimal(_ value: Int64) -> String {
    value < 0 ? "-0x" + String(value.magnitude, radix: 16) : "0x" + String(value, radix: 16)
  }
}
