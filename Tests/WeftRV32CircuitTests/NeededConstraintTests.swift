#if !DEBUG
  import Testing
  import WeftCircuit
  import WeftField

  @testable import WeftRV32Circuit

  /// Which constraints of the executors some change of a few cells is rejected by alone.
  ///
  /// Of the others most follow from the rest, each one alone. A gate of padding does where other constraints already
  /// say that a column is what gated columns make of it; that at most one flag is set does where the gates of the flags say
  /// so; an inner carry does where the last one and the bytes do; and so does what the program table says anyhow, such as
  /// the space of a load. Some, of division above all, are needed against changes of more cells. All stay: the reference
  /// has them.
  @Suite("Constraints of executors that are needed")
  struct NeededConstraintTests {
    @Test(
      "Every constraint but the listed ones is needed by the lint or by some change of a few cells",
      arguments: ExecutorUnderTest.all)
    func needed(chip: ExecutorUnderTest) throws {
      var options = SoundnessAudit.Options()
      options.lint = chip.lint
      options.rowLimit = 2048
      options.rowsPerKind = 16
      options.redundancyTrials = 1 << 11
      let tables: [any LookupTable] = [RangeTable(), BitwiseTable()]
      let samples = chip.samples(false)
      let honest = try chip.trace(samples.map(\.executed))
      // Rows of wrong results: with many of them one constraint is all that is wrong.
      var numbers = Numbers(state: 11)
      let wrong = samples.flatMap { sample in
        chip.wrongRows(sample, &numbers).prefix(24).shuffled(using: &numbers).prefix(6)
      }
      let zeros = Array(repeating: BabyBear.zero, count: honest.air.mainColumns.count)
      var forged = honest
      forged.main = try Trace(
        rows: wrong + Array(repeating: zeros, count: Trace.paddedHeight(wrong.count) - wrong.count))
      forged.rowCount = wrong.count
      var open: Set<String>?
      for trace in [honest, forged] {
        let report = try SoundnessAudit(TraceSet([trace]), tables: tables, options: options).audit(trace)
        let labels = Set(report.redundantConstraints.map(Self.label))
        open = open?.intersection(labels) ?? labels
      }
      let unknown = (open ?? []).filter { label in
        Self.known[chip.name]?.contains(label.replacing(/[0-9]+/, with: "#")) != true
      }
      #expect(unknown.isEmpty, "\(unknown.sorted())")
    }

    /// The label without the place in the source.
    private static func label(_ constraint: String) -> String {
      constraint.split(separator: " (WeftRV32Circuit").first.map(String.init) ?? constraint
    }

    /// Labels by chip, with # for numbers.
    static let known: [String: Set<String>] = [
      "BaseAlu": [
        "ADD: carry # is a bit",
        "SUB: borrow # is a bit",
        "at most one flag is set",
        "padding: adapter.rs#",
        "padding: core.c[#]",
        "padding: core.isAdd",
        "padding: core.isAnd",
        "padding: core.isOr",
        "padding: core.isSub",
        "padding: core.isXor",
        "the sign of the immediate is # or #",
      ],
      "LessThan": [
        "at most one flag is set",
        "padding: adapter.rs#",
        "padding: core.b[#]",
        "padding: core.c[#]",
        "padding: core.first.difference",
        "padding: core.first.markers[#]",
        "padding: core.isLess",
        "padding: core.isSlt",
        "padding: core.isSltu",
        "padding: core.tops.x",
        "padding: core.tops.y",
        "the sign of the immediate is # or #",
      ],
      "Shift": [
        "at most one flag is set",
        "bit marker # is a bit",
        "limb marker # is a bit",
        "padding: adapter.rs#",
        "padding: core.c[#]",
        "padding: core.isSll",
        "padding: core.isSra",
        "padding: core.isSrl",
        "padding: core.sign",
        "the sign is a bit",
        "the sign of the immediate is # or #",
      ],
      "BranchEqual": [
        "at most one flag is set",
        "equal words have equal limbs, #",
        "isTaken is a bit",
        "padding: core.inverses[#]",
        "padding: core.isBeq",
        "padding: core.isBne",
      ],
      "BranchLessThan": [
        "at most one flag is set",
        "padding: core.a[#]",
        "padding: core.b[#]",
        "padding: core.first.difference",
        "padding: core.first.markers[#]",
        "padding: core.isBge",
        "padding: core.isBgeu",
        "padding: core.isBlt",
        "padding: core.isBltu",
        "padding: core.isLess",
        "padding: core.tops.x",
        "padding: core.tops.y",
      ],
      "JalLui": [
        "at most one flag is set",
        "padding: core.isJal",
        "padding: core.isLui",
      ],
      "Jalr": [
        "carry # of the target is a bit",
        "the sign of the immediate is a bit",
      ],
      "Auipc": [
        "carry # is a bit"
      ],
      "LoadStore": [
        "an instruction has a case",
        "carry # of the address is a bit",
        "isLoad is that of the case",
        "loads are from memory",
        "only instructions load",
        "only loads into x# write nothing",
        "only loads write nothing",
        "padding: core.flags[#]",
        "padding: core.isLoad",
        "padding: core.written[#]",
        "something is written by an instruction only",
        "stores are to memory or public values",
        "the sign of the immediate is a bit",
        "the sum of the flags is #, # or #",
      ],
      "LoadSignExtend": [
        "at most one flag is set",
        "carry # of the address is a bit",
        "loads are from memory",
        "only loads into x# write nothing",
        "only loads write nothing",
        "padding: core.isEvenByte",
        "padding: core.isHalf",
        "padding: core.isOddByte",
        "something is written by an instruction only",
        "the sign of the immediate is a bit",
      ],
      "MulHigh": [
        "at most one flag is set",
        "padding: core.isMulh",
        "padding: core.isMulhsu",
        "padding: core.isMulhu",
        "the extension of b is # or #",
        "the extension of c is # or #",
      ],
      "DivRem": [
        "DIVU, REMU: the dividend is not negative",
        "DIVU, REMU: the divisor is not negative",
        "a quotient of zero has the sign of signsDiffer or none",
        "a quotient that is not zero has the sign of signsDiffer",
        "at most one flag is set",
        "bSign is a bit",
        "cSign is a bit",
        "isDivisorZero only where an instruction is",
        "limbs above the mark are equal, #",
        "not both of divisor and remainder count as zero",
        "padding: core.bSign",
        "padding: core.cSign",
        "padding: core.c[#]",
        "padding: core.isDiv",
        "padding: core.isDivisorZero",
        "padding: core.isDivu",
        "padding: core.isRem",
        "padding: core.isRemainderZero",
        "padding: core.isRemu",
        "padding: core.qSign",
        "padding: core.r[#]",
        "padding: core.signedRInverses[#]",
        "padding: core.signedR[#]",
        "padding: core.signsDiffer",
        "qSign is a bit",
        "signs differ: limb # of signedR is zero without carry",
        "signs differ: r + signedR = #, carry #",
        "special cases only where an instruction is",
        "the zero divisor: limb #",
        "the zero remainder: limb #",
      ],
    ]
  }
#endif
