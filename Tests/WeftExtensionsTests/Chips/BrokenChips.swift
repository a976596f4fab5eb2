import CWeftABI
import Synchronization
import WeftExtensionKit

/// An extension whose chip breaks a rule, and what has to be said of it.
struct BrokenChip: Sendable {
  var name: String
  var problems: [String]
  var registers: ExtensionInstruction.RegisterUse = [.readsRS1, .writesRD]
  var ticks: UInt32 = 2
  var spaces: [ExtensionSpace] = []
  var air: @Sendable () -> ExtensionAIR

  /// rd = rs1, with nothing wrong.
  static func copy(_ air: AIRBuilder) { air.setRD(air.rs1) }

  /// Fills one column with zeros.
  static let zeros: ExtensionAIR.Fill = { _, rows, cells in for _ in rows { cells.append(0 as UInt32) } }

  var table: ExtensionTable {
    ExtensionTable(
      "broken", version: "1.0.0", license: "Apache-2.0",
      instructions: [
        .step("broken.\(name)", .r(.custom2, funct3: 0, funct7: 0), registers, ticks: ticks, air: air()) {
          Step.perform($0, $1) { step in step.rd = step.rs1 }
        }
      ], spaces: spaces)
  }

  /// The problems as they are reported.
  var reported: [String] {
    problems.map { "instruction 'broken.\(name)' of extension 'broken': its chip: \($0)" }
  }

  static let all: [BrokenChip] = soundness + structure

  /// Rules that the lint sees.
  private static let soundness: [BrokenChip] = [
    BrokenChip(
      name: "count",
      problems: ["rule count: the count of a byte, flag, is not provably 0 or 1 (broken.count:1)"]
    ) {
      ExtensionAIR(
        { air in
          copy(air)
          air.bytes(air.rs1[0], 0, where: air.column("flag"), "a byte")
        }, fill: zeros)
    },
    BrokenChip(
      name: "degree", problems: ["rule degree: the constraint a power has the degree 4 (broken.degree:1)"]
    ) {
      ExtensionAIR(
        { air in
          copy(air)
          let x = air.column("x")
          air.assertZero(x * x * x * (x - 1), "a power")
        }, fill: zeros)
    },
    BrokenChip(
      name: "message",
      problems: ["rule degree: a cube has a message of degree 3 and a count of degree 1 (broken.message:1)"]
    ) {
      ExtensionAIR { air in
        copy(air)
        air.bytes(air.rs1[0] * air.rs1[1] * air.rs1[2], 0, where: air.isValid, "a cube")
      }
    },
    BrokenChip(
      name: "byte",
      problems: [
        "rule byteCell: nothing shows that rd 0, x, is a byte (broken.byte:0)"
      ]
    ) {
      ExtensionAIR(
        { air in
          let x = air.column("x")
          air.assertEqual(x, air.rs1[0] + air.rs1[1], "a sum")
          air.setRD([x, 0, 0, 0])
        }, fill: zeros)
    },
    BrokenChip(
      name: "constant",
      problems: [
        "rule byteCell: nothing shows that rd 0, 256, is a byte (broken.constant:0)"
      ]
    ) {
      ExtensionAIR { air in
        air.assertZero(0, "nothing")
        air.setRD([256, 0, 0, 0])
      }
    },
    BrokenChip(
      name: "padding", problems: ["rule zeroRow: a row of zeros violates x is one (broken.padding:1)"]
    ) {
      ExtensionAIR(
        { air in
          copy(air)
          air.assertEqual(air.column("x"), 1, "x is one")
        }, fill: zeros)
    },
    BrokenChip(name: "column", problems: ["rule freeColumn: nothing mentions the column spare"]) {
      ExtensionAIR(
        { air in
          copy(air)
          _ = air.column("spare")
        }, fill: zeros)
    },
    BrokenChip(
      name: "impossible",
      problems: ["rule description: the constraint one is zero is the constant 1"]
    ) {
      ExtensionAIR { air in
        copy(air)
        air.assertZero(1, "one is zero")
      }
    },
  ]

