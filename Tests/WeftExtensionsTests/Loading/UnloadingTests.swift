import Foundation
import Testing
import WeftMachine

@testable import WeftExtensions
@testable import WeftRV32

@Suite("Loading and unloading")
struct UnloadingTests {
  /// Whether the dynamic linker has an object of this path.
  private func isLoaded(_ path: String) -> Bool {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_NOLOAD) else { return false }
    dlclose(handle)
    return true
  }

  private func object(_ argument: String) throws -> String {
    try ObjectWorkshop.object("misbehaving.c", case: "none", argument: argument)
  }

  private func machine(_ extension: any VMExtension) throws -> Machine {
    try Machine(
      MisbehavingGuest.program([MisbehavingGuest.bad]), configuration: .test(.threaded),
      extensions: [`extension`])
  }

  @Test("An object goes when the last user has gone", arguments: [0, 1, 2, 3])
  func lastUser(_ order: Int) throws {
    let path = try object("last-user-\(order)")
    #expect(!isLoaded(path))
    var `extension`: (any VMExtension)? = try ObjectLoader.test().load(path)
    #expect(isLoaded(path))
    var machines: [Box?] = try (0..<2).map { _ in Box(try machine(#require(`extension`))) }
    for machine in machines { try machine?.run() }
    // In each order of the three users.
    let steps = [
      ["extension", "0", "1"], ["0", "extension", "1"], ["1", "0", "extension"], ["0", "1", "extension"],
    ]
    for (index, step) in steps[order].enumerated() {
      if let number = Int(step) { machines[number] = nil } else { `extension` = nil }
      #expect(isLoaded(path) == (index < 2), "after \(step)")
      for machine in machines { try machine?.run() }
    }
  }

  /// Machines are not copyable; this one has an end that a test decides on.
  private final class Box {
    private var machine: Machine
    init(_ machine: consuming Machine) { self.machine = machine }
    func run() throws {
      let outcome = try machine.run()
      #expect(MisbehavingGuest.text(outcome.exit) == "breakpoint")
    }
  }

  @Test("A table of instructions keeps the code loaded that it names")
  func table() throws {
    let path = try object("table")
    var table: InstructionTable?
    do {
      let machine = try machine(ObjectLoader.test().load(path))
      table = machine.table
    }
    #expect(isLoaded(path))
    #expect(table?.entries.isEmpty == false)
    table = nil
    #expect(!isLoaded(path))
  }

  @Test("A file that is loaded twice is one object")
  func twice() throws {
    let path = try object("twice")
    let link = ObjectWorkshop.newPath("link.so")
    try #require(symlink(path, link) == 0)
    var extensions = try [path, path, link].map { try ObjectLoader.test().load($0) }
    let codes = Set(
      extensions.map { item -> UInt in
        item.description.instructions.first.map { unsafeBitCast($0.step, to: UInt.self) } ?? 0
      })
    #expect(codes.count == 1 && !codes.contains(0))
    extensions.removeLast()
    extensions.removeFirst()
    #expect(isLoaded(path))
    try Box(try machine(extensions[0])).run()
    extensions = []
    #expect(!isLoaded(path))
  }

  @Test("Two machines in one process with the same extension twice are a clash, not a crash")
  func clash() throws {
    let path = try object("clash")
    let extensions = try (0..<2).map { _ in try ObjectLoader.test().load(path) }
    var found = "nothing"
    do {
      _ = try Machine(
        MisbehavingGuest.program([]), configuration: .test(.threaded), extensions: extensions)
    } catch { found = "\(error)" }
    #expect(found == "extension 'misbehaving' is registered twice")
  }

  @Test("A refused object is not kept")
  func refused() throws {
    for name in ["name-null", "encodings-equal", "everything"] {
      let path = try ObjectWorkshop.object("tables.c", case: name, argument: "kept")
      let problems = ObjectLoader.test().problems(path)
      #expect(!problems.isEmpty)
      #expect(!isLoaded(path), "\(name)")
    }
  }

  @Test("An object that carries Swift code stays")
  func swiftCode() throws {
    // A section of the Swift compiler is what tells.
    let marked = try ObjectWorkshop.compile("broken.c", ["-DHAS_SWIFT_SECTION"])
    let plain = try ObjectWorkshop.compile("broken.c", ["-DIS_PLAIN"])
    #expect(try LibraryFile(checking: marked).carriesSwift)
    #expect(try !LibraryFile(checking: plain).carriesSwift)
    for path in [marked, plain] { _ = try ObjectLoader.test().load(path) }
    #expect(isLoaded(marked))
    #expect(!isLoaded(plain))
  }

  @Test("A path without a slash is never searched for")
  func bareName() throws {
    #expect(ObjectLoader.test().problems("libm.so.6") == ["No such file or directory"])
  }

  @Test("Loaders and machines on several threads")
  func threads() async throws {
    let shared = try object("shared")
    try await withThrowingTaskGroup(of: UInt64.self) { group in
      for index in 0..<8 {
        group.addTask {
          var sum: UInt64 = 0
          for round in 0..<4 {
            let path =
              round % 2 == 0
              ? shared
              : try ObjectWorkshop.object("misbehaving.c", case: "none", argument: "\(index) \(round)")
            let `extension` = try ObjectLoader.test().load(path)
            let execution = Execution.all[(index + round) % Execution.all.count]
            let state = try WeftExtensionsTests.run(
              MisbehavingGuest.program([MisbehavingGuest.bad, MisbehavingGuest.phantom]), execution,
              extensions: [`extension`])
            sum += UInt64(state.registers[8])
            #expect(MisbehavingGuest.text(state.exit) == "breakpoint")
          }
          return sum
        }
      }
      for try await sum in group { #expect(sum == 8) }
    }
    #expect(!isLoaded(shared))
  }
}
