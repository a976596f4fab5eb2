import WeftField
import WeftRV32
import WeftRV32Circuit

/// An access to a block of four bytes.
struct SampleAccess {
  var space: UInt32
  var pointer: UInt32
  var before: [UInt32]
  var after: [UInt32]
  var previousTime: UInt32
  var time: UInt32
}

/// An instruction as it is recorded, and what it does by the model.
struct Sample {
  var executed: ExecutedInstruction
  var accesses: [SampleAccess]
  var nextPC: UInt32
  var ticks: UInt32

  var opcode: CircuitOpcode { executed.instruction.opcode }
  /// The values of the two operands.
  var x: UInt32 { executed.record.first }
  var y: UInt32 { executed.record.second }
}

/// Makes instructions with their records: times of accesses are those of a run, values are the caller's.
struct SampleMaker {
  private var numbers: Numbers
  private var time: UInt32 = 1
  private var pc: UInt32 = 0x1000
  /// Times of last accesses by space and pointer.
  private var times: [UInt64: UInt32] = [:]

  /// Where the circuit's addresses begin: code and memory lie that much higher than is said.
  private let base: UInt32

  init(seed: UInt64 = 1, base: UInt32 = 0) {
    numbers = Numbers(state: seed)
    self.base = base
  }

  /// Registers of an instruction.
  struct Registers {
    var rd: UInt32
    var rs1: UInt32
    var rs2: UInt32
  }

  private mutating func registers() -> Registers {
    Registers(rd: 1 + numbers.below(31), rs1: 1 + numbers.below(31), rs2: 1 + numbers.below(31))
  }

  /// Makes the time of the next instruction so late that its last access is the last one of all.
  mutating func skipToLastTime() { time = (1 << 29) - 4 }

  private mutating func begin(pc asked: UInt32?) -> (pc: UInt32, time: UInt32) {
    pc += 4
    return (asked ?? pc, time)
  }

  private mutating func finish(_ made: Sample) -> Sample {
    var sample = made
    sample.executed.record.programCounter &+= base
    sample.executed.addressBase = base
    time = min(time + sample.ticks + numbers.below(5) * numbers.below(1000), (1 << 29) - 4)
    return sample
  }

  private mutating func access(
    _ space: UInt32, _ pointer: UInt32, _ before: [UInt32], _ after: [UInt32]? = nil, at time: UInt32
  ) -> SampleAccess {
    let key = UInt64(space) << 32 | UInt64(pointer)
    let previous = times[key] ?? 0
    times[key] = time
    return SampleAccess(
      space: space, pointer: pointer, before: before, after: after ?? before, previousTime: previous,
      time: time)
  }

  private static func record(
    _ pc: UInt32, _ time: UInt32, first: SampleAccess? = nil, second: SampleAccess? = nil,
    third: SampleAccess? = nil
  ) -> InstructionRecord {
    func value(_ access: SampleAccess?) -> UInt32 {
      (access?.before ?? []).reversed().reduce(0) { $0 << 8 | $1 }
    }
    return InstructionRecord(
      programCounter: pc, timestamp: time, first: value(first), firstTime: first?.previousTime ?? 0,
      second: value(second), secondTime: second?.previousTime ?? 0, previous: value(third),
      thirdTime: third?.previousTime ?? 0)
  }

  // MARK: Classes of instructions

