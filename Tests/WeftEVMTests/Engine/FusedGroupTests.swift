import Testing
import WeftMachine

@testable import WeftEVM

/// Every group of instructions that one handler carries out, against the reference engine, which knows no groups.
@Suite("Fused groups")
struct FusedGroupTests {
  #if DEBUG
    private static let (rounds, gasStep) = (3, 4)
  #else
    private static let (rounds, gasStep) = (200, 1)
  #endif

  private static let corners = [
    UInt256.zero, .one, .max, UInt256(31), UInt256(32), UInt256(255), UInt256(256), UInt256(UInt64.max),
    UInt256(UInt64(1) << 63), UInt256(low: 0, high: 1), UInt256(low: .max, high: 0),
    UInt256(low: 0, high: UInt128(1) << 127), UInt256.max &- .one, UInt256(UInt64(1) << 20),
  ]

  @Test("A group does what its instructions do", arguments: FusedGroups.all.map(\.shapes))
  func results(_ shapes: [Shape]) throws {
    var random = SplitMix(state: shapes.reduce(7) { $0 &* 31 &+ UInt64($1.rawValue) })
    let engines = try Engines()
    for _ in 0..<Self.rounds {
      let words = (0..<18).map { _ in word(&random) }
      let group = instructions(shapes, &random, destination: 0)
      try engines.compare(program(words, group, shapes), gas: 100_000)
    }
  }

  @Test("A group halts where its instructions do", arguments: FusedGroups.all.map(\.shapes))
  func halts(_ shapes: [Shape]) throws {
    var random = SplitMix(state: shapes.reduce(9) { $0 &* 31 &+ UInt64($1.rawValue) })
    let engines = try Engines()
    // Heights of the stack that are too low, and the last ones before it is full.
    for height in Array(0...5) + [17] + Array(1021...1024) {
      let words = (0..<height).map { _ in UInt256(random.next() % 64) }
      let group = instructions(shapes, &random, destination: 0)
      try engines.compare(program(words, group, shapes), gas: 100_000)
    }
    // Gas that ends inside the group or behind it; the words before it cost 54.
    let words = (0..<18).map { _ in UInt256(random.next() % 64) }
    let code = program(words, instructions(shapes, &random, destination: 0), shapes)
    for gas in stride(from: 54, to: 110, by: Self.gasStep) { try engines.compare(code, gas: UInt64(gas)) }
  }

  @Test("Groups of every kind are found, and no group crosses a destination")
  func boundaries() throws {
    for group in FusedGroups.all {
      #expect(group.shapes.count <= GroupTable.longest)
      var state = 0
      for shape in group.shapes {
        state = try #require(GroupTable.shared.step(state, shape))
      }
      #expect(GroupTable.shared.handler(state) != nil)
    }
    // PUSH 7, PUSH 5, JUMPDEST, ADD: entered at the destination as well, with other words.
    let code: [UInt8] = [
      0x60, 0x07, 0x60, 0x05, 0x5b, 0x01, 0x80, 0x60, 0x2a, 0x14, 0x60, 0x10, 0x57, 0x60, 0x1e, 0x60, 0x04,
      0x56,
    ]
    try Engines().compare(code, gas: 10_000)
  }

  @Test("Static jumps to what is no destination stay ordinary ones", arguments: [UInt8(0), 4, 5, 90])
  func invalidTargets(_ target: UInt8) throws {
    // PUSH 1, PUSH target, JUMPI; 0x5b in push data.
    let engines = try Engines()
    try engines.compare([0x60, 1, 0x60, target, 0x57, 0x60, 0x5b, 0x00], gas: 1000)
    try engines.compare([0x60, 0, 0x60, target, 0x57, 0x60, 0x5b, 0x00], gas: 1000)
    try engines.compare([0x60, target, 0x56, 0x60, 0x5b, 0x00], gas: 1000)
  }

  // MARK: Programs

  /// Words on the stack, the group between destinations, then the top of the stack in memory as the output.
  private func program(
    _ words: [UInt256], _ group: [UInt8], _ shapes: [Shape]
  ) -> [UInt8] {
    var code = Assembler.build { assembler in
      for word in words { assembler.push(word) }
      assembler.op(.jumpdest)
    }
    code += group
    if shapes.last == .jump || shapes.last == .jumpi {
      // Not taken: behind it; taken: the destination that the PUSH before it names.
      code += [0x60, 0xee, 0x5b]
      let target = UInt8(truncatingIfNeeded: code.count - 1)
      if code.count < 256, let place = pushPlace(code, group.count) { code[place] = target }
    } else {
      code.append(0x5b)
    }
    return code
      + Assembler.build { assembler in
        for index in 0..<6 {
          assembler.push(UInt256(UInt64(index * 32)))
          assembler.op(.mstore)
        }
        assembler.op(.msize, .gas)
        assembler.push(192)
        assembler.op(.mstore)
        assembler.push(224)
        assembler.op(.mstore)
        assembler.push(256, 0)
        assembler.op(.return)
      }
  }

  /// The byte that the PUSH1 before the jump pushes: behind the jump follow three bytes.
  private func pushPlace(_ code: [UInt8], _ count: Int) -> Int? {
    let place = code.count - 3 - 2
    return code[place - 1] == 0x60 ? place : nil
  }

  private func instructions(_ shapes: [Shape], _ random: inout SplitMix, destination: UInt8) -> [UInt8] {
    var code: [UInt8] = []
    for (index, shape) in shapes.enumerated() {
      let next = index + 1 < shapes.count ? shapes[index + 1] : .other
      switch shape {
      case .push where next == .jump || next == .jumpi: code += [0x60, destination]
      case .push:
        let count = Int(random.next() % 9)
        let value = random.next() % 3 == 0 ? random.next() : random.next() % 300
        code.append(0x5f + UInt8(count))
        code += UInt256(value).bigEndianBytes.suffix(count)
      case .wide:
        let count = 9 + Int(random.next() % 24)
        code.append(0x5f + UInt8(count))
        code += word(&random).bigEndianBytes.suffix(count)
      case .dup: code.append(0x80 + UInt8(random.next() % 16))
      case .swap: code.append(0x90 + UInt8(random.next() % 16))
      default:
        code += (0...255).map { Opcode($0) }.filter { Shape($0) == shape }.prefix(1).map(\.rawValue)
      }
    }
    return code
  }

  private func word(_ random: inout SplitMix) -> UInt256 {
    switch random.next() % 4 {
    case 0: Self.corners[Int(random.next() % UInt64(Self.corners.count))]
    case 1: UInt256(random.next() % 300)
    case 2: UInt256(random.next())
    default: UInt256(limbs: random.next(), random.next(), random.next(), random.next())
    }
  }
}

/// Both engines, to run many programs.
private struct Engines {
  private let evms: [EVM]

  init() throws { evms = try Engine.allCases.map { try CodeRun(engine: $0).evm() } }

  func compare(_ code: [UInt8], gas: UInt64) throws {
    let run = CodeRun(gas: gas, input: Array(0..<100))
    let results = try evms.map { try $0.call(run.message, in: BlockEnvironment(), on: run.state(code)) }
    #expect(results[0] == results[1], "gas \(gas), code \(HexadecimalBytes.text(code))")
  }
}
