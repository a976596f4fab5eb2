import Testing
import Vectors
import WeftMachine
import WeftMemory

@testable import WeftExtensions

@Suite("Vectors")
struct VectorsTests {
  private static func load(_ v: UInt32, _ rs1: UInt32, _ offset: Int32) -> InstructionWord {
    .i(0x5b, 0, v, rs1, offset)
  }

  private static func store(_ v: UInt32, _ rs1: UInt32, _ offset: Int32) -> InstructionWord {
    InstructionWord(InstructionWord.s(1, v, rs1, offset).bits & ~0x7f | 0x5b)
  }

  private static func operation(
    _ funct3: UInt32, _ funct7: UInt32, _ d: UInt32, _ a: UInt32, _ b: UInt32 = 0
  ) -> InstructionWord { .r(0x5b, funct3, funct7, d, a, b) }

  private static func print(_ register: UInt32) -> InstructionWord { .i(0x0b, 3, register, 0, 0x180) }

  private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255) } }

  /// The numbers in the lanes of 32 bytes, and back.
  private static func lanes(_ bytes: ArraySlice<UInt8>, _ width: Int) -> [UInt64] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
      bytes[start..<start + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  private static func bytes(_ lanes: [UInt64], _ width: Int) -> [UInt8] {
    lanes.flatMap { lane in (0..<width).map { UInt8(truncatingIfNeeded: lane >> (8 * UInt64($0))) } }
  }

  // MARK: Lanes

  struct Operation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var funct7: UInt32
    var model: @Sendable (UInt64, UInt64) -> UInt64

    static let all = [
      Operation(testDescription: "add", funct7: 0) { $0 &+ $1 },
      Operation(testDescription: "subtract", funct7: 1) { $0 &- $1 },
      Operation(testDescription: "equal", funct7: 2) { $0 == $1 ? .max : 0 },
      Operation(testDescription: "less", funct7: 3) { $0 < $1 ? .max : 0 },
      Operation(testDescription: "average", funct7: 4) { ($0 + $1) / 2 },
    ]
  }

  @Test("Lanes of 8, 16 and 32 bits", arguments: Operation.all, SampleExtension.Form.allCases)
  func lanes(operation: Operation, form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    for (funct3, width) in [(2, 1), (3, 2), (4, 4)] as [(UInt32, Int)] {
      var data = Self.bytes(64)
      // Some lanes are alike, and some at the ends of their range.
      data.replaceSubrange(40..<48, with: data[8..<16])
      data.replaceSubrange(0..<4, with: [255, 255, 255, 255])
      data.replaceSubrange(36..<40, with: [0, 0, 0, 0])
      let code =
        li(5, Layout.data) + [
          Self.load(30, 5, 0), Self.load(31, 5, 32), Self.operation(funct3, operation.funct7, 0, 30, 31),
          Self.store(0, 5, 64),
          // The destination is an operand; an operand is used twice.
          Self.operation(funct3, operation.funct7, 31, 30, 31), Self.store(31, 5, 96),
          Self.operation(funct3, operation.funct7, 30, 30, 30), Self.store(30, 5, 128), .ebreak,
        ]
      let space = [UInt8](repeating: 0xee, count: 96)
      let state = try runEverywhere(code, data: data + space, extensions: [vectors])
      let (a, b) = (Self.lanes(data[..<32], width), Self.lanes(data[32...], width))
      let expected = Self.bytes(zip(a, b).map(operation.model), width)
      let place = MemoryAddress(.memory, Layout.data + 64)
      #expect(
        state.memory.bytes(at: place, count: 96)
          == expected + expected + Self.bytes(zip(a, a).map(operation.model), width), "\(8 * width) bits")
      #expect(state.trap?.cause == .breakpoint)
    }
  }

  @Test("Bitwise operations", arguments: SampleExtension.Form.allCases)
  func bitwise(form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    let models: [(UInt8, UInt8) -> UInt8] = [{ $0 ^ $1 }, { $0 & $1 }, { $0 | $1 }]
    let data = Self.bytes(64)
    for (funct7, model) in zip(UInt32(0)..., models) {
      let code =
        li(5, Layout.data) + [
          Self.load(1, 5, 0), Self.load(2, 5, 32), Self.operation(5, funct7, 3, 1, 2), Self.store(3, 5, 0),
          .ebreak,
        ]
      let state = try runEverywhere(code, data: data, extensions: [vectors])
      let place = MemoryAddress(.memory, Layout.data)
      #expect(state.memory.bytes(at: place, count: 32) == (0..<32).map { model(data[$0], data[$0 + 32]) })
    }
  }

  @Test(
    "Sums go to x registers, and values from there to all lanes", arguments: SampleExtension.Form.allCases)
  func scalars(form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    let data = Self.bytes(32)
    for (funct3, width) in [(2, 1), (3, 2), (4, 4)] as [(UInt32, Int)] {
      let code =
        li(5, Layout.data) + li(6, 0x8899_aabb) + [
          Self.load(9, 5, 0), Self.operation(funct3, 8, 10, 9), Self.operation(funct3, 8, 0, 9),
          // v0 is a vector like the others, though x0 is none.
          Self.operation(funct3, 9, 0, 6), Self.store(0, 5, 0), .ebreak,
        ]
      let state = try runEverywhere(code, data: data, extensions: [vectors])
      #expect(state.registers[10] == Self.lanes(data[...], width).reduce(UInt32(0)) { $0 &+ UInt32($1) })
      let lane = Self.bytes([0x8899_aabb], width)
      let place = MemoryAddress(.memory, Layout.data)
      #expect(state.memory.bytes(at: place, count: 32) == (0..<32).map { lane[$0 % width] })
    }
  }

  // MARK: Memory

  @Test("Loads and stores at any address; nothing else changes", arguments: SampleExtension.Form.allCases)
  func addresses(form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    let data = Self.bytes(128)
    for (from, to) in [(0, 64), (1, 66), (3, 17), (32, 33)] as [(Int32, Int32)] {
      let code = li(5, Layout.data) + [Self.load(7, 5, from), Self.store(7, 5, to), .ebreak]
      let state = try runEverywhere(code, data: data, extensions: [vectors])
      var expected = data
      expected.replaceSubrange(Int(to)..<Int(to) + 32, with: data[Int(from)..<Int(from) + 32])
      #expect(state.memory.bytes(at: MemoryAddress(.memory, Layout.data), count: 128) == expected)
    }
  }

  @Test("An access that leaves memory traps, and nothing has happened")
  func outside() throws {
    let vectors = try SampleExtension(name: .vectors, form: .linked).load()
    let end = UInt32(Layout.memorySize)
    let addresses: [UInt32] = [end - 31, end - 1, end, .max - 15]
    for address in addresses {
      let code = li(5, address) + li(6, 0x1234) + [Self.operation(4, 9, 1, 6), Self.load(1, 5, 0), .ebreak]
      let state = try runEverywhere(code, extensions: [vectors])
      #expect(state.trap?.cause == .loadAccessFault)
      let other = try runEverywhere(
        li(5, address) + [Self.store(1, 5, 0), .ebreak], extensions: [vectors])
      #expect(other.trap?.cause == .storeAccessFault)
    }
    // The last 32 bytes are inside.
    let code = li(5, end - 32) + [Self.load(1, 5, 0), Self.store(1, 5, 0), .ebreak]
    #expect(try runEverywhere(code, extensions: [vectors]).trap?.cause == .breakpoint)
  }

  @Test("A recorded run logs one access for each vector, and the log accounts for all that changed")
  func log() throws {
    let vectors = try SampleExtension(name: .vectors, form: .linked).load()
    let code =
      li(5, Layout.data) + [
        Self.load(1, 5, 0), Self.operation(4, 0, 2, 1, 1), Self.operation(4, 0, 2, 2, 1), Self.store(2, 5, 1),
        .ebreak,
      ]
    let data = (0..<64).map { UInt8($0) }
    for execution in Execution.all
    where execution.mode == .recorded(.accessLog) || execution.mode == .recorded(.instructionRecords) {
      var machine = try Machine(
        try makeProgram(code, data: data), configuration: .test(execution.engine), extensions: [vectors])
      _ = try machine.run(execution.mode)
      let run = try machine.finalize()
      try run.memory.validate()
      let space = try #require(
        run.memory.configuration.spaces.first { $0.name.contains("vectors") }, "\(execution.testDescription)")
      let doubled = run.memory.image.bytes(at: MemoryAddress(space.id, 64), count: 4)
      #expect(doubled == [0, 3, 6, 9])
      var idle = try Machine(
        try makeProgram(li(5, Layout.data) + [.ebreak]), configuration: .test(execution.engine))
      _ = try idle.run(execution.mode)
      let begin = try idle.finalize().memory.timestamp
      // Load: rs1, 8 words, 1 block; two sums: 3 blocks each; store: rs1, 1 block, 9 words.
      #expect(run.memory.timestamp - begin == 10 + 2 * 3 + 11, "\(execution.testDescription)")
    }
  }

  // MARK: State

  /// Averages of 1 and 2 in all lanes, the second after rounding was set by the call.
  private static let rounding: [InstructionWord] =
    li(5, Layout.data) + li(6, 1) + li(7, 2)
    + [operation(2, 9, 1, 6), operation(2, 9, 2, 7), operation(2, 4, 3, 1, 2), store(3, 5, 0)]
    + call(0x680, 1) + [.sw(10, 5, 64), operation(2, 4, 3, 1, 2), store(3, 5, 32)]
    + call(0x680, 2) + [.sw(10, 5, 68)] + call(0x680, 1) + [.sw(10, 5, 72)] + exit()

  @Test("The call sets how averages are rounded", arguments: SampleExtension.Form.allCases)
  func rounding(form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    let state = try runEverywhere(
      Self.rounding, data: [UInt8](repeating: 0xee, count: 76), extensions: [vectors])
    #expect(state.exit == .halted(code: 0))
    #expect(state.word(Layout.data) == 0x0101_0101)
    #expect(state.word(Layout.data + 32) == 0x0202_0202)
    // What was set before: down; refused; up.
    #expect(state.word(Layout.data + 64) == 0)
    #expect(Int32(bitPattern: state.word(Layout.data + 68)) == -22)
    #expect(state.word(Layout.data + 72) == 1)
  }

  @Test(
    "Snapshots carry vectors and rounding, into other machines too", arguments: SampleExtension.Form.allCases)
  func snapshots(form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    let program = try makeProgram(Self.rounding, data: [UInt8](repeating: 0xee, count: 76))
    for execution in Execution.all {
      let configuration = Machine.Configuration.test(execution.engine)
      var straight = try Machine(program, configuration: configuration, extensions: [vectors])
      _ = try straight.run(execution.mode)
      let expected = FinalState(straight)
      // Before and after every instruction: before rounding is set, and after.
      for count in 1..<expected.instructions {
        var machine = try Machine(program, configuration: configuration, extensions: [vectors])
        try machine.start(execution.mode)
        _ = try machine.step(count)
        let snapshot = try machine.snapshot()
        _ = try machine.resume()
        #expect(FinalState(machine) == expected, "\(execution.testDescription) at \(count)")
        try machine.restore(snapshot)
        _ = try machine.resume()
        #expect(FinalState(machine) == expected, "\(execution.testDescription) back at \(count)")
        if execution.mode == .fast {
          var fork = try Machine(program, configuration: configuration, extensions: [vectors])
          try fork.restore(snapshot)
          _ = try fork.resume()
          #expect(FinalState(fork) == expected, "\(execution.testDescription) forked at \(count)")
        }
      }
    }
  }

  @Test("Two machines have vectors and rounding of their own")
  func instances() throws {
    let vectors = try SampleExtension(name: .vectors, form: .linked).load()
    let program = try makeProgram(Self.rounding, data: [UInt8](repeating: 0xee, count: 76))
    var first = try Machine(program, configuration: .test(.threaded), extensions: [vectors])
    _ = try first.run()
    var second = try Machine(program, configuration: .test(.threaded), extensions: [vectors])
    _ = try second.run()
    #expect(FinalState(second) == FinalState(first))
  }

  @Test(
    "The phantom instruction prints a vector, and changes nothing", arguments: SampleExtension.Form.allCases)
  func printing(form: SampleExtension.Form) throws {
    let vectors = try SampleExtension(name: .vectors, form: form).load()
    let data = (0..<32).map { UInt8($0 * 7) }
    let code = li(5, Layout.data) + li(6, 31) + [Self.load(31, 5, 0), Self.print(6), .ebreak]
    let state = try runEverywhere(code, data: data, extensions: [vectors])
    let line = data.map { hexadecimal(UInt32($0), digits: 2).dropFirst(2) }.joined() + "\n"
    #expect(String(decoding: state.output, as: UTF8.self) == line)

    let wrong = try runEverywhere(li(6, 32) + [Self.print(6), .ebreak], extensions: [vectors])
    #expect(wrong.trap?.cause == .failure(code: 1, message: "vectors.print: there are 32 vectors"))
  }
}
