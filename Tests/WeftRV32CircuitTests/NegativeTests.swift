import Testing
import WeftCircuit
import WeftField

@testable import WeftRV32Circuit

/// The negative tests of reference/circuits.md §15 that concern executors: each says what notices the forgery.
@Suite("Negative tests of executors")
struct NegativeTests {
  private func forgery(_ chip: ExecutorUnderTest, _ sample: Sample, row: Int = 0) throws -> Forgery {
    // Three rows of instructions, one of padding.
    let others = chip.samples(false).prefix(2).map(\.executed)
    return Forgery(try chip.trace([sample.executed] + others), row: row)
  }

  private func forgery(
    _ chip: ExecutorUnderTest, row: Int = 0, _ make: (inout SampleMaker) -> Sample
  ) throws -> Forgery {
    var maker = SampleMaker(seed: 40)
    return try forgery(chip, make(&maker), row: row)
  }

  @Test(
    "Addresses beside those of a circuit have no row: below its base, beyond its end, the base forgotten",
    arguments: [0x8000_0000, 0xc000_0000] as [UInt32])
  func besideTheBase(_ address: UInt32) throws {
    let base = try AddressBase(address)
    func require(
      _ label: String, _ chip: ExecutorUnderTest, _ sample: Sample,
      _ forge: (inout Forgery) -> Void = { _ in }
    ) throws {
      var forged = try forgery(chip, sample)
      forge(&forged)
      let findings = try forged.findings()
      #expect(findings.contains(label), "\(chip): \(sample.executed): \(findings)")
    }
    var maker = SampleMaker(seed: 41, base: address)
    let top = BabyBear(address >> 24)
    for offset in [-8, 0, 4] as [Int32] {
      // Right below the base, at address 0, and where the circuit's addresses end.
      for distance in [0 &- 16, 0 &- address, 0x4000_0000] as [UInt32] {
        let jump = maker.jalr(distance &- UInt32(bitPattern: offset), offset: offset, rd: 1)
        try require("the target: bits 16 to 29", .jalr(base), jump)
        try require("carry 1 of the target is a bit", .jalr(base), jump) {
          $0["core.target[1]"] = BabyBear($0["core.target[1]"].canonical & 0x3fff)
        }
      }
      for distance in [0 &- 16, 0 &- address, 0x2000_0000] as [UInt32] {
        let forge: (inout Forgery) -> Void = {
          $0["adapter.address[1]"] = BabyBear($0["adapter.address[1]"].canonical & 0x1fff)
        }
        let word = maker.load(.loadWord, address: distance, offset: offset, word: 5, rd: 3)
        try require("high limb of the address", .loadStore(base), word)
        try require("carry 1 of the address is a bit", .loadStore(base), word, forge)
        let byte = maker.load(.loadByte, address: distance, offset: offset, word: 5, rd: 3)
        try require("high limb of the address", .loadSignExtend(base), byte)
        try require("carry 1 of the address is a bit", .loadSignExtend(base), byte, forge)
      }
    }
    // Links and results without the base; memory for public values, which begin at 0, and the other way around.
    try require("JAL: the link has 30 bits", .jalLui(base), maker.jalOrLui(.jal, immediate: 8, rd: 1)) {
      $0["core.rd[3]"] -= top
    }
    try require("the link: limb 3", .jalr(base), maker.jalr(16, offset: 0, rd: 1)) {
      $0["core.linkHigh[2]"] -= top
    }
    try require("carry 3 is a bit", .auipc(base), maker.auipc(upper: 0)) { $0["core.rd[3]"] -= top }
    for space in [2, 3] as [UInt32] {
      let store = maker.store(.storeWord, address: 8, offset: 4, value: 1, over: 2, space: space)
      for label in ["the instruction", "carry 1 of the address is a bit"] {
        try require(label, .loadStore(base), store) { $0["adapter.space"] = BabyBear(5 - space) }
      }
    }
  }

  @Test("N03 A row of padding that reads a register; any column that is not zero on padding")
  func paddingReads() throws {
    var forged = try forgery(.baseAlu, row: 3) { $0.alu(.add, 1, 2) }
    forged["adapter.rs2Space"] = 1
    forged["adapter.rs2"] = 8
    forged.set("core.c", word: 5)
    let findings = try forged.findings()
    #expect(findings.contains("rs2 is read by an instruction only"))
    #expect(findings.contains("received"))
    for chip in ExecutorUnderTest.all {
      let trace = try chip.trace(chip.samples(false).prefix(3).map(\.executed))
      for column in trace.air.mainColumns {
        var forged = Forgery(trace, row: 3)
        forged[column] = 1
        #expect(try forged.findings() != [], "\(chip.name): \(column)")
      }
    }
  }

