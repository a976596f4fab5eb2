import WeftField

/// The formulas of an AIR as a straight program over vectors of rows.
///
/// A slot holds one value for each of `lanes` rows. Columns have slots with the row after the last lane behind them, so
/// the next row is the same slot one element further on. Values of inner nodes share slots once they are used up.
struct EvaluationPlan: Sendable {
  /// Rows that are evaluated at once.
  static var lanes: Int { 64 }
  /// Elements from slot to slot: the lanes, and the next row's last one.
  static var stride: Int { 80 }

  enum Operation: UInt8, Sendable {
    case add, subtract, multiply, negate
    /// `a` is the value of the constraint `target`.
    case check
    /// The message and the count of the interaction `target` are ready.
    case emit
  }

  struct Instruction: Sendable {
    var operation: Operation
    /// The first element of the result's slot, or a number of a constraint or an interaction.
    var target: Int32
    var a: Int32 = 0
    var b: Int32 = 0
  }

  /// A column that is loaded, with the first element of its slot.
  struct Column: Sendable {
    var index: Int
    var slot: Int32
  }

  /// Where an interaction's values stand when it is emitted.
  struct Emission: Sendable {
    var message: [Int32] = []
    var count: Int32 = 0
  }

  /// The columns that are loaded from the preprocessed part (nil) or a part of the main trace.
  private(set) var columns: [Int?: [Column]] = [:]
  private(set) var publicValues: [Column] = []
  private(set) var constants: [(slot: Int32, value: BabyBear)] = []
  private(set) var firstRowSlot: Int32?
  private(set) var lastRowSlot: Int32?
  private(set) var transitionSlot: Int32?
  private(set) var instructions: [Instruction] = []
  private(set) var emissions: [Emission]
  /// Elements of memory that an evaluation takes.
  private(set) var scratchCount = 0
  /// Whether any formula looks at the next row.
  private(set) var usesNextRow = false

  /// The plan for some constraints and interactions of an AIR, by their numbers.
  init(_ air: AIRDescription, constraints: [Int], interactions: [Int]) {
    emissions = Array(repeating: Emission(), count: air.interactions.count)
    var builder = PlanBuilder(nodes: air.nodes)
    for number in constraints { builder.require([air.constraints[number].node], .check, number) }
    for number in interactions {
      let interaction = air.interactions[number]
      builder.require(interaction.message + [interaction.count], .emit, number)
    }

    // Slots of what is loaded.
    var place = [Int32](repeating: -1, count: air.nodes.count)
    var slotCount: Int32 = 0
    func newSlot() -> Int32 {
      slotCount += 1
      return (slotCount - 1) * Int32(Self.stride)
    }
    var columnSlots: [Int?: [Int: Int32]] = [:]
    for event in builder.events {
      guard case .evaluate(let node) = event else { continue }
      switch air.nodes[node] {
      case .variable(let entry, let index):
        let part: Int?
        switch entry {
        case .main(let number, _): part = number
        case .preprocessed: part = nil
        default:
          // Challenges and the LogUp columns are the prover's; here only public values can occur.
          let slot = newSlot()
          publicValues.append(Column(index: index, slot: slot))
          place[node] = slot
          continue
        }
        let slot: Int32
        if let known = columnSlots[part]?[index] {
          slot = known
        } else {
          slot = newSlot()
          columnSlots[part, default: [:]][index] = slot
        }
        if entry.offset == 1 { usesNextRow = true }
        place[node] = slot + Int32(entry.offset)
      case .isFirstRow:
        place[node] = newSlot()
        firstRowSlot = place[node]
      case .isLastRow:
        place[node] = newSlot()
        lastRowSlot = place[node]
      case .isTransition:
        place[node] = newSlot()
        transitionSlot = place[node]
      case .constant(let value):
        place[node] = newSlot()
        constants.append((place[node], value))
      default: break
      }
    }
    columns = columnSlots.mapValues { slots in
      slots.map { Column(index: $0.key, slot: $0.value) }.sorted { $0.index < $1.index }
    }

    // Inner nodes, with slots given back after the last use.
    var free: [Int32] = []
    func release(_ operands: [Int], at time: Int) {
      for operand in Set(operands) where builder.lastUse[operand] == time {
        if !air.nodes[operand].operands.isEmpty { free.append(place[operand]) }
      }
    }
    for (time, event) in builder.events.enumerated() {
      switch event {
      case .evaluate(let node):
        let operands = air.nodes[node].operands
        guard let first = operands.first else { continue }
        let a = place[first]
        let b = operands.count > 1 ? place[operands[1]] : 0
        // An operand's slot may become the result's: every lane is read before it is written.
        release(operands, at: time)
        place[node] = free.popLast() ?? newSlot()
        let operation: Operation
        switch air.nodes[node] {
        case .add: operation = .add
        case .subtract: operation = .subtract
        case .multiply: operation = .multiply
        default: operation = .negate
        }
        instructions.append(Instruction(operation: operation, target: place[node], a: a, b: b))
      case .check(let number):
        let node = air.constraints[number].node
        instructions.append(Instruction(operation: .check, target: Int32(number), a: place[node]))
        release([node], at: time)
      case .emit(let number):
        let interaction = air.interactions[number]
        emissions[number] = Emission(
          message: interaction.message.map { place[$0] }, count: place[interaction.count])
        instructions.append(Instruction(operation: .emit, target: Int32(number)))
        release(interaction.message + [interaction.count], at: time)
      }
    }
    scratchCount = Int(slotCount) * Self.stride
  }
}

/// The order of an evaluation: every node before its uses, every result as soon as it is complete.
private struct PlanBuilder {
  enum Event {
    case evaluate(Int)
    case check(Int)
    case emit(Int)
  }

  let nodes: [SymbolicNode]
  private(set) var events: [Event] = []
  /// For every node the number of the event that uses it last.
  private(set) var lastUse: [Int]
  private var done: [Bool]

  init(nodes: [SymbolicNode]) {
    self.nodes = nodes
    lastUse = Array(repeating: -1, count: nodes.count)
    done = Array(repeating: false, count: nodes.count)
  }

  mutating func require(_ roots: [Int], _ operation: EvaluationPlan.Operation, _ number: Int) {
    var pending = roots
    var missing: [Int] = []
    while let node = pending.popLast() {
      if done[node] { continue }
      done[node] = true
      missing.append(node)
      pending += nodes[node].operands
    }
    // Numbers are in topological order.
    for node in missing.sorted() {
      for operand in nodes[node].operands { lastUse[operand] = events.count }
      events.append(.evaluate(node))
    }
    for root in roots { lastUse[root] = events.count }
    events.append(operation == .check ? .check(number) : .emit(number))
  }
}
