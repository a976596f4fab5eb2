import Testing
import WeftCircuit
import WeftField
import WeftMemory
import WeftMemoryCircuit

@testable import WeftRV32Circuit

@Suite("Chips of the system under attack")
struct SystemChipTests {
  private static func options(_ advice: [String] = []) -> SoundnessAudit.Options {
    var options = SoundnessAudit.Options()
    options.rowsPerKind = 3
    options.advice = advice
    options.lint.timeBus = (Bus.execution.number, 1)
    options.lint.timeExemptions =
      Set(
        ["Connector", "Service", "HostIdle", "HostAccess(1)", "HostAccess(contexts)"]
          + Samples.spaces.map { "HostAccess(\($0.id.rawValue))" })
    options.lint.programBus = (Bus.program.number, 1)
    return options
  }

  @Test("the connector", arguments: Samples.connectors)
  func connector(_ record: ConnectorRecord) throws {
    try SoundnessAudit.assertSound(chip: ConnectorChip(), records: record, options: Self.options())
  }

  @Test("phantoms")
  func phantom() throws {
    try SoundnessAudit.assertSound(chip: PhantomChip(), records: Samples.phantoms, options: Self.options())
  }

  @Test("hints: single words and buffers")
  func hintStore() throws {
    let report = try SoundnessAudit.assertSound(
      chip: HintStoreChip(), records: Samples.hints, options: Self.options(HintStoreChip.advice))
    #expect(report.mutationCount > 3000)
  }

  @Test("hints in a memory that begins elsewhere", arguments: [0x8000_0000, 0xc000_0000] as [UInt32])
  func basedHintStore(_ address: UInt32) throws {
    var records = Samples.hints(buffers: [3], singles: 1)
    for index in records.instructions.indices { records.instructions[index].pointer += address }
    try SoundnessAudit.assertSound(
      chip: HintStoreChip(addressBase: try AddressBase(address)), records: records,
      options: Self.options(HintStoreChip.advice))
  }

  @Test("hints whose last row is the last row of the trace")
  func fullHintStore() throws {
    try SoundnessAudit.assertSound(
      chip: HintStoreChip(), records: Samples.hints(buffers: [3, 1], singles: 0),
      options: Self.options(HintStoreChip.advice))
  }

  @Test("the boundary of public values", arguments: [1, 2, 8])
  func publicValues(_ words: Int) throws {
    var numbers = Numbers(state: 1)
    let records = PublicValuesRecords(
      (0..<words).map { ($0 % 3 == 1 ? 0 : numbers.word(), UInt32(7 * $0)) })
    try SoundnessAudit.assertSound(
      chip: try PublicValuesBoundaryChip(wordCount: words), records: records, options: Self.options())
  }

  @Test("environment calls")
  func environmentCall() throws {
    let report = try SoundnessAudit.assertSound(
      chip: EnvironmentCallChip(), records: Samples.calls,
      options: Self.options(EnvironmentCallChip.advice))
    #expect(report.mutationCount > 3000)
  }

  @Test("services")
  func service() throws {
    try SoundnessAudit.assertSound(
      chip: ServiceChip(), records: Samples.services, options: Self.options(ServiceChip.advice))
  }

  @Test("traps")
  func trap() throws {
    let records = (UInt32(0)..<5).map {
      TrapRecord(pc: 0x100 + 4 * $0, timestamp: 9 + 100 * $0, nextPC: $0 % 2 == 0 ? 0x40 : 0x2000 + $0)
    }
    try SoundnessAudit.assertSound(
      chip: TrapChip(), records: records, options: Self.options(TrapChip.advice))
  }

  @Test("idle ticks of the host")
  func idle() throws {
    try SoundnessAudit.assertSound(
      chip: HostIdleChip(), records: Samples.steps, options: Self.options(HostIdleChip.advice))
  }

  @Test("accesses of the host to registers")
  func registers() throws {
    try SoundnessAudit.assertSound(
      chip: HostRegisterChip(), records: Samples.accesses(.registers),
      options: Self.options(HostRegisterChip.advice))
  }

