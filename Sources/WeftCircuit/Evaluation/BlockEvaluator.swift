import Glibc
import WeftField

/// What is told of the values that an evaluation makes. Pointers hold `EvaluationPlan.lanes` elements and are valid
/// during the call only.
protocol EvaluationSink {
  /// The values of a constraint.
  mutating func check(constraint: Int, values: UnsafePointer<BabyBear>)
  /// The values of an interaction: field i of the message stands at `scratch + emission.message[i]`.
  mutating func emit(
    interaction: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>)
}

/// Carries out a plan on blocks of rows of one AIR's traces.
struct BlockEvaluator: ~Copyable {
  private let plan: EvaluationPlan
  private let scratch: UnsafeMutablePointer<BabyBear>

  /// Memory for a plan, with the constants and public values in place; nil without memory.
  init?(_ plan: EvaluationPlan, publicValues: [BabyBear]) {
    let count = max(plan.scratchCount, 1)
    guard let memory = calloc(count, MemoryLayout<BabyBear>.stride) else { return nil }
    self.plan = plan
    scratch = memory.bindMemory(to: BabyBear.self, capacity: count)
    for (slot, value) in plan.constants { broadcast(value, slot) }
    for column in plan.publicValues where column.index < publicValues.count {
      broadcast(publicValues[column.index], column.slot)
    }
  }

  deinit { free(scratch) }

  private func broadcast(_ value: BabyBear, _ slot: Int32) {
    for lane in 0..<EvaluationPlan.stride { scratch[Int(slot) + lane] = value }
  }

  /// Loads a block: lane l gets row `first + l`, modulo the height, and the lane behind the last one the row after.
  func load(_ trace: borrowing AIRTrace, first: Int) {
    let mask = trace.height &- 1
    for (part, columns) in plan.columns {
      guard
        let source = part.map({ $0 < trace.cached.count ? trace.cached[$0] : trace.main })
          ?? trace.preprocessed
      else { continue }
      let (base, width) = (source.elements, source.width)
      columns.withUnsafeBufferPointer { columns in
        var lane = 0
        while lane <= EvaluationPlan.lanes {
          let row = base + ((first &+ lane) & mask) &* width
          let target = scratch + lane
          for column in columns { target[Int(column.slot)] = row[column.index] }
          lane &+= 1
        }
      }
    }
    select(first: first, height: trace.height)
  }

  /// Loads rows that are given one by one, all in the first part of the main trace that the plan uses: for mutations.
  /// `rows[l]` gives the numbers of the real rows for the other parts and for the selectors.
  func load(_ trace: borrowing AIRTrace, rows: [Int], main: UnsafePointer<BabyBear>) {
    let mask = trace.height &- 1
    for (part, columns) in plan.columns {
      let isMain = part == trace.air.mainPart
      guard
        let source = part.map({ $0 < trace.cached.count ? trace.cached[$0] : trace.main })
          ?? trace.preprocessed
      else { continue }
      for (lane, number) in rows.enumerated() where lane <= EvaluationPlan.lanes {
        let row =
          isMain ? main + lane &* source.width : source.elements + (number & mask) &* source.width
        for column in columns { scratch[Int(column.slot) &+ lane] = row[column.index] }
      }
    }
    for (lane, number) in rows.enumerated() where lane < EvaluationPlan.lanes {
      select(lane: lane, row: number & mask, height: trace.height)
    }
  }

  private func select(first: Int, height: Int) {
    guard plan.firstRowSlot != nil || plan.lastRowSlot != nil || plan.transitionSlot != nil else { return }
    for lane in 0..<EvaluationPlan.lanes {
      select(lane: lane, row: (first &+ lane) & (height &- 1), height: height)
    }
  }

  private func select(lane: Int, row: Int, height: Int) {
    if let slot = plan.firstRowSlot { scratch[Int(slot) &+ lane] = BabyBear(row == 0) }
    if let slot = plan.lastRowSlot { scratch[Int(slot) &+ lane] = BabyBear(row == height &- 1) }
    if let slot = plan.transitionSlot { scratch[Int(slot) &+ lane] = BabyBear(row != height &- 1) }
  }

  /// Evaluates the block that is loaded.
  @inline(__always)
  func run(_ sink: inout some EvaluationSink) {
    plan.instructions.withUnsafeBufferPointer { instructions in
      for instruction in instructions {
        let target = scratch + Int(instruction.target)
        let a = scratch + Int(instruction.a)
        let b = scratch + Int(instruction.b)
        switch instruction.operation {
        case .add:
          for i in stride(from: 0, to: EvaluationPlan.lanes, by: PackedBabyBear.count) {
            (PackedBabyBear.load(a + i) + PackedBabyBear.load(b + i)).store(target + i)
          }
        case .subtract:
          for i in stride(from: 0, to: EvaluationPlan.lanes, by: PackedBabyBear.count) {
            (PackedBabyBear.load(a + i) - PackedBabyBear.load(b + i)).store(target + i)
          }
        case .multiply:
          for i in stride(from: 0, to: EvaluationPlan.lanes, by: PackedBabyBear.count) {
            (PackedBabyBear.load(a + i) * PackedBabyBear.load(b + i)).store(target + i)
          }
        case .negate:
          for i in stride(from: 0, to: EvaluationPlan.lanes, by: PackedBabyBear.count) {
            (-PackedBabyBear.load(a + i)).store(target + i)
          }
        case .check: sink.check(constraint: Int(instruction.target), values: UnsafePointer(a))
        case .emit:
          let number = Int(instruction.target)
          sink.emit(interaction: number, plan.emissions[number], scratch: UnsafePointer(scratch))
        }
      }
    }
  }
}