  /// ALU, shift and comparison; with `immediate` y is the immediate: 17 bits, sign-extended.
  mutating func alu(
    _ opcode: CircuitOpcode, _ x: UInt32, _ y: UInt32, immediate: Bool = false, registers: Registers? = nil
  ) -> Sample {
    let regs = registers ?? self.registers()
    let (pc, time) = begin(pc: nil)
    let first = access(1, 4 * regs.rs1, RV32Model.bytes(x), at: time)
    let second = immediate ? nil : access(1, 4 * regs.rs2, RV32Model.bytes(y), at: time + 1)
    let result = RV32Model.bytes(RV32Model.result(opcode, x, y))
    let old = regs.rd == regs.rs1 ? x : regs.rd == regs.rs2 && !immediate ? y : numbers.word()
    let third = access(1, 4 * regs.rd, RV32Model.bytes(old), result, at: time + 2)
    let isMultiplication = opcode.rawValue >= CircuitOpcode.mul.rawValue
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, first: first, second: second, third: third),
          instruction: CircuitInstruction(
            opcode, a: BabyBear(4 * regs.rd), b: BabyBear(4 * regs.rs1),
            c: BabyBear(immediate ? y & 0xff_ffff : 4 * regs.rs2), d: 1,
            e: BabyBear(!immediate && !isMultiplication))),
        accesses: [first, second, third].compactMap(\.self), nextPC: pc + 4, ticks: 3))
  }

  mutating func branch(
    _ opcode: CircuitOpcode, _ x: UInt32, _ y: UInt32, offset: Int32, registers: Registers? = nil
  ) -> Sample {
    let regs = registers ?? self.registers()
    let (pc, time) = begin(pc: nil)
    let first = access(1, 4 * regs.rs1, RV32Model.bytes(x), at: time)
    let second = access(1, 4 * regs.rs2, RV32Model.bytes(y), at: time + 1)
    let taken = RV32Model.isTaken(opcode, x, y)
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, first: first, second: second),
          instruction: CircuitInstruction(
            opcode, a: BabyBear(4 * regs.rs1), b: BabyBear(4 * regs.rs2), c: BabyBear(Int(offset)), d: 1,
            e: 1)),
        accesses: [first, second], nextPC: taken ? UInt32(Int64(pc) + Int64(offset)) : pc + 4, ticks: 2))
  }

  /// JAL by `immediate` bytes, or LUI of the upper 20 bits; rd = 0: nothing is written.
  mutating func jalOrLui(_ opcode: CircuitOpcode, immediate: Int32, rd: UInt32, pc asked: UInt32? = nil)
    -> Sample
  {
    let (pc, time) = begin(pc: asked)
    let isJump = opcode == .jal
    let result = isJump ? base + pc + 4 : UInt32(immediate) * 4096
    let write =
      rd == 0
      ? nil : access(1, 4 * rd, RV32Model.bytes(numbers.word()), RV32Model.bytes(result), at: time)
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, third: write),
          instruction: CircuitInstruction(
            opcode, a: BabyBear(4 * rd), c: BabyBear(Int(immediate)), d: 1, f: BabyBear(rd != 0))),
        accesses: [write].compactMap(\.self),
        nextPC: isJump ? UInt32(Int64(pc) + Int64(immediate)) : pc + 4, ticks: 1))
  }

  mutating func jalr(
    _ distance: UInt32, offset: Int32, rd: UInt32, rs1: UInt32? = nil, pc asked: UInt32? = nil
  ) -> Sample {
    let rs1 = rs1 ?? 1 + numbers.below(31)
    let x = base &+ distance
    let (pc, time) = begin(pc: asked)
    let first = access(1, 4 * rs1, RV32Model.bytes(x), at: time)
    let old = rd == rs1 ? x : numbers.word()
    let write =
      rd == 0
      ? nil : access(1, 4 * rd, RV32Model.bytes(old), RV32Model.bytes(base + pc + 4), at: time + 1)
    let target = UInt32((Int64(distance) + Int64(offset) + 0x1_0000_0000) % 0x1_0000_0000) / 2 * 2
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, first: first, third: write),
          instruction: CircuitInstruction(
            .jalr, a: BabyBear(4 * rd), b: BabyBear(4 * rs1),
            c: BabyBear(UInt32(bitPattern: offset) & 0xffff),
            d: 1, f: BabyBear(rd != 0), g: BabyBear(offset < 0))),
        accesses: [first, write].compactMap(\.self), nextPC: target, ticks: 2))
  }

  /// AUIPC with the upper 20 bits.
  mutating func auipc(upper: UInt32, pc asked: UInt32? = nil) -> Sample {
    let rd = 1 + numbers.below(31)
    let (pc, time) = begin(pc: asked)
    let result = UInt32((UInt64(base) + UInt64(pc) + UInt64(upper) * 4096) % 0x1_0000_0000)
    let write = access(1, 4 * rd, RV32Model.bytes(numbers.word()), RV32Model.bytes(result), at: time)
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, third: write),
          instruction: CircuitInstruction(.auipc, a: BabyBear(4 * rd), c: BabyBear(upper * 16), d: 1)),
        accesses: [write], nextPC: pc + 4, ticks: 1))
  }

  /// A load of `address` = x + offset from a block that holds `word`; rd = 0: nothing is written.
  mutating func load(
    _ opcode: CircuitOpcode, address: UInt32, offset: Int32, word: UInt32, rd: UInt32, rs1: UInt32? = nil
  ) -> Sample {
    let rs1 = rs1 ?? 1 + numbers.below(31)
    let (pc, time) = begin(pc: nil)
    let x = base &+ UInt32(truncatingIfNeeded: Int64(address) - Int64(offset))
    let first = access(1, 4 * rs1, RV32Model.bytes(x), at: time)
    let second = access(2, address / 4 * 4, RV32Model.bytes(word), at: time + 1)
    let result = RV32Model.loaded(opcode, RV32Model.bytes(word), offset: Int(address % 4))
    let old = rd == rs1 ? x : numbers.word()
    let third =
      rd == 0
      ? nil : access(1, 4 * rd, RV32Model.bytes(old), RV32Model.bytes(result), at: time + 2)
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, first: first, second: second, third: third),
          instruction: Self.memoryInstruction(
            opcode, register: rd, base: rs1, offset: offset, space: 2, writes: rd != 0)),
        accesses: [first, second, third].compactMap(\.self), nextPC: pc + 4, ticks: 3))
  }

  /// A store of `value` to `address` = x + offset in a block that holds `word`.
  mutating func store(
    _ opcode: CircuitOpcode, address: UInt32, offset: Int32, value: UInt32, over word: UInt32,
    space: UInt32 = 2, rs1: UInt32? = nil, rs2: UInt32? = nil
  ) -> Sample {
    let (rs1, rs2) = (rs1 ?? 1 + numbers.below(15), rs2 ?? 16 + numbers.below(16))
    let (pc, time) = begin(pc: nil)
    let x = (space == 2 ? base : 0) &+ UInt32(truncatingIfNeeded: Int64(address) - Int64(offset))
    let first = access(1, 4 * rs1, RV32Model.bytes(x), at: time)
    let second = access(1, 4 * rs2, RV32Model.bytes(rs1 == rs2 ? x : value), at: time + 1)
    let after = RV32Model.stored(
      opcode, second.before, over: RV32Model.bytes(word), offset: Int(address % 4))
    let third = access(space, address / 4 * 4, RV32Model.bytes(word), after, at: time + 2)
    return finish(
      Sample(
        executed: ExecutedInstruction(
          record: Self.record(pc, time, first: first, second: second, third: third),
          instruction: Self.memoryInstruction(
            opcode, register: rs2, base: rs1, offset: offset, space: space, writes: true)),
        accesses: [first, second, third], nextPC: pc + 4, ticks: 3))
  }

  private static func memoryInstruction(
    _ opcode: CircuitOpcode, register: UInt32, base: UInt32, offset: Int32, space: UInt32, writes: Bool
  ) -> CircuitInstruction {
    CircuitInstruction(
      opcode, a: BabyBear(4 * register), b: BabyBear(4 * base),
      c: BabyBear(UInt32(bitPattern: offset) & 0xffff), d: 1, e: BabyBear(space), f: BabyBear(writes),
      g: BabyBear(offset < 0))
  }
}

