import Testing
import WeftCircuit
import WeftField

@Suite("Descriptions of AIRs")
struct DescriptionTests {
  struct Pair<Cell>: ColumnLayout {
    var x: Cell
    var y: Cell
  }

  struct Nested<let count: Int, Cell>: ColumnLayout {
    var flag: Cell
    var limbs: InlineArray<count, Cell>
    var pair: Pair<Cell>
    var pairs: InlineArray<2, Pair<Cell>>
    var last: Cell
  }

  struct Foreign<Cell>: ColumnLayout {
    var x: Cell
    var count: Int
  }

  @Test("Columns are named for the fields of their layouts, in their order")
  func names() throws {
    let air = try TestAIR { builder in
      let row = builder.main(Nested<3, Expression>.self).local
      let extra = builder.mainColumns("extra", count: 2)
      builder.assertZero(row.cells.sum() + extra.next.sum(), "all")
      #expect(row.cells.count == 11)
    }.description()
    #expect(Nested<3, BabyBear>.width == 11)
    #expect(
      air.mainColumns == [
        "flag", "limbs[0]", "limbs[1]", "limbs[2]", "pair.x", "pair.y", "pairs[0].x", "pairs[0].y",
        "pairs[1].x", "pairs[1].y", "last", "extra[0]", "extra[1]",
      ])
  }

  @Test("A layout with a foreign field is refused")
  func foreign() {
    let error = #expect(throws: CircuitError.self) {
      try TestAIR { _ = $0.main(Foreign<Expression>.self) }.description()
    }
    #expect(error?.description.contains("has a field that is neither a cell nor made of cells") == true)
  }

  @Test("Equal formulas are one node; operands stand before their uses; what is unused is dropped")
  func consing() throws {
    let air = try TestAIR { builder in
      let w = builder.mainColumns("x", count: 3)
      let (x, y) = (w.local[0], w.local[1])
      builder.assertZero((x + y) * (y + x) - 1, "square")
      builder.assertZero((y + x) * w.next[0], "product")
      _ = x * y * w.local[2]
      builder.assertZero((x + y) * (x + y) - 1, "square again")
      builder.assertZero(x * 0 + 0, "nothing")
      builder.assertZero(-(-x) * 1 + 0, "x")
    }.description()
    #expect(air.constraints.map(\.label) == ["square", "product", "x"])
    #expect(air.nodes.count == 8, "\(air.nodes)")
    for (index, node) in air.nodes.enumerated() { #expect(node.operands.allSatisfy { $0 < index }) }
    #expect(Set(air.nodes).count == air.nodes.count)
    #expect(air.constraints.map { air.degrees[$0.node] } == [2, 2, 1])
    #expect(air.formula(of: air.constraints[1].node) == "x[0]'·(x[0] + x[1])")
    #expect(!air.isOrderFree)
    #expect(air.constraints[0].location.file == "WeftCircuitTests/DescriptionTests.swift")
  }

  @Test("Degrees: selectors of the ends count, transitions, constants and public values do not")
  func degrees() throws {
    let air = try TestAIR { builder in
      let x = builder.mainColumns("x", count: 1).local[0]
      let p = builder.publicValues("p", count: 1)[0]
      builder.whenFirstRow.assertZero(x * x, "first")
      builder.whenTransition.when(x).assertZero(x - p, "transition")
      builder.whenLastRow.assertZero(x - 5 * p, "last")
    }.description()
    #expect(air.constraints.map { air.degrees[$0.node] } == [3, 2, 2])
    #expect(air.maximumDegree == 3)
  }

  @Test("Mistakes of a description are reported together")
  func mistakes() throws {
    final class Leak: @unchecked Sendable { var expression: Expression? }
    let leak = Leak()
    _ = try TestAIR { leak.expression = $0.mainColumns("x", count: 1).local[0] }.description()
    let error = #expect(throws: CircuitError.self) {
      try TestAIR { builder in
        let x = builder.mainColumns("x", count: 1).local[0]
        _ = builder.mainColumns("x", count: 1)
        builder.send(.range, [x, 0])
        builder.lookup(ExampleBus.execution, [x, 0])
        builder.assertZero(7, "seven")
        if let foreign = leak.expression { builder.assertZero(x + foreign, "mixed") }
      }.description()
    }
    #expect(
      error?.description
        == "AIR Test: a send does not belong on the lookup bus range; a lookup does not belong on the permutation "
        + "bus execution; the constraint seven is the constant 7; an expression of another builder was used; two main "
        + "columns are named x")
    #expect(throws: CircuitError.self) { try TestAIR { _ in }.description() }
  }

  @Test(
    "A graph survives its encoding, and every truncation and every changed byte is refused or read, never trapped"
  )
  func encoding() throws {
    let air = try AddChip().description()
    let bytes = air.encodedGraph()
    let graph = try DecodedGraph(bytes)
    #expect(graph.nodes == air.nodes)
    #expect(graph.constraints == air.constraints.map(\.node))
    #expect(graph.interactions.map(\.message) == air.interactions.map(\.message))
    for length in 0..<bytes.count {
      #expect(throws: CircuitError.self) { try DecodedGraph(bytes.prefix(length)) }
    }
    #expect(throws: CircuitError.self) { try DecodedGraph(bytes + [0]) }
    var accepted = 0
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x80
      if (try? DecodedGraph(changed)) != nil { accepted += 1 }
    }
    #expect(accepted < bytes.count)
  }

  @Test("Data that contradicts itself is refused by text")
  func badData() {
    let place = SourceLocation(file: "f", line: 1)
    func error(_ nodes: [SymbolicNode], _ constraint: Int) -> String? {
      do {
        _ = try AIRDescription(
          name: "T", mainColumns: ["x"], nodes: nodes,
          constraints: [Constraint(node: constraint, label: "c", location: place)], interactions: [])
        return nil
      } catch { return error.description }
    }
    let x = SymbolicNode.variable(.main(part: 0, offset: 0), index: 0)
    #expect(error([x, .negate(0)], 1) == nil)
    #expect(error([x, .negate(1)], 1) == "AIR T: node 1 uses the node 1, which does not stand before it")
    #expect(error([x], 3) == "AIR T: there is no node 3")
    #expect(
      error([.variable(.main(part: 0, offset: 0), index: 1)], 0)
        == "AIR T: node 0 is column 1 of 1 columns of main(part: 0, offset: 0)")
    #expect(error([.variable(.main(part: 0, offset: 2), index: 0)], 0) == "AIR T: node 0 looks 2 rows ahead")
  }
}
