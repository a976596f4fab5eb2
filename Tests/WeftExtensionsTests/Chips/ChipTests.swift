import BulkMemory
import CWeftABI
import Foundation
import Testing
import WeftCircuit
import WeftExtensionKit
import WeftMachine
import WeftRV32
import WeftRV32Circuit

@testable import WeftExtensions

@Suite("Chips of extensions", .serialized)
struct ChipTests {
  // MARK: Refusals

  @Test("A chip that breaks a rule is refused, with the rule named, and its extension and instruction")
  func broken() {
    for chip in BrokenChip.all {
      let table = chip.table
      do {
        _ = try NativeExtension(linked: "broken", table.pointer)
        Issue.record("\(chip.name): accepted")
      } catch {
        #expect(error.problems == chip.reported, "\(chip.name)")
      }
    }
    #expect(Set(BrokenChip.all.map(\.name)).count == BrokenChip.all.count)
    #expect(BrokenChip.all.count > 20)
  }

  @Test("All problems of all chips come together")
  func together() {
    let air = { @Sendable (label: String) in
      ExtensionAIR { air in
        air.setRD([256, 0, 0, 0])
        air.bytes(air.rs1[0] * air.rs1[1] * air.rs1[2], 0, where: air.isValid, label)
      }
    }
    let step: ExtensionInstruction.StepFunction = { Step.perform($0, $1) { step in step.rd = step.rs1 } }
    let table = ExtensionTable(
      "broken", version: "1.0.0", license: "Apache-2.0",
      instructions: [0, 1].map { funct7 in
        .step(
          "broken.\(funct7)", .r(.custom2, funct3: 0, funct7: funct7), [.readsRS1, .writesRD], ticks: 2,
          air: air("a cube"), step)
      })
    do {
      _ = try NativeExtension(linked: "broken", table.pointer)
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count == 4)
      #expect(error.problems.filter { $0.contains("rule degree") }.count == 2)
      #expect(error.problems.filter { $0.contains("'broken.1'") && $0.contains("rule byteCell") }.count == 1)
    }
  }

  /// What is wrong with the table of a sound extension after a change of its instruction.
  private func problems(_ change: (inout weft_extension_instruction) -> Void) -> [String] {
    var table = saturating.pointer.pointee
    guard var instruction = table.instructions?.pointee else { return ["no instruction"] }
    change(&instruction)
    return withUnsafePointer(to: instruction) { instruction in
      table.instructions = instruction
      return withUnsafePointer(to: table) { table in
        do throws(ExtensionLoadError) {
          _ = try NativeExtension(linked: "table", table)
          return []
        } catch { return error.problems }
      }
    }
  }

  @Test("What is no table of a chip is refused before anything is called")
  func tables() throws {
    let sound = try #require(saturating.pointer.pointee.instructions?.pointee.air?.pointee)
    func problem(_ change: (inout weft_air) -> Void) -> [String] {
      var air = sound
      change(&air)
      return withUnsafePointer(to: air) { air in problems { $0.air = air } }
    }
    let place = "instruction 'saturating.add': "
    #expect(problem { _ in } == [])
    #expect(
      problem { $0.abi_version = 7 } == [
        place + "air has version 7 and struct_size 40, this is version 1 with 40"
      ])
    #expect(
      problem { $0.struct_size = 8 } == [
        place + "air has version 1 and struct_size 8, this is version 1 with 40"
      ])
    #expect(problem { $0.describe = nil } == [place + "air has no describe function"])
    #expect(
      problem { $0.fill = unsafeBitCast(8, to: weft_air.Fill.self) } == [place + "fill is no address of code"]
    )
    for address in [8, 0x1001] {
      #expect(
        problems { $0.air = UnsafePointer(bitPattern: address) } == [
          place + "air is no address of a weft_air"
        ])
    }
    // A chip's opcode is made from the fields that the mask of its form leaves.
    #expect(
      problems {
        $0.encoding.mask |= 0x1f << 20
      } == [
        "instruction 'saturating.add' of extension 'saturating': its chip: rule encoding: a provable instruction has "
          + "all words of its form, with the mask that the form has"
      ])
  }

  // MARK: Filling

  private static let program = RV32.program([.r(0x5b, 0, 0, 6, 5, 0), .r(0x5b, 0, 0, 0, 5, 0)])

  private enum RV32 {
    static func program(_ words: [InstructionWord]) -> [InstructionWord] {
      li(5, 0x1234_5678) + words + [.ebreak]
    }
  }

  /// What becomes of a run with an instruction whose chip is filled badly.
  private func outcome(of air: ExtensionAIR, ticks: UInt32 = 0) throws -> String {
    let table = ExtensionTable(
      "bad", version: "1.0.0", license: "Apache-2.0",
      instructions: [
        .step(
          "bad.copy", .r(.custom2, funct3: 0, funct7: 0), [.readsRS1, .writesRD], ticks: ticks, air: air
        ) { Step.perform($0, $1) { step in step.rd = step.rs1 } }
      ])
    let made = try traces(Self.program, [try NativeExtension(linked: "bad", table.pointer)])
    switch made {
    case .failure(let error): return "\(error)"
    case .success(let (circuit, made)): return try circuit.check(made).description
    }
  }

  private func traces(
    _ code: [InstructionWord], _ extensions: [any VMExtension]
  ) throws -> Result<(RV32Circuit, RV32Traces), RV32CircuitError> {
    let program = try makeProgram(code)
    var configuration = Machine.Configuration()
    configuration.limits.memory = 0x40_0000
    var machine = try Machine(program, configuration: configuration, extensions: extensions)
    _ = try machine.run(.recorded(.instructionRecords))
    let table = machine.table
    let run = try machine.finalize()
    do throws(RV32CircuitError) {
      let circuit = try RV32Circuit(memory: run.memory.configuration, instructions: table)
      return .success(
        (circuit, try circuit.makeTraces(of: run, program: try CircuitProgram(program, table: table))))
    } catch {
      return .failure(error)
    }
  }

  private static func describe(_ air: AIRBuilder) {
    let x = air.columns("x", 4)
    for byte in 0..<4 { air.assertEqual(x[byte], air.rs1[byte], "byte \(byte) is copied") }
    air.bytes(x[0], x[1], where: air.isValid, "bytes")
    air.bytes(x[2], x[3], where: air.isValid, "bytes")
    air.setRD(x)
  }

  @Test("An honest fill function is accepted, and its instruction constrained; also a destination x0")
  func honest() throws {
    let air = ExtensionAIR({ Self.describe($0) }, fill: { $2.append(bytesOf: $0.rs1) })
    #expect(try outcome(of: air, ticks: 2).hasPrefix("accepted"))
  }

  @Test("A fill function that misbehaves is an error with the row, and no more")
  func misbehaving() throws {
    func text(rowCount: ExtensionAIR.RowCount? = nil, _ fill: @escaping ExtensionAIR.Fill) throws -> String {
      try outcome(of: ExtensionAIR(rowCount: rowCount, { Self.describe($0) }, fill: fill))
    }
    #expect(
      try text { $2.append($0.rs1 & 255) }
        == "AIR bad.copy, row 0: the extension's fill function returned status -1")
    #expect(
      try text {
        $2.append(bytesOf: $0.rs1)
        $2.append(0 as UInt32)
      } == "AIR bad.copy, row 0: the extension's fill function returned status -1")
    #expect(
      try text { $2.append(contentsOf: [0, 1, 0x7800_0001, 3]) }
        == "AIR bad.copy, row 0: the extension fills column 2 of its own with 2013265921, which is no element of the field"
    )
    #expect(
      try text(rowCount: { _ in 0 }) { $2.append(bytesOf: $0.rs1) }
        == "AIR bad.copy, row 0: the extension says that an execution takes 0 rows; the limit is 16777216")
    #expect(
      try text(rowCount: { _ in .max }) { $2.append(bytesOf: $0.rs1) }.hasPrefix(
        "AIR bad.copy, row 0: the extension says that an execution takes 4294967295 rows"))
    let wrong = try text { $2.append(bytesOf: $0.rs1 ^ 1) }
    #expect(wrong.contains("byte 0 is copied"), "\(wrong)")
  }

  @Test("A chip that states other accesses than the step makes is an error")
  func otherAccesses() throws {
    let air = ExtensionAIR { air in
      air.setRD(air.read(at: 0x1000, where: air.isValid, "a word"))
    }
    #expect(
      try outcome(of: air) == "AIR bad.copy, row 0: 'a word' is not what the run did as its access 0")
    // The check of a whole extension says so as well.
    let loop = ExtensionAIR(rowCount: { _ in 1 }) { air in
      air.setRD(air.read(at: 0x1000, where: air.isValid, "a word").map { $0 * air.isLast })
    }
    let text = try outcome(of: loop)
    #expect(
      text == "AIR bad.copy, row 0: the rows of an execution state 1 accesses, the run made 0", "\(text)")
  }

  @Test("Accesses of a recorded execution are seen with space, pointer and cells before and after")
  func accesses() throws {
    let made = try traces(
      li(5, Layout.data + 1) + li(6, 6) + li(7, 0xabcd_ef12) + [
        .r(0x7b, 0, 1, 5, 7, 6), .r(0x7b, 1, 0, 0, 5, 6), .ebreak,
      ], [try NativeExtension(linked: "bulk-memory", BulkMemory.bulkMemory.pointer)]
    ).get()
    #expect(try made.0.check(made.1).isAccepted)
    #expect(made.1.isFullyConstrained)
    #expect(made.1.traces["bulk.fill"]?.rowCount == 2)
    #expect(made.1.traces["bulk.load"]?.rowCount == 2)
  }

  // MARK: The kit

  @Test(
    "The conformance kit finds a chip that does not determine its result, and rows that differ the second time"
  )
  func kit() throws {
    let free = ExtensionAIR { air in
      let x = air.columns("x", 4)
      air.bytes(x[0], x[1], where: air.isValid, "bytes")
      air.bytes(x[2], x[3], where: air.isValid, "bytes")
      air.setRD(x)
    } fill: {
      $2.append(bytesOf: $0.result)
    }
    let problems = try kitProblems(free)
    #expect(problems.contains { $0.hasPrefix("chips: bad.copy: bad.copy, row") }, "\(problems)")
    #expect(problems.contains { $0.hasSuffix("the same input gives another output") }, "\(problems)")

    let counter = NSLock()
    nonisolated(unsafe) var calls: UInt32 = 0
    let moody = ExtensionAIR { air in
      let x = air.column("x")
      air.bytes(x, 0, where: air.isValid, "any byte")
      air.setRD(air.rs1)
    } fill: { _, rows, cells in
      for _ in rows {
        cells.append(
          counter.withLock {
            calls = (calls + 1) % 251
            return calls
          })
      }
    }
    let differing = try kitProblems(moody)
    #expect(
      differing.contains("chips: bad.copy: its rows are filled differently the second time"), "\(differing)")
  }

  private func kitProblems(_ air: ExtensionAIR) throws -> [String] {
    let table = ExtensionTable(
      "bad", version: "1.0.0", license: "Apache-2.0",
      instructions: [
        .step("bad.copy", .r(.custom2, funct3: 0, funct7: 0), [.readsRS1, .writesRD], air: air) {
          Step.perform($0, $1) { step in step.rd = step.rs1 }
        }
      ])
    var kit = ConformanceKit()
    kit.casesPerInstruction = 1
    kit.attackedRows = 4
    return kit.check(try NativeExtension(linked: "bad", table.pointer)).problems
  }

  // MARK: The example of the documentation

  @Test("The provable instruction of the documentation is this one, in fewer than 80 lines, and it is sound")
  func example() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let source = try String(contentsOf: folder.appending(path: "SaturatingAdd.swift"), encoding: .utf8)
    let page = try String(
      contentsOf: folder.appending(
        path: "../../../Sources/WeftExtensions/WeftExtensions.docc/ProveAnInstruction.md"), encoding: .utf8)
    #expect(page.contains("```swift\n" + source + "```\n"))
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(lines < 80)
    #expect(page.contains("\(lines) lines"))
    var kit = ConformanceKit()
    kit.casesPerInstruction = 5
    #if DEBUG
      kit.attackedRows = 6
    #endif
    let report = kit.check(try NativeExtension(linked: "saturating", saturating.pointer))
    #expect(report.problems == [])
    #expect(report.checks.first { $0.name == "chips" }?.cases == 1)
  }

  @Test(
    "A chip has the same digest linked in and as an object",
    arguments: [SampleExtension.Name.bits, .bulkMemory])
  func digests(_ name: SampleExtension.Name) throws {
    let summaries = try SampleExtension.Form.allCases.map { form in
      var registry = ExtensionRegistry()
      try registry.add(try SampleExtension(name: name, form: form).load())
      return registry.freeze().provableInstructions.map { ChipSummary($0) }
    }
    #expect(summaries[0] == summaries[1])
    #expect(summaries[0].count == (name == .bits ? 6 : 5))
    #expect(Set(summaries[0].map { $0?.digest }).count == summaries[0].count)
    #expect(summaries[0].allSatisfy { $0?.digest.count == 64 && ($0?.degree ?? 9) <= 3 })
  }
}

extension weft_air {
  fileprivate typealias Fill =
    @convention(c) (
      UnsafePointer<weft_air>?, UnsafePointer<weft_air_record>?, UInt32, UInt32, UInt32,
      UnsafeMutablePointer<UInt32>?
    ) -> weft_status
}
