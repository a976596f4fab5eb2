/// The calls of an execution as a tree: who called whom, with how much gas, and how each call ended.
///
/// ```swift
/// let tree = CallTree()
/// evm.inspector = tree
/// _ = try evm.call(message, in: block, on: state)
/// print(tree.description)
/// ```
public final class CallTree: EVMInspector {
  /// A call or creation.
  public struct Node: Sendable, Hashable {
    /// How a call ended.
    public enum End: Sendable, Hashable {
      case success
      case reverted
      case halted(EVMHalt)
      /// A precompiled contract failed.
      case failed
    }

    public var kind: CallInfo.Kind
    /// Depth of the frame, 0 for the outermost.
    public var depth: Int
    /// What ADDRESS gives in the frame.
    public var target: Address
    /// The account whose code runs.
    public var codeAddress: Address
    public var value: UInt256
    /// Gas that the frame got.
    public var gas: Int64
    public var gasUsed: Int64 = 0
    /// Bytes of call data, and of what came back.
    public var inputSize: Int
    public var outputSize = 0
    /// Nil while the call runs.
    public var end: End?
  }

  /// In the order in which they began. The calls of a node follow it, one deeper.
  public private(set) var nodes: [Node] = []
  /// The nodes that still run.
  private var open: [Int] = []

  public init() {}

  /// Forgets all calls.
  public func reset() {
    nodes = []
    open = []
  }

  public func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) {
    open.append(nodes.count)
    nodes.append(
      Node(
        kind: call.kind, depth: call.depth, target: call.target, codeAddress: call.codeAddress,
        value: call.value, gas: call.gas, inputSize: input.count))
  }

  public func leave(_ result: FrameResult, _ frame: FrameView) {
    let end: Node.End =
      if let halt = result.halt { .halted(halt) } else { result.wasReverted ? .reverted : .success }
    close(end, gasLeft: result.gasLeft, outputSize: result.output.count)
  }

  public func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?) {
    close(gasLeft == nil ? .failed : .success, gasLeft: gasLeft ?? 0, outputSize: 0)
  }

  private func close(_ end: Node.End, gasLeft: Int64, outputSize: Int) {
    guard let index = open.popLast() else { return }
    nodes[index].end = end
    nodes[index].gasUsed = nodes[index].gas - gasLeft
    nodes[index].outputSize = outputSize
  }
}

extension CallTree: CustomStringConvertible {
  /// One line for each call, indented by its depth.
  public var description: String { nodes.map(\.description).joined(separator: "\n") }
}

extension CallTree.Node: CustomStringConvertible {
  public var description: String {
    var text = String(repeating: "  ", count: depth) + "\(kind.rawValue) \(target)"
    if codeAddress != target { text += " with the code of \(codeAddress)" }
    if !value.isZero { text += ", value \(value)" }
    let ending =
      switch end {
      case .success: "success"
      case .reverted: "reverted"
      case .halted(let reason): "halted: \(reason)"
      case .failed: "failed"
      case nil: "running"
      }
    return text + ": \(inputSize) bytes in, \(outputSize) out, gas \(gasUsed), \(ending)"
  }
}
