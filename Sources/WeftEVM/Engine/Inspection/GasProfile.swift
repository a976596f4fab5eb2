/// Counts what instructions cost, by opcode and by place in the code: an inspector.
///
/// The gas of an instruction is what it takes from its frame, without what a call hands to the frame that it begins.
public final class GasProfile: EVMInspector {
  public struct Entry: Sendable, Hashable {
    public var count: UInt64 = 0
    public var gas: UInt64 = 0
  }

  /// A place in code.
  public struct Place: Sendable, Hashable {
    public var codeHash: Hash256
    public var programCounter: UInt64
  }

  public private(set) var opcodes: [Opcode: Entry] = [:]
  public private(set) var places: [Place: Entry] = [:]

  /// The instruction that each open frame executes, and the gas before it.
  private var open: [(opcode: Opcode, place: Place, gas: Int64, handedOn: Int64)] = []

  public init() {}

  public func step(_ step: StepInfo, _ frame: FrameView) {
    if open.count > frame.depth { close(gasLeft: step.gas) }
    let place = Place(codeHash: frame.codeHash, programCounter: step.programCounter)
    open.append((step.opcode, place, step.gas, 0))
  }

  public func leave(_ result: FrameResult, _ frame: FrameView) {
    if open.count > frame.depth { close(gasLeft: result.gasLeft) }
    giveBack(result.gasLeft)
  }

  public func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) {
    if !open.isEmpty { open[open.count - 1].handedOn += call.gas }
  }

  public func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?) { giveBack(gasLeft ?? 0) }

  /// What a child leaves is its caller's again.
  private func giveBack(_ gas: Int64) {
    if !open.isEmpty { open[open.count - 1].handedOn -= gas }
  }

  private func close(gasLeft: Int64) {
    guard let last = open.popLast() else { return }
    // What a child used stays with the child's own instructions.
    let gas = UInt64(clamping: last.gas - gasLeft - last.handedOn)
    opcodes[last.opcode, default: Entry()].count += 1
    opcodes[last.opcode, default: Entry()].gas += gas
    places[last.place, default: Entry()].count += 1
    places[last.place, default: Entry()].gas += gas
  }
}
