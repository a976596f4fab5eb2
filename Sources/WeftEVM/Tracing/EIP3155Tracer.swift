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
  /// Its text before and after the gas cost. Traces have millions of lines: the text is made of bytes.
  private var head = TraceText()
  private var tail = TraceText()

  private struct Line {
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
    pending = Line(gas: step.gas, staticGas: step.staticGas, depth: frame.depth)
    head.removeAll()
    head.append("{\"pc\":\(step.programCounter),\"op\":\(step.opcode.rawValue),\"gas\":\"")
    head.append(hexadecimal: step.gas)
    head.append("\",\"gasCost\":\"")
    tail.removeAll()
    tail.append("\",\"memSize\":\(frame.memory.count),\"stack\":[")
    for (index, word) in frame.stack.enumerated() {
      tail.append(index == 0 ? "\"" : "\",\"")
      tail.append(hexadecimal: word)
    }
    tail.append(frame.stack.isEmpty ? "]" : "\"]")
    tail.append(",\"depth\":\(frame.depth + 1),\"returnData\":\"")
    tail.append(bytes: frame.returnData)
    tail.append("\",\"refund\":\"")
    tail.append(hexadecimal: step.refund)
    tail.append("\",\"opName\":\"\(step.name.uppercased())\"")
    if includesMemory {
      tail.append(",\"memory\":\"")
      tail.append(bytes: frame.memory)
      tail.append("\"")
    }
  }

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
    head.append(hexadecimal: cost)
    if let error = line.error { tail.append(",\"error\":\"\(error)\"") }
    tail.append("}\n")
    head.append(tail)
    write(head.text)
  }
}