  @Test("accesses of the host to other spaces", arguments: Samples.spaces)
  func accesses(_ space: AddressSpace) throws {
    let records = Samples.accesses(space)
    func attack<let size: Int>(_ chip: HostAccessChip<size>) throws {
      try SoundnessAudit.assertSound(
        chip: chip, records: records, options: Self.options(HostAccessChip<size>.advice))
    }
    switch space.blockSize {
    case 1: try attack(HostAccessChip<1>(space))
    case 4: try attack(HostAccessChip<4>(space))
    default: try attack(HostAccessChip<32>(space))
    }
  }

  @Test("accesses of the host to the memories of EVM contexts")
  func contexts() throws {
    try SoundnessAudit.assertSound(
      chip: HostContextAccessChip(), records: Samples.accesses(HostContextAccessChip.pattern),
      options: Self.options(HostContextAccessChip.advice))
  }

  @Test("opcodes of the chips are those of the table, each in one chip")
  func opcodes() throws {
    let airs = [
      try PhantomChip().description(), try HintStoreChip().description(),
      try EnvironmentCallChip().description(), try ServiceChip().description(),
    ]
    let expected = [
      PhantomChip.opcodes, HintStoreChip.opcodes, EnvironmentCallChip.opcodes, ServiceChip.opcodes,
    ]
    for (air, opcodes) in zip(airs, expected) {
      let found = SymbolicLint(air, options: Self.options().lint).opcodeSet()
      #expect(found == Set(opcodes.map(\.rawValue)))
    }
  }

  @Test("no chip is wider than the reference's")
  func widths() throws {
    #expect(try ConnectorChip().description().mainColumns.count == 5)
    #expect(try PhantomChip().description().mainColumns.count == 6)
    #expect(try HintStoreChip().description().mainColumns.count == 29)
    #expect(try PublicValuesBoundaryChip(wordCount: 8).description().mainColumns.count == 5)
  }
}

/// Honest records of the system's chips.
enum Samples {
  static let connectors = [
    ConnectorRecord(
      initialPC: 0x1000, finalPC: 0x1234, finalTimestamp: (1 << 28) + 77, end: .terminated(code: 7)),
    ConnectorRecord(
      initialPC: 0x1000, finalPC: 0x3ffc_0000, finalTimestamp: 5, end: .called(code: 0xfedc_ba98)),
    ConnectorRecord(initialPC: 0, finalPC: 0x1000, finalTimestamp: 131_072, end: .stopped),
  ]

  static var phantoms: ExecutorRecords {
    ExecutorRecords(
      (0..<5).map { index in
        ExecutedInstruction(
          record: .init(programCounter: 0x1000 + 8 * UInt32(index), timestamp: 5 + 11 * UInt32(index)),
          instruction: index == 2
            ? .nop : CircuitInstruction(.phantom, a: BabyBear(4 * index), b: 8, c: BabyBear(0x20 + index)))
      })
  }

  static var hints: HintStoreRecords { hints(buffers: [3, 1, 2, 300], singles: 1) }

  static func hints(buffers: [Int], singles: Int) -> HintStoreRecords {
    var numbers = Numbers(state: 3)
    func number(_ bound: UInt32) -> UInt32 { numbers.word() % bound }
    var records = HintStoreRecords()
    var time: UInt32 = 1 << 18
    for (index, count) in (buffers + Array(repeating: 1, count: singles)).enumerated() {
      let isBuffer = index < buffers.count
      records.instructions.append(
        .init(
          pc: 0x1000 + 4 * UInt32(index), timestamp: time,
          instruction: isBuffer
            ? CircuitInstruction(.hintBuffer, a: 44, b: 40, d: .one, e: .two)
            : CircuitInstruction(.hintStoreWord, b: 40, d: .one, e: .two),
          pointer: 4 * number(1 << 26), pointerTime: number(time), wordsTime: isBuffer ? number(time) : 0,
          firstWord: records.words.count))
      for _ in 0..<count {
        records.words.append(.init(data: number(.max), previous: number(.max), previousTime: number(time)))
        time += 3
      }
    }
    return records
  }