  @Test("N04 Immediate limbs that are no bytes, immediates that are not extended by their sign")
  func immediates() throws {
    let honest = try forgery(.baseAlu) { $0.alu(.add, 1000, 0x1ff, immediate: true) }
    #expect(try honest.findings() == [])
    // 0x1ff = 255 + 1·256 = 511 + 0·256: the sum is the same.
    var limbs = honest
    limbs["core.c[0]"] = 511
    limbs["core.c[1]"] = 0
    #expect(try limbs.findings().contains("immediate"))
    var negative = honest
    negative["core.c[0]"] = -1
    negative["core.c[1]"] = 2
    #expect(try negative.findings().contains("immediate"))
    var sign = honest
    sign["core.c[3]"] = 255
    sign.set("core.a", word: 1000 &+ 0xff00_01ff)
    #expect(try sign.findings() == ["the immediate is sign-extended"])
    // Limbs 2 and 3 that agree, but are no sign.
    var middle = try forgery(.baseAlu) { $0.alu(.add, 1000, 0xffff_ffff, immediate: true) }
    middle["core.c[2]"] = 254
    middle["core.c[3]"] = 254
    middle.set("core.a", word: 1000 &+ 0xfefe_ffff)
    #expect(
      try middle.findings() == [
        "the immediate is the second operand", "the sign of the immediate is 0 or 255",
      ])
  }

  @Test("N06 AUIPC: middle limbs of the program counter that are no bytes; a top limb of more than six bits")
  func auipcLimbs() throws {
    let pc: UInt32 = 0x1234_5678
    let honest = try forgery(.auipc) { $0.auipc(upper: 0x00100, pc: pc) }
    #expect(try honest.findings() == [])
    var middle = honest
    middle["core.pcMiddle[0]"] += 256
    middle["core.pcMiddle[1]"] -= 1
    let findings = try middle.findings()
    #expect(findings.contains("limbs of rd, immediate and pc: pair 3"))
    // pc + p is the same element: its top limb has seven bits.
    var top = honest
    let wrapped = pc + BabyBear.order
    top["core.pcMiddle[0]"] = BabyBear(wrapped >> 8 & 255)
    top["core.pcMiddle[1]"] = BabyBear(wrapped >> 16 & 255)
    top.set("core.rd", word: wrapped &+ 0x0010_0000)
    #expect(try top.findings() == ["limbs of rd, immediate and pc: pair 4"])
  }

  @Test("N07 A load or a store that takes the sign of its immediate the other way round")
  func loadStoreSign() throws {
    for (chip, sample) in [
      (.loadStore, { $0.load(.loadWord, address: 0x8000, offset: 0x7f0, word: 9, rd: 3) }),
      (.loadStore, { $0.store(.storeWord, address: 0x8000, offset: 0x7f0, value: 9, over: 8) }),
      (.loadSignExtend, { $0.load(.loadHalf, address: 0x8000, offset: 0x7f0, word: 9, rd: 3) }),
    ] as [(ExecutorUnderTest, (inout SampleMaker) -> Sample)] {
      var forged = try forgery(chip, sample)
      forged["adapter.immediateSign"] = 1
      // rs1 + imm + 0xffff0000 leaves the 29 bits of the address: wrap it as the executor would.
      let high = forged["adapter.address[1]"] + 65535
      forged["adapter.address[1]"] = high.canonical >= 65536 ? high - 65536 : high
      let findings = try forged.findings()
      #expect(findings.contains("the instruction"), "\(findings)")
    }
  }

  @Test("N08 A JALR that takes the sign of its immediate the other way round")
  func jalrSign() throws {
    var forged = try forgery(.jalr) { $0.jalr(0x2_0000, offset: 16, rd: 1) }
    forged["core.immediateSign"] = 1
    forged["core.target[1]"] -= 1
    #expect(try forged.findings() == ["the instruction"])
  }

  @Test("N11 DivRem: a special case on padding, whose count would be −1; counts of all chips are 0 or 1")
  func divisionCounts() throws {
    for special in ["isDivisorZero", "isRemainderZero"] {
      var forged = try forgery(.divRem, row: 3) { $0.alu(.div, 7, 2) }
      forged["core.\(special)"] = 1
      if special == "isDivisorZero" { forged.set("core.q", word: .max) }
      let findings = try forged.findings()
      #expect(findings.contains("special cases only where an instruction is"))
      #expect(findings.contains("count of the difference to the divisor is positive"))
      #expect(findings.contains("padding: core.\(special)"))
    }
    for chip in ExecutorUnderTest.all {
      let findings = SymbolicLint(try chip.description(), options: chip.lint).findings()
      #expect(findings.filter { $0.rule == .count } == [])
    }
  }

  @Test("N12 Loads and stores that write something else than they read")
  func unlinked() throws {
    for (index, sample) in ExecutorUnderTest.loadStoreSamples().enumerated() where index % 23 == 0 {
      for limb in 0..<4 {
        var forged = try forgery(.loadStore, sample)
        forged["core.written[\(limb)]"] += 1
        #expect(try forged.findings() == ["byte \(limb) comes from where the case says"])
      }
    }
    var forged = try forgery(.loadSignExtend) {
      $0.load(.loadByte, address: 0x41, offset: 0, word: 0x8000, rd: 3)
    }
    forged["core.sign"] = 0
    #expect(try forged.findings() == ["the sign is the top bit"])
  }

  @Test("N13 The opcodes of every chip are exactly the registered ones, and no two chips share one")
  func opcodeSets() throws {
    var options = SymbolicLint.Options()
    options.programBus = (number: Bus.program.number, field: 1)
    var all: [CircuitOpcode] = []
    for chip in ExecutorUnderTest.all {
      let air = try chip.description()
      #expect(SymbolicLint(air, options: options).opcodeSet() == Set(chip.opcodes.map(\.rawValue)))
      options.opcodes[chip.name] = Set(chip.opcodes.map { $0.rawValue + 1 })
      #expect(SymbolicLint(air, options: options).findings().map(\.rule) == [.opcodes])
      all += chip.opcodes
    }
    #expect(Set(all).count == all.count)
    let others: Set<CircuitOpcode> = [
      .terminate, .phantom, .environmentCall, .service, .hintStoreWord, .hintBuffer,
      .extensionInstruction,
    ]
    #expect(Set(all).union(others) == Set(CircuitOpcode.allCases))
  }

  @Test("N17 Loads from and stores to address spaces that are none of theirs")
  func spaces() throws {
    for space in [0, 1, 3, 4, 5] as [BabyBear] {
      var maker = SampleMaker()
      var load = maker.load(.loadWord, address: 0x40, offset: 0, word: 1, rd: 3)
      load.executed.instruction.e = space
      #expect(try forgery(.loadStore, load).findings() == ["loads are from memory"])
      var half = maker.load(.loadHalf, address: 0x40, offset: 0, word: 1, rd: 3)
      half.executed.instruction.e = space
      #expect(try forgery(.loadSignExtend, half).findings() == ["loads are from memory"])
      guard space != 3 else { continue }
      var store = maker.store(.storeWord, address: 0x40, offset: 0, value: 1, over: 2)
      store.executed.instruction.e = space
      #expect(try forgery(.loadStore, store).findings() == ["stores are to memory or public values"])
    }
  }

  @Test("N18 A store of a half-word that changes the other half")
  func otherHalf() throws {
    for (address, limbs) in [(0x40, [2, 3]), (0x42, [0, 1])] as [(UInt32, [Int])] {
      for limb in limbs {
        var forged = try forgery(.loadStore) {
          $0.store(.storeHalf, address: address, offset: 0, value: 0x1234_5678, over: 0x9abc_def0)
        }
        forged["core.written[\(limb)]"] = 0x34
        #expect(try forged.findings() == ["byte \(limb) comes from where the case says"])
      }
    }
  }

  @Test("N30 A real row without a selector has no edge of execution, and is not padding")
  func noSelector() throws {
    for chip in ExecutorUnderTest.all {
      let sample = chip.samples(false)[0]
      var forged = try forgery(chip, sample)
      for column in forged.trace.air.mainColumns
      where column.hasPrefix("core.is") && !["core.isTaken", "core.isLess"].contains(column)
        || column.hasPrefix("core.flags")
      {
        forged[column] = 0
      }
      let findings = try forged.findings()
      #expect(findings.contains("padding: state.pc"), "\(chip.name): \(findings)")
      #expect(findings.contains("received"))
    }
    var forged = try forgery(.loadStore) { $0.load(.loadWord, address: 0x40, offset: 0, word: 1, rd: 3) }
    forged["core.flags[0]"] = 0
    #expect(try forged.findings().contains("an instruction has a case"))
  }

  @Test("N37 Products with a carry that is no integer; bits that SLL shifts out; remainders by zero")
  func products() throws {
    for limb in 0..<4 {
      var forged = try forgery(.mul) { $0.alu(.mul, 0xffff_ffff, 0xffff_ffff) }
      forged["core.a[\(limb)]"] = forged["core.a[\(limb)]"] == 255 ? 254 : forged["core.a[\(limb)]"] + 1
      #expect(try forged.findings().contains("the product: carry \(limb)"))
    }
    var shifted = try forgery(.shift) { $0.alu(.sll, 0xffff_ffff, 4) }
    // What leaves the top limb comes back at the bottom.
    shifted["core.a[0]"] += 15
    #expect(try shifted.findings() == ["left by 0 limbs: limb 0"])
    // The top limb keeps what should leave it.
    var kept = try forgery(.shift) { $0.alu(.sll, 0xffff_ffff, 4) }
    kept["core.a[3]"] += 240
    kept["core.carries[3]"] -= 1
    #expect(try kept.findings().contains("left by 0 limbs: limb 3"))
    for opcode in [.remu, .rem, .div, .divu] as [CircuitOpcode] {
      var maker = SampleMaker()
      let sample = maker.alu(opcode, 77, 0)
      for outcome in [(0, 77), (1, 77), (.max, 0), (.max, 76)] as [(UInt32, UInt32)] {
        var forged = try forgery(.divRem, sample)
        forged.cells = cells(
          DivRemChip.row(
            sample.executed, DivRemChip.Outcome(quotient: outcome.0, remainder: outcome.1)))
        #expect(try !forged.findings().isEmpty, "\(opcode) \(outcome)")
      }
    }
  }

  @Test("N38 A JALR to an odd address; a remainder that is not below the divisor; a free result of SLT")
  func freeResults() throws {
    var odd = try forgery(.jalr) { $0.jalr(0x2001, offset: 0, rd: 1) }
    odd["core.lowBit"] = 0
    odd["core.target[0]"] = BabyBear(0x2001).halved
    #expect(try odd.findings() == ["the target: bits 1 to 15"])
    var maker = SampleMaker()
    let division = maker.alu(.divu, 100, 7)
    var remainder = try forgery(.divRem, division)
    remainder.cells = cells(
      DivRemChip.row(division.executed, DivRemChip.Outcome(quotient: 13, remainder: 9)))
    #expect(try remainder.findings() == ["the difference to the divisor is positive"])
    for (x, y) in [(1, 2), (2, 1), (5, 5), (0xffff_ffff, 0)] as [(UInt32, UInt32)] {
      let comparison = maker.alu(.slt, x, y)
      var result = try forgery(.lessThan, comparison)
      result.cells = cells(
        LessThanChip.row(comparison.executed, !LessThanChip.outcome(of: comparison.executed)))
      #expect(
        try result.findings() == [x == y ? "equal words are not less" : "the difference is positive"])
    }
  }

  @Test("N38 Accesses happen at the times of their instruction: from its own on, one after the other")
  func accessTimes() throws {
    for chip in ExecutorUnderTest.all {
      let samples = chip.samples(false)
      let trace = try chip.trace(samples.map(\.executed))
      for (row, sample) in samples.enumerated() {
        let times = try trace.lookups(row: row, bus: .memory).filter { $0.role == .send }.compactMap(
          \.fields.last)
        let start = sample.executed.record.timestamp
        #expect(times == times.sorted() && Set(times).count == times.count)
        #expect(times.allSatisfy { $0 >= start && $0 < start + sample.ticks })
      }
    }
  }

  @Test("N40 One register in all three roles: both operands are its one value")
  func oneRegister() throws {
    let registers = SampleMaker.Registers(rd: 5, rs1: 5, rs2: 5)
    for (chip, opcode) in [(.baseAlu, .add), (.mul, .mul), (.divRem, .divu)]
      as [(ExecutorUnderTest, CircuitOpcode)]
    {
      var maker = SampleMaker()
      let honest = maker.alu(opcode, 21, 21, registers: registers)
      let trace = try chip.trace([honest.executed])
      #expect(try Forgery(trace).findings() == [])
      #expect(try trace.received(row: 0).count == 2, "the state and one block")
      // Another second operand, and the result that follows from it.
      var changed = honest.executed
      changed.record.second = 3
      var forged = Forgery(trace)
      forged.cells = try #require(try chip.trace([changed]).main?.row(0))
      #expect(try forged.findings() == ["received"])
    }
  }
}
