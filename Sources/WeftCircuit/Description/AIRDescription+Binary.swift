import WeftField

extension AIRDescription {
  /// The graph as bytes: nodes, constraints, interactions; numbers little-endian. One encoding per graph. Names, labels and
  /// locations are not part of it. (reference/prover.md §6, binary DAG)
  public func encodedGraph() -> [UInt8] {
    var bytes: [UInt8] = []
    func put(_ value: Int, _ size: Int) {
      for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
    put(nodes.count, 4)
    for node in nodes {
      switch node {
      case .variable(let entry, let index):
        put(0, 1)
        let (tag, part) =
          switch entry {
          case .preprocessed: (0, 0)
          case .main(let part, _): (1, part)
          case .permutation: (2, 0)
          case .publicValue: (3, 0)
          case .challenge: (4, 0)
          case .exposed: (5, 0)
          }
        put(tag, 1)
        put(part, 2)
        put(entry.offset, 1)
        put(index, 4)
      case .isFirstRow: put(1, 1)
      case .isLastRow: put(2, 1)
      case .isTransition: put(3, 1)
      case .constant(let value):
        put(4, 1)
        put(Int(value.canonical), 4)
      case .add(let a, let b):
        put(5, 1)
        put(a, 4)
        put(b, 4)
      case .subtract(let a, let b):
        put(6, 1)
        put(a, 4)
        put(b, 4)
      case .negate(let a):
        put(7, 1)
        put(a, 4)
      case .multiply(let a, let b):
        put(8, 1)
        put(a, 4)
        put(b, 4)
      }
    }
    put(constraints.count, 4)
    for constraint in constraints { put(constraint.node, 4) }
    put(interactions.count, 4)
    for interaction in interactions {
      put(interaction.bus.number, 2)
      put(interaction.weight, 4)
      put(interaction.count, 4)
      put(interaction.message.count, 2)
      for field in interaction.message { put(field, 4) }
    }
    return bytes
  }
}

/// A graph that was read from bytes: nodes, the nodes of constraints, and interactions without their names.
public struct DecodedGraph: Sendable, Equatable {
  public struct Interaction: Sendable, Equatable {
    public var bus: Int
    public var weight: Int
    public var count: Int
    public var message: [Int]
  }

  public var nodes: [SymbolicNode] = []
  public var constraints: [Int] = []
  public var interactions: [Interaction] = []

  /// Reads what `AIRDescription.encodedGraph` writes. Nothing is trusted: tags, order, canonical constants, limits and
  /// the length are checked before memory is taken.
  public init(_ bytes: some Collection<UInt8>) throws(CircuitError) {
    var reader = GraphReader(rest: Array(bytes))
    let nodeCount = try reader.number(4, below: AIRDescription.nodeLimit + 1, "the number of nodes")
    for index in 0..<nodeCount {
      switch try reader.number(1, below: 9, "the tag of node \(index)") {
      case 0:
        let tag = try reader.number(1, below: 6, "the entry of node \(index)")
        let part = try reader.number(2, below: tag == 1 ? 1 << 16 : 1, "the part of node \(index)")
        let offset = try reader.number(1, below: tag <= 2 ? 2 : 1, "the offset of node \(index)")
        let column = try reader.number(4, below: 1 << 31, "the column of node \(index)")
        let entries: [ColumnEntry] = [
          .preprocessed(offset: offset), .main(part: part, offset: offset), .permutation(offset: offset),
          .publicValue, .challenge, .exposed,
        ]
        nodes.append(.variable(entries[tag], index: column))
      case 1: nodes.append(.isFirstRow)
      case 2: nodes.append(.isLastRow)
      case 3: nodes.append(.isTransition)
      case 4:
        let value = try reader.number(4, below: Int(BabyBear.order), "the constant of node \(index)")
        nodes.append(.constant(BabyBear(value)))
      case 7: nodes.append(.negate(try reader.number(4, below: index, "the operand of node \(index)")))
      case let tag:
        let a = try reader.number(4, below: index, "the first operand of node \(index)")
        let b = try reader.number(4, below: index, "the second operand of node \(index)")
        nodes.append(tag == 5 ? .add(a, b) : tag == 6 ? .subtract(a, b) : .multiply(a, b))
      }
    }
    let constraintCount = try reader.number(
      4, below: AIRDescription.constraintLimit + 1, "the number of constraints")
    for index in 0..<constraintCount {
      constraints.append(try reader.number(4, below: nodeCount, "constraint \(index)"))
    }
    let interactionCount = try reader.number(
      4, below: AIRDescription.constraintLimit + 1, "the number of interactions")
    for index in 0..<interactionCount {
      let bus = try reader.number(2, below: 1 << 16, "the bus of interaction \(index)")
      let weight = try reader.number(4, below: 1 << 31, "the weight of interaction \(index)")
      let count = try reader.number(4, below: nodeCount, "the count of interaction \(index)")
      let length = try reader.number(2, below: 128, "the length of message \(index)")
      var message: [Int] = []
      for field in 0..<length {
        message.append(try reader.number(4, below: nodeCount, "field \(field) of message \(index)"))
      }
      interactions.append(Interaction(bus: bus, weight: weight, count: count, message: message))
    }
    guard reader.isAtEnd else {
      throw .badDescription(air: "(bytes)", problems: ["bytes follow the graph at \(reader.position)"])
    }
  }
}

private struct GraphReader {
  let rest: [UInt8]
  var position = 0

  init(rest: [UInt8]) { self.rest = rest }

  var isAtEnd: Bool { position == rest.count }

  mutating func number(_ size: Int, below limit: Int, _ what: String) throws(CircuitError) -> Int {
    guard rest.count - position >= size else {
      throw .badDescription(air: "(bytes)", problems: ["\(what) is missing at \(position)"])
    }
    var value = 0
    for index in 0..<size { value |= Int(rest[position + index]) << (8 * index) }
    guard value < limit else {
      throw .badDescription(air: "(bytes)", problems: ["\(what) is \(value) and not below \(limit)"])
    }
    position += size
    return value
  }
}
