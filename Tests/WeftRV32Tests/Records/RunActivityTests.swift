import Foundation
import Testing

@testable import WeftMachine
@testable import WeftMemory
@testable import WeftRV32

/// What is read from instruction records must be what the access log and a profile say of the same run.
struct RunActivityTests {
  private struct SpaceCounts: Equatable {
    var reads = 0
    var writes = 0
    var pages: [UInt32: UInt64] = [:]
  }

  /// Counts entry by entry, from the other form of recording.
  private static func counts(_ log: borrowing AccessLog) -> [AddressSpaceID: SpaceCounts] {
    var spaces: [AddressSpaceID: SpaceCounts] = [:]
    for entry in log.entries {
      guard let kind = entry.header.kind, entry.header.space != .immediate else { continue }
      if kind == .read { spaces[entry.header.space, default: SpaceCounts()].reads += 1 }
      if kind == .write { spaces[entry.header.space, default: SpaceCounts()].writes += 1 }
      spaces[entry.header.space, default: SpaceCounts()].pages[entry.pointer & ~4095, default: 0] += 1
    }
    return spaces
  }

  private func expectAgreement(_ program: RV32Program, _ configuration: Machine.Configuration) throws {
    let online = try finishedRun(program, configuration, .instructionRecords)
    let logged = try finishedRun(program, configuration, .accessLog)
    let table = try Machine(program, configuration: configuration).table
    let activity = try RunActivity(online, program: program, table: table)
    let expected = Self.counts(logged.memory.accessLog)
    #expect(activity.maps.map(\.space.id) == expected.keys.sorted())
    for map in activity.maps {
      let counts = try #require(expected[map.space.id])
      let pages = map.hotPages(limit: .max)
      #expect(pages.reduce(0) { $0 + $1.reads } == UInt64(counts.reads), "\(map.space.name)")
      #expect(pages.reduce(0) { $0 + $1.writes } == UInt64(counts.writes), "\(map.space.name)")
      let found = Dictionary(uniqueKeysWithValues: pages.map { ($0.pointer, $0.accesses) })
      #expect(found == counts.pages, "\(map.space.name)")
      let cells = map.rows.flatMap(\.counts).reduce(0) { $0 + UInt64($1) }
      #expect(cells == map.accesses)
      #expect(map.lastTime < online.memory.timestamp)
      #expect(map.rows.allSatisfy { $0.counts.count == AccessMap.columnCount })
    }
    #expect(activity.opcodes.reduce(0) { $0 + $1.instructions } == online.outcome.instructions)
    #expect(activity.functions.reduce(0) { $0 + $1.instructions } == online.outcome.instructions)
  }

  @Test(arguments: ["hello", "reveal", "reveal-custom", "matmul", "textstats"])
  func `Records and log agree about accesses`(name: String) throws {
    let path = RecordAgreementTests.programs.appending(path: "\(name)/\(name).elf").path
    var configuration = Machine.Configuration()
    configuration.input = [Array("The quick brown fox jumps over the lazy dog".utf8)]
    configuration.limits.instructions = 20_000
    try expectAgreement(try RV32Program(contentsOf: path), configuration)
  }

  @Test(arguments: ["privilege", "misaligned"])
  func `They agree where the host emulates and programs go on from traps`(name: String) throws {
    let program = try RV32Program(
      contentsOf: RecordAgreementTests.programs.appending(path: "machine/\(name)/\(name).elf").path,
      options: RV32Program.Options(environment: .machine), memoryLimit: 16 << 20)
    var configuration = Machine.Configuration()
    configuration.limits.memory = 16 << 20
    try expectAgreement(program, configuration)
  }

  @Test func `A profile of the same run counts the same`() throws {
    let guest = try #require(GuestProgram.all.first { $0.name == "quicksort" })
    let program = try guest.load()
    var configuration = Machine.Configuration()
    configuration.limits.instructions = 200_000
    let run = try finishedRun(program, configuration, .instructionRecords)
    var machine = try Machine(program, configuration: configuration)
    let (outcome, profile) = try machine.profile()
    #expect(outcome.instructions == run.outcome.instructions)
    let activity = try RunActivity(run, program: program, table: machine.table)
    #expect(activity.opcodes == profile.opcodes)
    #expect(activity.functions == profile.functions)
  }

  @Test func `Runs without instruction records are refused`() throws {
    let guest = try #require(GuestProgram.all.first { $0.name == "hello" })
    let program = try guest.load()
    let run = try finishedRun(program, Machine.Configuration(), .accessLog)
    let table = try Machine(program).table
    let error = #expect(throws: MachineError.self) {
      _ = try RunActivity(run, program: program, table: table)
    }
    #expect("\(String(describing: error))".contains("the run kept no instruction records"))
  }

  @Test func `A map widens its rows and columns and loses no access`() {
    var map = AccessMap(AddressSpace(.memory, name: "memory", cellCount: 1 << 28))
    #expect(map.rowShift == 12)
    for number in 0..<3000 as Range<UInt32> {
      map.note(number << 14, at: 1 + 40 * number, isWrite: number % 3 == 0)
    }
    #expect(map.columnShift == 9)
    #expect(map.rowShift == 17)
    #expect(map.rows.count == 375)
    #expect(map.accesses == 3000)
    #expect(map.rows.flatMap(\.counts).reduce(0, +) == 3000)
    // Each row has eight of the accesses, in the columns of their times.
    for (index, row) in map.rows.enumerated() {
      #expect(row.pointer == UInt32(index) << 17)
      #expect(row.counts.reduce(0, +) == 8)
      let first = Int((1 + 40 * 8 * UInt32(index)) >> 9)
      #expect(row.counts[first] > 0)
    }
    #expect(map.hotPages(limit: 2).map(\.pointer) == [0, 1 << 14])
    // Outside the space nothing is counted.
    map.note(1 << 28, at: 5, isWrite: false)
    #expect(map.accesses == 3000)
  }

  @Test func `Small spaces have a row per block`() {
    var map = AccessMap(.registers)
    for register in 0..<32 as Range<UInt32> { map.note(4 * register, at: register, isWrite: false) }
    #expect(map.rows.map(\.pointer) == (0..<32).map { 4 * $0 })
    #expect(map.rows.enumerated().allSatisfy { $0.element.counts[$0.offset] == 1 })
  }
}