  /// Rules that are kept while the chip is described.
  private static let structure: [BrokenChip] = [
    BrokenChip(
      name: "ticks",
      problems: ["rule timeStep: 2 accesses are stated, the instruction declares 3 ticks"], ticks: 3
    ) { ExtensionAIR { air in copy(air) } },
    BrokenChip(
      name: "conditional",
      problems: [
        "rule timeStep: 'a word' does not always happen, the instruction declares 3 ticks"
      ], ticks: 3
    ) {
      ExtensionAIR(
        { air in
          copy(air)
          let flag = air.bit("flag")
          _ = air.read(at: air.pointer(air.rs1, where: flag), where: flag, "a word")
        }, fill: zeros)
    },
    BrokenChip(
      name: "loop",
      problems: ["rule timeStep: the instruction declares 2 ticks, a loop has as many as its rows"]
    ) { ExtensionAIR(rowCount: { _ in 1 }, { air in copy(air) }) },
    BrokenChip(
      name: "bus",
      problems: [
        "rule bus: look-up 'a state': bus 0 is the system's; extensions look up on 3, range, and 7, bitwise"
      ]
    ) {
      ExtensionAIR { air in
        copy(air)
        let message = [air.builder.pointee.constant(air.builder, 0)]
        let valid = air.builder.pointee.selector(air.builder, UInt32(WEFT_IS_VALID))
        air.builder.pointee.lookup(air.builder, 0, message, 1, valid, "a state")
      }
    },
    BrokenChip(
      name: "space",
      problems: ["rule bus: access 'a word': there is no own space 1; the extension declares 1"], ticks: 0,
      spaces: [ExtensionSpace("cells", blockSize: 4, cellCount: 64)]
    ) {
      ExtensionAIR { air in
        copy(air)
        _ = air.read(.own(1), at: 0, where: air.isValid, "a word")
      }
    },
    BrokenChip(
      name: "system",
      problems: [
        "rule bus: access 'a register': space 1 is the system's; an extension has guest memory, 2, and its own spaces"
      ], ticks: 0
    ) {
      ExtensionAIR { air in
        copy(air)
        let (zero, valid) = (
          air.builder.pointee.constant(air.builder, 0),
          air.builder.pointee.selector(air.builder, UInt32(WEFT_IS_VALID))
        )
        _ = air.builder.pointee.memory_read(air.builder, 1, zero, 4, valid, "a register")
      }
    },
    BrokenChip(
      name: "block", problems: ["rule memory: access 'a word': 8 cells, a block of the space has 4"], ticks: 0
    ) {
      ExtensionAIR { air in
        copy(air)
        _ = air.read(at: 0, count: 8, where: air.isValid, "a word")
      }
    },
    BrokenChip(
      name: "unset", problems: ["rule memory: nothing is said of the cells after 'a word'"], ticks: 0
    ) {
      ExtensionAIR { air in
        copy(air)
        let (zero, valid) = (
          air.builder.pointee.constant(air.builder, 0),
          air.builder.pointee.selector(air.builder, UInt32(WEFT_IS_VALID))
        )
        _ = air.builder.pointee.memory_write(air.builder, WEFT_GUEST_SPACE, zero, 4, valid, "a word")
      }
    },
    BrokenChip(
      name: "late",
      problems: [
        "rule count: access 'another': whether it happens depends on cells of memory or on the next row"
      ], ticks: 0
    ) {
      ExtensionAIR { air in
        copy(air)
        let word = air.read(at: 0, where: air.isValid, "a word")
        _ = air.read(at: 4, where: word[0], "another")
      }
    },
    BrokenChip(
      name: "register", problems: ["rule registers: rs2 is read, which the instruction does not declare"]
    ) { ExtensionAIR { air in air.setRD(air.rs2) } },
    BrokenChip(
      name: "silent", problems: ["rule registers: nothing is said of rd, which the instruction writes"]
    ) { ExtensionAIR { air in air.assertBool(air.isValid, "valid is a bit") } },
    BrokenChip(
      name: "undeclared", problems: ["rule registers: rd is written, which the instruction does not declare"],
      registers: .readsRS1, ticks: 1
    ) { ExtensionAIR { air in copy(air) } },
    BrokenChip(name: "row", problems: ["rule nodes: only loops have a next row"]) {
      ExtensionAIR(
        { air in
          copy(air)
          air.assertZero(air.next(air.column("x")), "the next one")
        }, fill: zeros)
    },
    BrokenChip(name: "node", problems: ["rule nodes: constraint 'nothing': there is no node 99"]) {
      ExtensionAIR { air in
        copy(air)
        air.builder.pointee.assert_zero(air.builder, 99, "nothing")
      }
    },
    BrokenChip(
      name: "number", problems: ["rule nodes: the constant 2013265921 is not below the order of the field"]
    ) {
      ExtensionAIR { air in
        copy(air)
        _ = air.builder.pointee.constant(air.builder, 2_013_265_921)
      }
    },
    BrokenChip(name: "fill", problems: ["rule columns: there are 1 columns and no fill function"]) {
      ExtensionAIR { air in
        copy(air)
        air.assertZero(air.column("x"), "x is zero")
      }
    },
    BrokenChip(
      name: "repetition", problems: ["rule repetition: a second description differs from the first"]
    ) {
      let counter = Atomic<Int>(0)
      return ExtensionAIR { air in
        copy(air)
        air.assertZero(air.isValid * AIRNode(counter.add(1, ordering: .relaxed).newValue - 1), "the time")
      }
    },
  ]
}
