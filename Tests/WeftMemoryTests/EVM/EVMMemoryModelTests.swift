import Glibc
import Testing

@testable import WeftMemory

/// Random operations on a memory and on its model, side by side. In release builds ten seeds of 120,000 steps, which is
/// 1.2 million operations; in debug builds, where a step is dear, 10,000 steps a seed.
@Suite("EVMMemory: random operations against the model")
struct EVMMemoryModelTests {
  #if DEBUG
    private static let standardSteps = 10_000
  #else
    private static let standardSteps = 120_000
  #endif

  /// `WEFT_MEMORY_STEPS` asks for another number: with AddressSanitizer as many as in release builds.
  static let steps = getenv("WEFT_MEMORY_STEPS").flatMap { Int(String(cString: $0)) } ?? standardSteps

  enum Form: CaseIterable { case allocated, tiny, limited, reserved, region, retaining, smallReserve }

  static let runs: [(Form, UInt64)] =
    Form.allCases.enumerated().map { ($1, UInt64($0 + 1)) } + [
      (.allocated, 101), (.limited, 102), (.tiny, 103),
    ]

  @Test(arguments: runs)
  func behaveAlike(form: Form, seed: UInt64) throws {
    let controller = try MemoryController(.standard, mode: .fast)
    switch form {
    case .allocated: try run(try EVMMemory(limit: 1 << 22), limit: 1 << 22, seed: seed)
    case .tiny: try run(try EVMMemory(initialCapacity: 0, limit: 1 << 22), limit: 1 << 22, seed: seed)
    case .limited: try run(try EVMMemory(limit: 20_000), limit: 20_000 / 32 * 32, seed: seed)
    case .reserved: try run(try EVMMemory(reserving: 1 << 28), limit: 1 << 28, seed: seed)
    case .smallReserve: try run(try EVMMemory(reserving: 16_384), limit: 16_384, seed: seed)
    case .region: try run(try EVMMemory(in: controller), limit: 1 << 28, seed: seed)
    case .retaining:
      try run(
        try EVMMemory(limit: 50_000, options: .retainCommitted), limit: 50_000 / 32 * 32, keeps: true,
        seed: seed)
    }
    _ = controller.timestamp
  }

  private func run(
    _ memory: consuming EVMMemory, limit: Int, keeps: Bool = false, seed: UInt64
  ) throws {
    var walk = RandomWalk(model: EVMMemoryModel(limit: limit, keeps: keeps), seed: seed)
    for step in 0..<Self.steps {
      walk.usesHandles = step > Self.steps / 3
      let name = walk.step(&memory)
      let difference = walk.difference(memory, isThorough: step % 64 == 0)
      guard difference == nil else {
        Issue.record("seed \(seed), step \(step), \(name): \(difference ?? "")")
        return
      }
    }
    #expect(walk.model.contexts.count >= 1)
    #expect(walk.refusals > Self.steps / 50, "the walk must meet errors too")
    #expect(walk.deepest > 8, "the walk must nest")
  }
}

/// Applies one operation after the other to both.
struct RandomWalk {
  var model: EVMMemoryModel
  var random: SeededGenerator
  /// A disagreement of the last step.
  var problem: String?
  /// The first handle makes a memory number its contexts: walks begin without.
  var usesHandles = false
  var refusals = 0
  var deepest = 0
  var stale: [EVMMemory.Context] = []
  var snapshots: [(EVMMemory.Snapshot, EVMMemoryModel)] = []

  init(model: EVMMemoryModel, seed: UInt64) {
    self.model = model
    random = SeededGenerator(seed: seed)
  }

  /// Mostly small, near borders, and sometimes absurd.
  private mutating func number() -> Int {
    switch random.below(40) {
    case 0: return [-1, -32, .min, .max, .max - 31, .max - 32, 1 << 62, 1 << 40][random.below(8)]
    case 1: return random.below(20_000)
    case 2...8: return max(0, model.active.bytes.count + random.below(66) - 33)
    case 9...14: return model.active.bytes.count
    case 15...18: return 0
    default: return random.below(400)
    }
  }

  private mutating func data() -> [UInt8] {
    let count = random.below(8) == 0 ? random.below(3000) : random.below(150)
    let first = UInt8(truncatingIfNeeded: random.next())
    return (0..<count).map { first &+ UInt8(truncatingIfNeeded: $0) }
  }