  static var calls: [EnvironmentCallRecord] {
    var numbers = Numbers(state: 4)
    func register(_ value: UInt32? = nil) -> EnvironmentCallRecord.Register {
      .init(
        value: value ?? numbers.word(),
        previousTime: numbers.word() % 100_000)
    }
    let kinds: [(number: UInt32, second: UInt32?, continues: Bool)] = [
      (64, nil, false), (63, nil, true), (0x610, 5, false), (0x609, 9, true), (93, nil, false),
      (94, nil, false), (93 + 256, nil, false), (93 + 65536, nil, true), (0xffff_ff5d, nil, false),
      (0, nil, false),
    ]
    var records: [EnvironmentCallRecord] = []
    for (index, kind) in kinds.enumerated() {
      let offset = UInt32(index)
      var record = EnvironmentCallRecord(
        pc: 0x1000 + 4 * offset, timestamp: 150_000 + 10 * offset, number: register(kind.number),
        a0: register(), a1: register(), a2: register(), result: numbers.word(), second: kind.second,
        continues: kind.continues)
      if record.isExit { record.result = record.a0.value }
      records.append(record)
    }
    return records
  }

  static var services: [ServiceRecord] {
    (UInt32(0)..<6).map { (index: UInt32) -> ServiceRecord in
      let pc = 0x2000 + 4 * index
      let mayJump = index % 2 == 1
      return ServiceRecord(
        pc: pc, timestamp: 9 + index, instruction: .service(word: 0xc000_2573, mayJump: mayJump),
        nextPC: mayJump ? 0x3000 : pc + 4, continues: index > 2)
    }
  }

  static var steps: [HostStep] {
    (UInt32(0)..<5).map { (index: UInt32) -> HostStep in
      HostStep(
        nextPC: 0x1000 + 4 * index, timestamp: 30 + index, mayUseRegisters: index % 2 == 0,
        isLast: index > 2)
    }
  }

  static let spaces: [AddressSpace] = [
    AddressSpace(.memory, name: "memory", cellCount: 1 << 20),
    AddressSpace(.publicValues, name: "publicValues", cellCount: 128),
    AddressSpace(AddressSpaceID(9), name: "bytes", blockSize: 1, cellCount: 256),
    AddressSpace(AddressSpaceID(10), name: "field", kind: .native, blockSize: 4, cellCount: 256),
    AddressSpace(AddressSpaceID(11), name: "vectors", blockSize: 32, cellCount: 1024),
  ]

  static func accesses(_ space: AddressSpace) -> HostAccessRecords {
    var numbers = Numbers(state: 5)
    var records = HostAccessRecords(space)
    let isNative = space.kind == .native
    func block() -> [UInt8] {
      (0..<space.blockSize).flatMap { _ -> [UInt8] in
        let value = numbers.word() % BabyBear.order
        return isNative ? withUnsafeBytes(of: value.littleEndian, Array.init) : [UInt8(value & 255)]
      }
    }
    for index in 0..<5 {
      let pointer = UInt32(index * space.blockSize)
      let isZero = space.id == .registers && index == 0
      let previous = isZero ? [0, 0, 0, 0] : block()
      let data = isZero || index == 3 ? previous : block()
      data.withUnsafeBytes { data in
        previous.withUnsafeBytes { previous in
          records.append(
            .init(
              step: HostStep(
                nextPC: 0x1004, timestamp: 200_000 + UInt32(index), mayUseRegisters: true, isLast: index > 2),
              pointer: pointer, previousTime: UInt32(index) * 50_000,
              space: AddressSpaceID(space.id.rawValue + (space.id.isContext ? UInt32(13_107 * index) : 0))),
            data: data, previous: previous)
        }
      }
    }
    return records
  }
}
