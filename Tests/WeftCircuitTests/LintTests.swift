import Testing
import WeftCircuit
import WeftField

/// An AIR that a closure describes.
struct TestAIR: AIR {
  var name: String { "Test" }
  let body: @Sendable (CircuitBuilder) -> Void

  init(_ body: @escaping @Sendable (CircuitBuilder) -> Void) { self.body = body }

  func describe(in builder: CircuitBuilder) { body(builder) }

  func findings(_ options: SymbolicLint.Options = .init()) throws -> [LintFinding] {
    SymbolicLint(try description(), options: options).findings()
  }
}

@Suite("The lint")
struct LintTests {
  @Test("A sound chip has no findings")
  func clean() throws {
    #expect(SymbolicLint(try AddChip().description()).findings() == [])
  }

  @Test(
    "Counts: sums of flags with a bit for the sum, differences under an implication, products, directions")
  func provableCounts() throws {
    let air = TestAIR { builder in
      let f = builder.mainColumns("f", count: 3).local
      let imm = builder.mainColumns("imm", count: 1).local[0]
      let e = builder.mainColumns("e", count: 1).local[0]
      let d = builder.mainColumns("d", count: 1).local[0]
      let limb = builder.mainColumns("limb", count: 1).local[0]
      for flag in f { builder.assertBool(flag, "flag") }
      let valid = f.sum()
      builder.assertBool(valid, "valid")
      builder.assertBool(imm, "imm")
      builder.when(imm).assertEqual(valid, 1, "imm only where valid")
      builder.assertZero(e * e * e - e, "direction")
      builder.assertBool(d, "d")
      builder.assertZero(limb * (limb - 255), "extension limb")
      let bus = ExampleBus.execution
      builder.send(bus, [0, 0], count: valid)
      builder.send(bus, [0, 0], count: f[0] + f[2])
      builder.send(bus, [0, 0], count: valid - imm)
      builder.send(bus, [0, 0], count: e)
      builder.send(bus, [0, 0], count: (1 - d) * e)
      builder.bytes(0, 0, count: e * e)
      builder.bytes(0, 0, count: limb.divided(by: 255) * d)
    }
    #expect(try air.findings() == [])
  }

  @Test(
    "Counts that are not provably bits are found",
    arguments: [
      "f0+f1", "2f0", "x", "e as a look-up", "imm-f0", "x under a transition",
    ])
  func badCounts(which: String) throws {
    let air = TestAIR { builder in
      let f = builder.mainColumns("f", count: 2).local
      let x = builder.mainColumns("x", count: 1).local[0]
      let e = builder.mainColumns("e", count: 1).local[0]
      for flag in f { builder.assertBool(flag, "flag") }
      builder.whenTransition.assertBool(x, "a bit, but not in the last row")
      builder.assertZero(e * e * e - e, "direction")
      switch which {
      case "f0+f1": builder.send(ExampleBus.execution, [0, 0], count: f[0] + f[1])
      case "2f0": builder.send(ExampleBus.execution, [0, 0], count: 2 * f[0])
      case "e as a look-up": builder.bytes(0, 0, count: e)
      case "imm-f0": builder.bytes(0, 0, count: f[1] - f[0])
      default: builder.send(ExampleBus.execution, [0, 0], count: x)
      }
      builder.assertZero(f[0] * f[1] * x * 0 + x * (x - 7) * 0, "nothing")
    }
    let findings = try air.findings()
    #expect(findings.map(\.rule) == [.count], "\(findings)")
  }

  @Test("The time of an instruction: constants up to the interactions, and multiples of the rows")
  func timeSteps() throws {
    var options = SymbolicLint.Options()
    options.timeBus = (number: 0, field: 1)
    func step(_ step: @escaping @Sendable (Expression, Expression) -> Expression, rows: Bool = false) throws
      -> [LintFinding]
    {
      try TestAIR { builder in
        let t = builder.mainColumns("t", count: 1).local[0]
        let n = builder.mainColumns("n", count: 1).local[0]
        if rows { builder.setRowsPerStep(n) }
        builder.receive(ExampleBus.execution, [0, t], count: 1)
        builder.send(ExampleBus.execution, [0, step(t, n)], count: 1)
        builder.bytes(n, 0, count: 1)
      }.findings(options)
    }
    #expect(try step { t, _ in t + 1 } == [])
    #expect(try step { t, _ in t + 3 } == [])
    #expect(try step { t, _ in t + 4 }.map(\.rule) == [.timeStep])
    #expect(try step { t, _ in t }.map(\.rule) == [.timeStep])
    #expect(try step { t, _ in t - 1 }.map(\.rule) == [.timeStep])
    #expect(try step { t, n in t + n }.map(\.rule) == [.timeStep])
    #expect(try step({ t, n in t + 3 * n }, rows: true) == [])
    #expect(try step({ t, n in t + 5 * n }, rows: true).map(\.rule) == [.timeStep])
  }

