import Testing
import WeftMachine

@testable import WeftRV32

/// Profiles count every instruction once, for the call path it was executed on.
struct ProfileTests {
  /// `_start` calls `outer` three times, which calls `inner` twice; `outer` leaves by a tail call to `last`,
  /// which takes its place on the stack.
  private static let code: [InstructionWord] = [
    .addi(8, 0, 3),
    .jal(1, 24), .addi(8, 8, -1), .bne(8, 0, -8), .addi(17, 0, 93), .addi(10, 0, 0), .ecall,
    // outer, at 28
    .addi(9, 1, 0), .jal(1, 16), .jal(1, 12), .addi(1, 9, 0), .jal(0, 12),
    // inner, at 48
    .addi(5, 0, 1), .jalr(0, 1, 0),
    // last, at 56
    .addi(6, 0, 1), .jalr(0, 1, 0),
  ]
  private static let symbols: [ELFBuilder.Symbol] = [
    .init(name: "_start", value: Layout.text), .init(name: "outer", value: Layout.text + 28),
    .init(name: "inner", value: Layout.text + 48), .init(name: "last", value: Layout.text + 56),
  ]

  @Test func `Call paths, functions and opcodes add up to the instructions of the run`() throws {
    var machine = try Machine(
      makeProgram(Self.code, symbols: Self.symbols), configuration: .test(.threaded))
    let expected = try machine.run()
    let (outcome, profile) = try machine.profile()
    #expect(outcome.exit == expected.exit)
    #expect(outcome.instructions == expected.instructions)
    #expect(
      profile.collapsedStacks == """
        _start 13
        _start;last 6
        _start;outer 15
        _start;outer;inner 12

        """)
    let functions = Dictionary(uniqueKeysWithValues: profile.functions.map { ($0.name, $0.instructions) })
    #expect(functions == ["_start": 13, "outer": 15, "inner": 12, "last": 6])
    #expect(profile.opcodes.reduce(0) { $0 + $1.instructions } == expected.instructions)
  }

  @Test(arguments: GuestProgram.all.filter { ["hello", "quicksort", "fib"].contains($0.name) })
  func `The profile of a guest accounts for all its instructions`(guest: GuestProgram) throws {
    var machine = try Machine(guest.load(), configuration: Machine.Configuration())
    let (outcome, profile) = try machine.profile()
    let stacks = profile.collapsedStacks.split(separator: "\n").compactMap { line in
      line.split(separator: " ").last.flatMap { UInt64($0) }
    }
    #expect(stacks.reduce(0, +) == outcome.instructions)
    #expect(profile.functions.reduce(0) { $0 + $1.instructions } == outcome.instructions)
    #expect(outcome.outputText == guest.expected.output)
  }
}
