import CBenchExtension
import Weft

/// Costs of instructions by how they are brought in, measured in one process and interleaved.
struct ExtensionBenchmark {
  /// What an extension's instruction may cost, relative to what it is compared with.
  enum Bar: Equatable {
    case ratio(Double)
    /// Nanoseconds in all.
    case nanoseconds(Double)
    /// Nanoseconds more than the other.
    case difference(Double)
  }

  struct Row {
    let name: String
    /// Name of the row it is compared with.
    let baseline: String?
    let bar: Bar?
    let measure: () throws(CommandError) -> Double
    var samples: [Double] = []

    var nanoseconds: Double { samples.min() ?? 0 }
  }

  private(set) var rows: [Row] = []

  init() throws(CommandError) {
    let native: NativeExtension
    let foreign: ForeignExtension
    do throws(ExtensionLoadError) {
      native = try NativeExtension(linked: "bench", weft_bench_extension())
      foreign = try ForeignExtension(
        ExtensionManifest(decoding: Array(Self.manifest.utf8), path: "bench.json"), path: "bench.json",
        allowForeign: true)
    } catch { throw CommandError(.extension, "\(error)") }
    func r(_ opcode: UInt32, _ funct3: UInt32, _ funct7: UInt32, _ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32)
      -> UInt32
    { funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode }
    func add(
      _ name: String, _ word: UInt32, _ turns: UInt32, baseline: String? = nil, bar: Bar? = nil,
      _ extensions: [any VMExtension] = [], data: [UInt8]? = nil, expecting: @escaping (UInt32) -> UInt32
    ) {
      var loop = InstructionLoop(
        name: name, baseline: baseline, word: word, expected: expecting, extensions: extensions)
      if let data { loop.data = data }
      rows.append(
        Row(name: name, baseline: baseline, bar: bar) { () throws(CommandError) in
          try loop.measure(turns: turns)
        })
    }
    let subtracted: (UInt32) -> UInt32 = { 1 &- 3 &* $0 }
    let loaded: (UInt32) -> UInt32 = { _ in 0x3344 }
    let (many, some, few) = (UInt32(1 << 13), UInt32(1 << 11), UInt32(1 << 6))
    add("sub: built-in", r(0x33, 0, 0x20, 7, 7, 6), many, expecting: subtracted)
    add(
      "sub: full handler", r(0x2b, 0, 0, 7, 7, 6), many, baseline: "sub: built-in", bar: .ratio(1.2),
      [native],
      expecting: subtracted)
    add(
      "sub: step function", r(0x2b, 0, 1, 7, 7, 6), some, baseline: "sub: built-in", bar: .nanoseconds(4),
      [native], expecting: subtracted)
    add(
      "sub: Swift service", r(0x7b, 0, 0, 7, 7, 6), few, baseline: "sub: built-in", [ServiceExample()],
      expecting: subtracted)
    add("lhu: built-in", r(0x03, 5, 0, 7, 5, 0), many, expecting: loaded)
    add(
      "lhu: full handler", r(0x2b, 1, 0, 7, 5, 0), many, baseline: "lhu: built-in", bar: .ratio(1.2),
      [native],
      expecting: loaded)
    add(
      "lhu: step function", r(0x2b, 2, 0, 7, 5, 0), some, baseline: "lhu: built-in", bar: .nanoseconds(4),
      [native],
      expecting: loaded)
    for (name, opcode, bar) in [
      ("EVM add: built-in", UInt8(0x01), Bar?.none), ("EVM add: step function", 0x0c, .difference(50)),
    ] {
      let loop = EVMInstructionLoop(name: name, opcode: opcode, extensions: [native])
      let baseline = bar == nil ? nil : "EVM add: built-in"
      rows.append(
        Row(name: name, baseline: baseline, bar: bar) { () throws(CommandError) in
          try loop.measure(calls: bar == nil ? 32 : 4)
        })
    }
    rows.append(
      Row(name: "ffs: C function", baseline: nil, bar: nil) { () throws(CommandError) in
        try BareCalls.pointer(count: 1 << 20)
      })
    add(
      "ffs: manifest, direct", r(0x5b, 0, 0, 7, 5, 0), few * 4, baseline: "ffs: C function",
      bar: .difference(10), [foreign], expecting: { _ in 21 })
    rows.append(
      Row(name: "fmaxf: ffi_call", baseline: nil, bar: nil) { () throws(CommandError) in
        try BareCalls.libffi(count: 1 << 18)
      })
    add(
      "fmaxf: manifest, libffi", r(0x5b, 1, 0, 7, 5, 6), few * 4, baseline: "fmaxf: ffi_call",
      bar: .ratio(2), [foreign], expecting: { _ in InstructionLoop.data })
    let contract = ContractExample()
    add(
      "weft.evm.call: STOP", r(0x0b, 4, 0, 7, 5, 0), few, bar: .nanoseconds(1000), [contract.extension],
      data: contract.request, expecting: { _ in 0 })
  }

  private static let manifest = """
    {
      "abi": 1, "name": "bench-foreign", "version": "1.0.0",
      "instructions": [
        { "name": "ffs", "library": { "system": "libc.so.6" }, "symbol": "ffs",
          "encoding": { "major": "custom-2", "funct3": 0, "funct7": 0 },
          "arguments": [ { "value": "rs1", "as": "i32" } ], "returns": { "register": "rd", "as": "i32" } },
        { "name": "fmaxf", "library": { "system": "libm.so.6" }, "symbol": "fmaxf",
          "encoding": { "major": "custom-2", "funct3": 1, "funct7": 0 },
          "arguments": [ { "value": "rs1", "as": "f32" }, { "value": "rs2", "as": "f32" } ],
          "returns": { "register": "rd", "as": "f32" } }
      ]
    }
    """

  /// One sample of every row, forwards or backwards.
  mutating func measureRound(_ round: Int) throws(CommandError) {
    let order = round % 2 == 0 ? Array(rows.indices) : rows.indices.reversed()
    for index in order { rows[index].samples.append(try rows[index].measure()) }
  }

  func row(named name: String) -> Row? { rows.first { $0.name == name } }
}

/// A contract of one STOP, and the request that calls it: what crossing into the EVM and back costs. x7 is the status.
private struct ContractExample {
  private let address = Address(word: UInt256(0xc0de))

  var `extension`: EVMCallsExtension {
    EVMCallsExtension(state: InMemoryState([address: InMemoryState.Entry(code: [0])]))
  }

  /// `weft_evm_request`, followed by the address that it calls.
  var request: [UInt8] {
    let (size, kind, gas, target) = (UInt32(64), UInt32(0), UInt32(1000), InstructionLoop.data + 64)
    let words = [size, kind, gas, 0, target] + [UInt32](repeating: 0, count: 11)
    return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      + address.bytes
  }
}

/// `sub` as a Swift closure: what the simplest form of extension costs.
private struct ServiceExample: VMExtension {
  let name = "bench-service"
  let version = "1.0.0"

  private struct Subtract: InstructionExecutor {
    let mnemonic = "bench.service-sub"
    let encoding = InstructionEncoding.rv32R(opcode: 0x7b, funct3: 0, funct7: 0)

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      .service(RV32Operands(rType: word)) { guest, operands throws(Trap) in
        let (a, b) = (try guest.register(operands.rs1), try guest.register(operands.rs2))
        try guest.setRegister(operands.rd, to: a &- b)
      }
    }
  }

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(Subtract())
  }
}
