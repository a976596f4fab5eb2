import WeftMachine

/// Follows calls and returns with a shadow stack and counts instructions per call path.
final class CallProfiler {
  private struct Node {
    var function: UInt32
    var parent: Int
    var instructions: UInt64 = 0
    var children: [UInt32: Int] = [:]
  }

  private struct Frame {
    var node: Int
    var returnAddress: UInt32
  }

  private var nodes: [Node]
  private var frames: [Frame]
  private var countedUntil: UInt64 = 0
  private let symbols: SymbolTable

  /// Deeper calls count for the function at this depth.
  private static let maximumDepth = 512

  init(entry: UInt32, symbols: SymbolTable) {
    self.symbols = symbols
    nodes = [Node(function: entry, parent: -1)]
    frames = [Frame(node: 0, returnAddress: 0)]
    nodes[0].function = start(of: entry)
  }

  /// A jump from `source` to `target` has retired; `retired` instructions have in all.
  func follow(from source: UInt32, to target: UInt32, isCall: Bool, retired: UInt64) {
    settle(retired)
    if isCall {
      push(target, returnAddress: source &+ 4)
    } else if let depth = frames.lastIndex(where: { $0.returnAddress == target }), depth > 0 {
      frames.removeSubrange(depth...)
    } else if start(of: target) != nodes[frames[frames.count - 1].node].function {
      let returnAddress = frames.removeLast().returnAddress
      if frames.isEmpty { frames = [Frame(node: 0, returnAddress: 0)] }
      push(target, returnAddress: returnAddress)
    }
  }

  /// Counts everything up to `retired` for the function that is running.
  func settle(_ retired: UInt64) {
    nodes[frames[frames.count - 1].node].instructions &+= retired &- countedUntil
    countedUntil = retired
  }

  private func push(_ target: UInt32, returnAddress: UInt32) {
    let parent = frames[frames.count - 1].node
    guard frames.count < Self.maximumDepth else { return }
    let function = start(of: target)
    let node: Int
    if let known = nodes[parent].children[function] {
      node = known
    } else {
      node = nodes.count
      nodes.append(Node(function: function, parent: parent))
      nodes[parent].children[function] = node
    }
    frames.append(Frame(node: node, returnAddress: returnAddress))
  }

  /// The first address of the function around an address; the address itself where there is no symbol.
  private func start(of address: UInt32) -> UInt32 {
    if let known = starts[address] { return known }
    let start = symbols.location(of: address).map { address &- $0.offset } ?? address
    starts[address] = start
    return start
  }
  private var starts: [UInt32: UInt32] = [:]

  // MARK: Results

  var collapsedStacks: String {
    var lines: [String] = []
    for node in nodes where node.instructions > 0 {
      var path = [name(node.function)]
      var parent = node.parent
      while parent >= 0 {
        path.append(name(nodes[parent].function))
        parent = nodes[parent].parent
      }
      lines.append(path.reversed().joined(separator: ";") + " \(node.instructions)\n")
    }
    return lines.sorted().joined()
  }

  private func name(_ function: UInt32) -> String {
    // Separators of the collapsed form cannot be part of a name.
    let name = symbols.location(of: function)?.function ?? hexadecimal(function)
    return String(name.map { $0 == ";" || $0 == " " || $0.isNewline ? "_" : $0 })
  }
}
