import Testing
import WeftCircuit
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Traces of guests", .serialized)
struct GuestTests {
  /// Guests that end by themselves after few instructions.
  static let smallGuests = [
    "hello/hello", "hello-c/hello-c", "reveal/reveal", "reveal-custom/reveal-custom",
    "reveal-swift/reveal-swift",
  ]
  /// Guests of which the first instructions are traced.
  static let largeGuests = [
    "textstats/textstats", "sieve/sieve", "quicksort/quicksort", "matmul/matmul", "coremix/coremix",
    "fib/fib", "memory/memory", "branches/branches", "sha256/sha256", "keccak/keccak", "loops/alu/alu",
    "loops/mem/mem", "loops/loads/loads", "bits/bits-software", "vectors/vectors-software",
    "bulkmemory/bulkmemory-software", "digest/digest-software",
    "extensions-swift/extensions-swift-software",
  ]
  #if DEBUG
    static let limit: UInt64 = 1000
    /// Every third of the large guests.
    static let tracedGuests = stride(from: 0, to: largeGuests.count, by: 3).map { largeGuests[$0] }
  #else
    static let limit: UInt64 = 300_000
    static let tracedGuests = largeGuests
  #endif

  @Test("Small guests, whole: balanced, constrained but for their calls", arguments: smallGuests)
  func small(_ name: String) throws {
    let program = try Guests.program(name)
    let (made, circuit, outcome) = try RecordedRun(input: [Array("7".utf8)]).checked(program)
    guard case .halted(let code) = outcome.exit else {
      Issue.record("\(name): \(outcome.exit)")
      return
    }
    #expect(
      made.connector.end
        == (made.traces["EnvironmentCall"] == nil ? .terminated(code: code) : .called(code: code)))
    #expect(made.unconstrained.allSatisfy { $0.instruction.hasPrefix("ecall ") })
    #expect(made.instructionCount == Int(outcome.instructions))
    requireNoAdapters(made)
    // Bytes of public values are in the public values of their boundary.
    let published = try #require(made.traces["PublicValuesBoundary"]).publicValues.map(\.canonical)
    #expect(published == outcome.publicValues.map(UInt32.init))
    #expect(circuit.publicValues?.wordCount == 32)
  }

  @Test("Large guests, their beginning: balanced, constrained but for their calls", arguments: tracedGuests)
  func large(_ name: String) throws {
    let program = try Guests.program(name)
    let (made, _, outcome) = try RecordedRun(instructions: Self.limit).checked(program)
    #expect(made.instructionCount == Int(outcome.instructions))
    #expect(made.unconstrained.allSatisfy { $0.instruction.hasPrefix("ecall ") })
    if outcome.exit == .limit(.instructions(Self.limit)) {
      #expect(made.connector.end == .stopped)
      #expect(try #require(made.traces["Connector"]).publicValues[2] == 0)
      #expect(made.openness.contains("the program has not ended"))
    }
    requireNoAdapters(made)
  }

  private func requireNoAdapters(_ made: RV32Traces) {
    for trace in made.traces.airs { #expect(!trace.air.name.hasPrefix("AccessAdapter"), "\(trace.air.name)") }
  }

  @Test(
    "Guests of extensions: balanced; instructions without a chip are named", arguments: ExtensionGuest.all)
  func extensions(_ guest: ExtensionGuest) throws {
    var run = RecordedRun(instructions: guest.limit ?? 4 * Self.limit)
    run.extensions = try guest.extensions()
    let (made, _, _) = try run.checked(try Guests.program(guest.path))
    for name in guest.instructions {
      #expect(made.unconstrained.contains { $0.instruction == name }, "\(name): \(made.unconstrained)")
    }
    // Those of Bits and BulkMemory have chips.
    let provable = made.unconstrained.filter {
      $0.instruction.hasPrefix("bits.") || $0.instruction.hasPrefix("bulk.")
    }
    #expect(provable.isEmpty, "\(provable)")
    // Of the Swift guest a limit may leave only such.
    guard guest.names.count < 4 else { return }
    let isProvable = guest.path == "provable/provable"
    #expect(made.isFullyConstrained == isProvable)
    #expect(
      made.openness.hasPrefix(isProvable ? "every instruction is constrained" : "not fully constrained"))
  }

  @Test("Misaligned loads and stores that the host emulates are services; aligned ones are not")
  func misaligned() throws {
    let words = RandomPrograms.assemble { code in
      code.constant(5, 0x10_0000)
      code.constant(6, 0x8765_4321)
      code.append(.store(2, 6, 5, 0))  // sw x6, 0(x5)
      code.append(.load(2, 7, 5, 0))  // lw x7, 0(x5)
      code.append(.store(2, 6, 5, 6))
      code.append(.load(1, 7, 5, 1))  // lh, inside a word
      code.append(.load(5, 7, 5, 3))  // lhu, across two
      code.append(.load(2, 8, 5, 2))
      code.append(.store(1, 6, 5, 11))
      code.exit(3)
    }
    let program = try RV32Program(
      code: words, data: Array(repeating: 1, count: 64),
      options: RV32Program.Options(misalignedAccess: .emulate), memoryLimit: 64 << 20)
    let (made, _, outcome) = try RecordedRun().checked(program)
    #expect(outcome.exit == .halted(code: 3))
    #expect(
      Set(made.unconstrained.map(\.instruction)) == ["lw", "lh", "lhu", "sw", "sh"],
      "\(made.unconstrained)")
    #expect(made.unconstrained.reduce(0) { $0 + $1.count } == 5)
    #expect(made.traces["LoadStore"]?.rowCount == 2)
    #expect(made.program.emulated.count == 5)
  }

  @Test("Reading counters is a service; its result is not constrained")
  func counters() throws {
    let words = RandomPrograms.assemble { code in
      code.append(0xc000_2573)  // rdcycle a0
      code.append(0xc020_2073)  // rdinstret x0
      code.exit(0)
    }
    let (made, _, _) = try RecordedRun().checked(try RV32Program(code: words, memoryLimit: 64 << 20))
    #expect(
      made.unconstrained == [
        .init(instruction: "rdcycle", count: 1), .init(instruction: "rdinstret", count: 1),
      ])
    #expect(made.traces["HostAccess(1)"]?.rowCount == 1)
    #expect(made.traces["HostIdle"]?.rowCount == 1)
  }

  @Test("A run that traps gives the traces of what retired")
  func trapped() throws {
    let words = RandomPrograms.assemble { code in
      code.constant(5, 0x7fff_fff0)
      code.append(.load(2, 7, 5, 0))
      code.exit(0)
    }
    let (made, _, outcome) = try RecordedRun().checked(try RV32Program(code: words, memoryLimit: 64 << 20))
    guard case .trapped(let trap) = outcome.exit else {
      Issue.record("\(outcome.exit)")
      return
    }
    #expect(made.connector.end == .stopped)
    #expect(made.connector.finalPC == UInt32(trap.programCounter))
    #expect(made.instructionCount == 2)
  }

  @Test("An empty run has traces too: nothing happened")
  func empty() throws {
    let words = RandomPrograms.assemble { $0.append(0x0010_0073) }  // ebreak
    let (made, _, _) = try RecordedRun().checked(try RV32Program(code: words, memoryLimit: 64 << 20))
    #expect(made.instructionCount == 0)
    #expect(made.connector.finalPC == made.connector.initialPC)
  }

  @Test("Runs without records are refused", arguments: [RunMode.fast, .metered])
  func notRecorded(_ mode: RunMode) throws {
    var run = RecordedRun()
    run.mode = mode
    #expect(throws: RV32CircuitError.self) { try run.traces(try Guests.program("hello-c/hello-c")) }
    var streamed = RecordedRun()
    streamed.configuration.recordStream = RecordStream(chunkBytes: 4096) { _ in }
    do {
      _ = try streamed.traces(try Guests.program("hello-c/hello-c"))
      Issue.record("accepted")
    } catch {
      #expect("\(error)".hasSuffix("records were handed to a stream"), "\(error)")
    }
  }
}
