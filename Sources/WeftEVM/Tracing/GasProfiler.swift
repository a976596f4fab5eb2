/// Counts gas by opcode, by place in the code and by call stack.
///
/// What a call hands on counts where it is used, so the sum over everything is what the outermost call used; a halt's
/// lost gas counts for the instruction that halted.
public final class GasProfiler: EVMInspector {
  public struct Count: Sendable, Hashable {
    public var executions: UInt64 = 0
    public var gas: Int64 = 0

    mutating func add(_ gas: Int64) {
      executions &+= 1
      self.gas &+= gas
    }
  }

  /// An instruction of a contract.
  public struct Place: Sendable, Hashable {
    /// The account whose code it is; of init code the new contract.
    public var contract: Address
    public var programCounter: UInt64
    public var opcode: Opcode
  }

  /// By mnemonic, in capitals.
  public private(set) var opcodes: [String: Count] = [:]
  public private(set) var places: [Place: Count] = [:]
  /// Gas by call stack, outermost contract first, the mnemonic last: the collapsed form that flame graphs are drawn
  /// from.
  public private(set) var stacks: [String: Int64] = [:]

  private struct Frame {
    var contract: Address
    var path: String
    var pending: Pending?
  }

  private struct Pending {
    var name: String
    var place: Place
    var gas: Int64
    /// Gas that children have used in the meantime.
    var childGas: Int64 = 0
  }

  private var frames: [Frame] = []
  /// Contracts and gas of the calls under way, with and without code.
  private var entered: [(contract: Address, gas: Int64)] = []

  public init() {}

  public func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) {
    entered.append((call.codeAddress, call.gas))
  }

  public func step(_ step: StepInfo, _ frame: FrameView) {
    if frames.count <= frame.depth {
      let contract = entered.last?.contract ?? frame.address
      let path = frames.last.map { "\($0.path);\(contract)" } ?? "\(contract)"
      frames.append(Frame(contract: contract, path: path))
    }
    settle(gasNow: step.gas)
    let index = frames.count - 1
    let place = Place(
      contract: frames[index].contract, programCounter: step.programCounter, opcode: step.opcode)
    frames[index].pending = Pending(name: step.name.uppercased(), place: place, gas: step.gas)
  }

  public func leave(_ result: FrameResult, _ frame: FrameView) {
    let call = entered.popLast()
    // A frame that ended before its first instruction has nothing to settle.
    if frames.count > frame.depth {
      settle(gasNow: result.gasLeft)
      frames.removeLast()
    }
    addChildGas((call?.gas ?? 0) &- result.gasLeft)
  }

  public func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?) {
    _ = entered.popLast()
    let used = call.gas &- (gasLeft ?? 0)
    addChildGas(used)
    // Without code there is no instruction that took it: a precompiled contract stands for itself.
    let path = frames.last.map { "\($0.path);\(call.codeAddress)" } ?? "\(call.codeAddress)"
    stacks[path, default: 0] &+= used
  }

  private func addChildGas(_ gas: Int64) {
    guard let index = frames.indices.last else { return }
    frames[index].pending?.childGas &+= gas
  }

  private func settle(gasNow: Int64) {
    guard let index = frames.indices.last, let pending = frames[index].pending else { return }
    frames[index].pending = nil
    let gas = pending.gas &- gasNow &- pending.childGas
    opcodes[pending.name, default: Count()].add(gas)
    places[pending.place, default: Count()].add(gas)
    stacks["\(frames[index].path);\(pending.name)", default: 0] &+= gas
  }

  /// The collapsed stacks, one a line with their gas, in the order of their text.
  public var collapsedStacks: String {
    stacks.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
  }
}