  /// Takes the outcome of both and notes a difference.
  private mutating func compare<Value: Equatable>(
    _ real: Result<Value, EVMMemoryError>, _ expected: Result<Value, EVMMemoryError>
  ) {
    if case .failure = expected { refusals += 1 }
    if real != expected { problem = "\(real), expected \(expected)" }
  }

  mutating func step(_ memory: inout EVMMemory) -> String {
    problem = nil
    deepest = max(deepest, model.contexts.count)
    let kind = random.below(26)
    let (first, second, third) = (number(), number(), number())
    switch kind {
    case 0:
      compare(
        capture { () throws(EVMMemoryError) in try memory.byte(at: first) },
        capture { () throws(EVMMemoryError) in try model.read(first, 1, in: model.active.bytes)[0] })
      return "byte(at: \(first))"
    case 1:
      compare(
        capture { () throws(EVMMemoryError) in try memory.word(at: first).bytes },
        capture { () throws(EVMMemoryError) in try model.read(first, 32, in: model.active.bytes) })
      return "word(at: \(first))"
    case 2:
      compare(
        capture { () throws(EVMMemoryError) in Array(try memory.bytes(at: first, count: second)) },
        capture { () throws(EVMMemoryError) in try model.read(first, second, in: model.active.bytes) })
      return "bytes(at: \(first), count: \(second))"
    case 3, 4:
      let value = UInt8(truncatingIfNeeded: random.next())
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.setByte(value, at: first) },
        { m throws(EVMMemoryError) in try m.write([value], first) })
      return "setByte(at: \(first))"
    case 5, 6:
      let word = EVMMemory.Word((0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) })
      let limbs = word.limbs
      let usesLimbs = random.below(2) == 0
      compareEffect(
        &memory,
        { m throws(EVMMemoryError) in
          if usesLimbs {
            try m.setLimbs(limbs.0, limbs.1, limbs.2, limbs.3, at: first)
          } else {
            try m.setWord(word, at: first)
          }
        }, { m throws(EVMMemoryError) in try m.write(word.bytes, first) })
      return "setWord(at: \(first))"
    case 7, 8:
      let bytes = data()
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.setData(bytes, at: first) },
        { m throws(EVMMemoryError) in try m.write(bytes, first) })
      return "setData(\(bytes.count), at: \(first))"
    case 9, 10:
      let bytes = data()
      compareEffect(
        &memory,
        { m throws(EVMMemoryError) in
          try bytes.span.bytes.withUnsafeBytes { source throws(EVMMemoryError) in
            try m.setData(source, sourceOffset: second, at: first, count: third)
          }
        }, { m throws(EVMMemoryError) in try m.writeBounded(bytes, second, first, third) })
      return "setData(\(bytes.count), sourceOffset: \(second), at: \(first), count: \(third))"
    case 11, 12:
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.copy(from: first, to: second, count: third) },
        { m throws(EVMMemoryError) in try m.copy(first, second, third) })
      return "copy(from: \(first), to: \(second), count: \(third))"
    case 13:
      let before = model.active.bytes.count
      compare(
        capture { () throws(EVMMemoryError) in try memory.ensureContextCapacity(first) },
        capture { () throws(EVMMemoryError) in
          try model.cover(0, first)
          return (model.active.bytes.count - before) / 32
        })
      return "ensureContextCapacity(\(first))"
    case 14:
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.resizeContext(to: first) },
        { m throws(EVMMemoryError) in try m.resize(first) })
      return "resizeContext(to: \(first))"
    case 15, 16, 17:
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.enterChild() },
        { m throws(EVMMemoryError) in try m.enter() })
      return "enterChild"
    case 18, 19:
      let output = random.below(3) == 0 ? 0..<0 : min(first, second)..<max(first, second)
      let commits = random.below(2) == 0
      let ended = memory.activeContext
      let depth = memory.depth
      compareEffect(
        &memory,
        { m throws(EVMMemoryError) in
          if commits {
            try m.commitChildContext(output: output)
          } else if output.isEmpty {
            try m.leaveChild()
          } else {
            try m.revertChildContext(output: output)
          }
        }, { m throws(EVMMemoryError) in try m.leave(output, commits: commits) })
      if memory.depth < depth, random.below(3) == 0 { stale.append(ended) }
      return "end(output: \(output), commits: \(commits))"
    case 20:
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.copyReturnData(from: first, to: second, count: third) },
        { m throws(EVMMemoryError) in try m.copyReturnData(first, second, third) })
      return "copyReturnData(from: \(first), to: \(second), count: \(third))"
    case 21:
      let bytes = data()
      // The return data itself, or bytes of the context, may be the source.
      switch random.below(3) {
      case 0:
        compareEffect(
          &memory, { m throws(EVMMemoryError) in try m.setReturnData(bytes) }, { $0.returnData = bytes })
      case 1:
        compareEffect(&memory, { m throws(EVMMemoryError) in try m.setReturnData(m.returnData) }, { _ in })
      default:
        compareEffect(
          &memory, { m throws(EVMMemoryError) in try m.setData(m.returnData, at: first) },
          { m throws(EVMMemoryError) in try m.write(m.returnData, first) })
      }
      return "setReturnData(\(bytes.count)), setData(returnData, at: \(first))"
    case 22: return usesHandles ? handleStep(&memory, first, second) : "no handle"
    case 23: return callDataStep(&memory, first, second, third)
    case 24:
      if random.below(4) == 0 {
        memory.clearReturnData()
        model.returnData = []
      } else if random.below(40) == 0 {
        if random.below(2) == 0 { memory.reset() } else { memory.reset(trimmingTo: 8192) }
        model.reset()
        stale.append(EVMMemory.Context(id: 1, depth: 0))
        return "reset"
      }
      return "clearReturnData"
    default: return snapshotStep(&memory)
    }
  }

  /// Reads an ancestor, which must be possible, and tries to change it, which must not.
  private mutating func handleStep(_ memory: inout EVMMemory, _ first: Int, _ second: Int) -> String {
    if random.below(3) == 0, let handle = stale.randomElement(using: &random) {
      let read = evmFailure { () throws(EVMMemoryError) in _ = try memory.bytes(at: 0, count: 0, in: handle) }
      let write = evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 0, in: handle) }
      if read != .invalidOffset || write != .invalidOffset {
        problem = "stale handle: \(read as Any), \(write as Any)"
      }
      return "stale handle"
    }
    let depth = random.below(model.contexts.count)
    guard let handle = handle(memory: &memory, depth) else {
      problem = "no handle"
      return "handle"
    }
    let bytes = model.contexts[depth].bytes
    compare(
      capture { () throws(EVMMemoryError) in Array(try memory.bytes(at: first, count: second, in: handle)) },
      capture { () throws(EVMMemoryError) in try model.read(first, second, in: bytes) })
    if let size = try? memory.contextSize(of: handle), size != bytes.count { problem = "size \(size)" }
    if depth + 1 < model.contexts.count {
      let errors = [
        evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 0, in: handle) },
        evmFailure { () throws(EVMMemoryError) in _ = try memory.newChildContext(of: handle) },
        evmFailure { () throws(EVMMemoryError) in try memory.resizeContext(to: 0, in: handle) },
      ]
      if errors != [.childContextActive, .childContextActive, .childContextActive] { problem = "\(errors)" }
      if depth + 2 < model.contexts.count {
        let error = evmFailure { () throws(EVMMemoryError) in try memory.commitChildContext(of: handle) }
        if error != .childContextActive { problem = "commit of an open tree: \(error as Any)" }
        if random.below(30) == 0 {
          compareEffect(
            &memory, { m throws(EVMMemoryError) in try m.revertChildContext(of: handle) },
            { m throws(EVMMemoryError) in
              while m.contexts.count > depth + 1 { try m.leave(0..<0, commits: false) }
            })
        }
      }
    } else {
      let value = UInt8(truncatingIfNeeded: first)
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.setByte(value, at: first, in: handle) },
        { m throws(EVMMemoryError) in try m.write([value], first) })
    }
    return "handle of depth \(depth), bytes(at: \(first), count: \(second))"
  }

  private func handle(memory: inout EVMMemory, _ depth: Int) -> EVMMemory.Context? {
    let snapshot = memory.activeContext  // gives this memory its own numbers
    if depth == snapshot.depth { return snapshot }
    return EVMMemory.Context(id: memory.frames[depth].id, depth: depth)
  }

  /// Bytes of the parent go into the child: call data, whose place the buffer's growth may move.
  private mutating func callDataStep(
    _ memory: inout EVMMemory, _ first: Int, _ second: Int, _ third: Int
  ) -> String {
    guard model.contexts.count > 1 else { return "no call data" }
    let bytes = model.contexts[model.contexts.count - 2].bytes
    let frame = memory.frames[memory.depth - 1]
    let source = UnsafeRawBufferPointer(start: frame.base, count: frame.size)
    compareEffect(
      &memory,
      { m throws(EVMMemoryError) in try m.setData(source, sourceOffset: second, at: first, count: third) },
      { m throws(EVMMemoryError) in try m.writeBounded(bytes, second, first, third) })
    return "setData(call data, sourceOffset: \(second), at: \(first), count: \(third))"
  }

  private mutating func snapshotStep(_ memory: inout EVMMemory) -> String {
    switch random.below(30) {
    case 0:
      if snapshots.count < 4 { snapshots.append((memory.snapshot(), model)) }
      return "snapshot"
    case 1:
      guard !snapshots.isEmpty else { return "no snapshot" }
      let (snapshot, copy) = snapshots.remove(at: random.below(snapshots.count))
      stale.append(memory.activeContext)
      if let error = evmFailure({ () throws(EVMMemoryError) in try memory.restore(snapshot) }) {
        problem = "restore: \(error)"
      }
      model = copy
      return "restore"
    case 2:
      let bytes = data()
      compareEffect(
        &memory, { m throws(EVMMemoryError) in try m.restoreContext(bytes) },
        { m throws(EVMMemoryError) in
          _ = try m.grown(0, bytes.count)
          try m.resize(0)
          try m.write(bytes, 0)
        })
      return "restoreContext(\(bytes.count))"
    default:
      let size = number()
      if size < 1 << 36 {
        let expected: Result<UInt64, EVMMemoryError> =
          size < 0
          ? .failure(.invalidSize)
          : .success(Self.cost(max(size, model.active.bytes.count)) - Self.cost(model.active.bytes.count))
        compare(capture { () throws(EVMMemoryError) in try memory.expansionCost(to: size) }, expected)
      }
      return "expansionCost(to: \(size))"
    }
  }

  private static func cost(_ size: Int) -> UInt64 {
    let words = UInt64((size + 31) / 32)
    return 3 * words + words * words / 512
  }

  private mutating func compareEffect(
    _ memory: inout EVMMemory, _ real: (inout EVMMemory) throws(EVMMemoryError) -> Void,
    _ expected: (inout EVMMemoryModel) throws(EVMMemoryError) -> Void
  ) {
    let realError = evmFailure { () throws(EVMMemoryError) in try real(&memory) }
    var copy = model
    let expectedError = evmFailure { () throws(EVMMemoryError) in try expected(&copy) }
    if expectedError == nil { model = copy } else { refusals += 1 }
    if realError != expectedError { problem = "\(realError as Any), expected \(expectedError as Any)" }
  }

  private func capture<Value>(
    _ body: () throws(EVMMemoryError) -> Value
  ) -> Result<Value, EVMMemoryError> {
    do throws(EVMMemoryError) { return .success(try body()) } catch { return .failure(error) }
  }

  /// What differs between the memory and the model.
  func difference(_ memory: borrowing EVMMemory, isThorough: Bool) -> String? {
    if let problem { return problem }
    if let violation = memory.invariantViolation { return violation }
    if memory.contextSize != model.active.bytes.count { return "size \(memory.contextSize)" }
    if memory.depth != model.contexts.count - 1 { return "depth \(memory.depth)" }
    if memory.totalSize != model.total { return "total \(memory.totalSize), expected \(model.total)" }
    if !memory.returnData.elementsEqual(model.returnData) { return "return data" }
    if memory.snapshotContext() != model.active.bytes { return "bytes of the active context" }
    guard isThorough else { return nil }
    let snapshot = memory.snapshot()
    for (state, context) in zip(snapshot.contexts, model.contexts) {
      if state.checkpoint != context.checkpoint { return "checkpoint \(state.checkpoint)" }
      if Array(snapshot.bytes[state.checkpoint..<state.checkpoint + state.size]) != context.bytes {
        return "bytes of a suspended context"
      }
    }
    return nil
  }
}