extension Sample {
  /// The instruction with something wrong in its record or its operands: what an executor might mix up.
  func wrongRecords(_ opcodes: [CircuitOpcode], _ numbers: inout Numbers) -> [ExecutedInstruction] {
    var wrong: [ExecutedInstruction] = []
    func change(_ body: (inout ExecutedInstruction) -> Void) {
      var changed = executed
      body(&changed)
      wrong.append(changed)
    }
    let bit = UInt32(1) << numbers.below(32)
    change { swap(&$0.record.first, &$0.record.second) }
    change { swap(&$0.record.firstTime, &$0.record.secondTime) }
    for path in [
      \InstructionRecord.first, \.second, \.previous, \.firstTime, \.secondTime, \.thirdTime,
      \.programCounter, \.timestamp,
    ] {
      change { $0.record[keyPath: path] &+= 1 }
      change { $0.record[keyPath: path] &-= 1 }
      change { $0.record[keyPath: path] ^= bit }
    }
    for path in [\CircuitInstruction.a, \.b, \.c] {
      change { $0.instruction[keyPath: path] += 4 }
      change { $0.instruction[keyPath: path] -= 1 }
      change { $0.instruction[keyPath: path] = .zero }
    }
    for path in [\CircuitInstruction.e, \.f, \.g] {
      change { $0.instruction[keyPath: path] = 1 - $0.instruction[keyPath: path] }
    }
    for opcode in opcodes where opcode != self.opcode { change { $0.instruction.opcode = opcode } }
    return wrong
  }
}