  @Test("Opcodes: what is looked up must be exactly what is registered (N13)")
  func opcodes() throws {
    let program = Bus(2, name: "program", kind: .lookup, fields: ["pc", "opcode"])
    let air = TestAIR { builder in
      let f = builder.mainColumns("f", count: 3).local
      for flag in f { builder.assertBool(flag, "flag") }
      builder.assertBool(f.sum(), "valid")
      builder.lookup(program, [0, 0x200 + f[1] + 2 * f[2]], count: f.sum())
    }
    var options = SymbolicLint.Options()
    options.programBus = (number: 2, field: 1)
    options.opcodes["Test"] = [0x200, 0x201, 0x202]
    #expect(try air.findings(options) == [])
    #expect(SymbolicLint(try air.description(), options: options).opcodeSet() == [0x200, 0x201, 0x202])
    options.opcodes["Test"] = [0x201, 0x202, 0x203]
    #expect(
      try air.findings(options).map(\.message)
        == ["the AIR looks up [512, 513, 514], registered are [513, 514, 515]"])
  }

  @Test("Degrees above 3, messages of degree 3 and selectors in interactions are found")
  func degrees() throws {
    let air = TestAIR { builder in
      let x = builder.mainColumns("x", count: 1).local[0]
      builder.assertZero(x * x * x * x, "fourth power")
      builder.send(ExampleBus.execution, [x * x * x, 0], count: 1)
      builder.send(ExampleBus.execution, [x, 0], count: builder.isTransition)
    }
    let rules = try air.findings().map(\.rule)
    #expect(rules.filter { $0 == .degree }.count == 2)
    #expect(rules.contains(.selector))
    #expect(try air.description().maximumDegree == 4)
  }

  @Test("Zero padding that violates a constraint or sends a message is found")
  func zeroRow() throws {
    let air = TestAIR { builder in
      let x = builder.mainColumns("x", count: 1).local[0]
      builder.assertBool(x, "x is a bit")
      builder.assertEqual(x * x, x + 1 - 1, "fine")
      builder.assertEqual(2 * x, x + 1, "one")
      builder.send(ExampleBus.execution, [0, 0], count: 1 - x)
      builder.declareZeroPadding()
    }
    #expect(
      try air.findings().map(\.message) == [
        "a row of zeros violates one", "a row of zeros has a message: execution send",
      ])
  }

  @Test("Written cells: looked up, received, chosen by flags, or said why")
  func bytes() throws {
    func findings(
      _ cell: @escaping @Sendable ([Expression], [Expression], CircuitBuilder) -> Expression,
      reason: String? = nil
    ) throws -> [LintFinding] {
      try TestAIR { builder in
        let f = builder.mainColumns("f", count: 3).local
        let x = builder.mainColumns("x", count: 4).local
        for flag in f { builder.assertBool(flag, "flag") }
        let valid = f.sum()
        builder.assertBool(valid, "valid")
        builder.receive(ExampleBus.results, [0, x[0], x[1]], count: valid)
        // A byte wherever f[2] is 0; 2^7·x[3] otherwise.
        builder.bytes((1 - f[2]) * x[2] + f[2] * 128 * x[3], 0, count: valid)
        builder.rangeCheck(x[3] - 200, bits: 6, count: valid)
        builder.requireBytes([cell(f, x, builder)], enabled: valid, reason: reason)
        builder.assertZero(x[3] * (x[3] - 300) * f[0], "mention")
      }.findings()
    }
    #expect(try findings { _, x, _ in x[0] } == [])
    #expect(try findings { f, x, _ in f[0] * x[0] + f[1] * x[1] + f[2] * 255 } == [])
    #expect(try findings { f, x, _ in (f[0] + f[1]) * x[2] } == [])
    #expect(try findings { _, x, _ in x[2] }.map(\.rule) == [.byteCell])
    // 200 and six bits are too much, 192 and six bits are not.
    #expect(try findings { _, x, _ in x[3] }.map(\.rule) == [.byteCell])
    #expect(try findings { _, x, _ in x[3] - 8 } == [])
    #expect(try findings { _, x, _ in x[3] - 200 } == [])
    #expect(try findings { _, x, _ in x[3] - 201 }.map(\.rule) == [.byteCell])
    #expect(try findings { f, _, _ in f[0] * 256 }.map(\.rule) == [.byteCell])
    #expect(try findings { _, x, _ in x[0] + x[1] }.map(\.rule) == [.byteCell])
    #expect(try findings({ _, x, _ in x[2] }, reason: "carries") == [])
  }

  @Test("Buses with one number and two names are refused by text")
  func buses() {
    let other = Bus(3, name: "mine", kind: .lookup, fields: [])
    let error = #expect(throws: CircuitError.self) { try Bus.requireUnique([.range, .bitwise, other]) }
    #expect(error?.description == "bus 3 is claimed by range and by mine")
  }
}

@Suite("The lint of systems")
struct SystemLintTests {
  private func airs(opcode: Int, bus: Bus = ExampleBus.execution, name: String = "Second") throws
    -> [AIRDescription]
  {
    struct Named: AIR {
      let name: String
      let opcode: Int
      let bus: Bus
      func describe(in builder: CircuitBuilder) {
        let valid = builder.mainColumns("valid", count: 1).local[0]
        builder.assertBool(valid, "valid")
        builder.lookup(SystemLintTests.program, [0, Expression(opcode)], count: valid)
        builder.send(bus, [0, 0], count: valid)
      }
    }
    struct Table: AIR {
      var name: String { "Program" }
      func describe(in builder: CircuitBuilder) {
        let row = builder.mainColumns("row", count: 3).local
        builder.provide(SystemLintTests.program, [row[0], row[1]], multiplicity: row[2])
      }
    }
    return [
      try Named(name: "First", opcode: 7, bus: ExampleBus.execution).description(),
      try Named(name: name, opcode: opcode, bus: bus).description(), try Table().description(),
    ]
  }

  static let program = Bus(2, name: "program", kind: .lookup, fields: ["pc", "opcode"])

  @Test("Shared opcodes, names and bus numbers, and look-ups without a table are found")
  func systems() throws {
    var options = SymbolicLint.Options()
    options.programBus = (number: 2, field: 1)
    func messages(_ airs: [AIRDescription]) -> [String] {
      SystemLint.findings(airs, options: options).map(\.message)
    }
    #expect(messages(try airs(opcode: 8)) == [])
    #expect(messages(try airs(opcode: 7)) == ["the opcode 7 is also that of First"])
    #expect(messages(try airs(opcode: 8, name: "First")) == ["two AIRs have this name"])
    let mine = Bus(0, name: "mine", kind: .permutation, fields: [])
    #expect(messages(try airs(opcode: 8, bus: mine)) == ["bus 0 is mine here and execution in First"])
    #expect(messages(Array(try airs(opcode: 8).prefix(1))) == ["no table serves the bus program"])
  }

  @Test("The kinds of columns follow from constraints and look-ups")
  func kinds() throws {
    let air = try TestAIR { builder in
      let c = builder.mainColumns("c", count: 6).local
      builder.assertBool(c[0], "flag")
      builder.assertZero(c[1] * (c[1] - 1) * (c[1] - 2), "choice")
      builder.bytes(c[2], 0, count: c[0])
      builder.rangeCheck(c[3], bits: 13, count: c[0])
      builder.rangeCheck(c[4], bits: c[1], count: c[0])
      builder.assertZero(c[5], "zero")
    }.description()
    #expect(
      SymbolicLint(air).columnKinds().map(\.description) == [
        "flag", "choice", "byte", "bits13", "field", "flag",
      ])
  }

  @Test("Interactions are put into chunks by their degrees, as the prover will")
  func chunks() throws {
    let air = try TestAIR { builder in
      let c = builder.mainColumns("c", count: 2).local
      builder.bytes(c[0] * c[1], 0, count: 1)
      for _ in 0..<3 { builder.bytes(c[0], 0, count: c[1]) }
      builder.bytes(1, 2, count: c[0])
    }.description()
    #expect(air.interactionChunks() == [[4, 1, 2], [3], [0]])
    #expect(air.permutationColumnCount == 16)
    #expect(try AddChip().description().interactionChunks()?.count == 3)
    let cubic = try TestAIR { builder in
      let x = builder.mainColumns("c", count: 1).local[0]
      builder.bytes(x * x * x, 0, count: 1)
    }.description()
    #expect(cubic.interactionChunks() == nil)
  }
}
