import Foundation
import Testing
import WeftMachine

@testable import WeftExtensions
@testable import WeftRV32

@Suite("Leaks of extensions")
struct LeakTests {
  /// `WEFT_LEAK_CYCLES` sets the number of cycles.
  @Test("Loading, running and tearing down, over and over, leaves nothing behind")
  func cycles() async throws {
    // A process of its own: no other test allocates meanwhile.
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      [outer = ObjectWorkshop.folder as String] in
      ObjectWorkshop.outerFolder = outer
      let environment = ProcessInfo.processInfo.environment
      let cycles = environment["WEFT_LEAK_CYCLES"].flatMap { Int($0) } ?? 500
      let probe = try SharedLibrary(opening: ObjectWorkshop.compile("heap.c"))
      let heap = unsafeBitCast(
        try probe.address(of: "heap_in_use"), to: (@convention(c) () -> Int).self)
      let good = try ObjectWorkshop.object("misbehaving.c", case: "none", argument: "leaks")
      let bad = [
        try ObjectWorkshop.object("misbehaving.c", case: "store-then-fail", argument: "leaks"),
        try ObjectWorkshop.object("misbehaving.c", case: "init-fails", argument: "leaks"),
        try ObjectWorkshop.object("misbehaving.c", case: "save-fails", argument: "leaks"),
        try ObjectWorkshop.object("tables.c", case: "everything", argument: "leaks"),
      ]
      let program = try MisbehavingGuest.program([MisbehavingGuest.bad, MisbehavingGuest.phantom])
      var before = Usage(heap: 0)
      let warmUp = 64 + 2 * Execution.all.count
      for cycle in 0..<warmUp + cycles {
        if cycle == warmUp { before = Usage(heap: heap()) }
        let execution = Execution.all[cycle % Execution.all.count]
        for path in cycle % 4 == 0 ? [good] + bad : [good] { try? Self.use(path, program, execution) }
      }
      let after = Usage(heap: heap())
      let growth = [
        cycles, after.heap - before.heap, after.resident - before.resident,
        after.descriptors - before.descriptors, after.mappings - before.mappings,
      ]
      FileHandle.standardError.write(
        Data(("\ngrowth: " + growth.map { "\($0)" }.joined(separator: " ") + "\n").utf8))
      _exit(0)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix("growth: ") }
    let figures = (line ?? "").split(separator: " ").compactMap { Int($0) }
    try #require(figures.count == 5, "\(text)")
    let (cycles, heap, resident) = (figures[0], figures[1], figures[2])
    print(
      "\(cycles) cycles: heap \(heap) bytes, resident \(resident) KiB, \(figures[3]) descriptors, "
        + "\(figures[4]) mappings more")
    // Less than an allocation for each cycle, on whatever arena it was.
    #expect(heap < 8 * cycles + 4096)
    #expect(resident < 4096 + cycles / 4)
    #expect(figures[3] == 0)
    #expect(figures[4] <= 4)
  }

  /// One cycle: an extension from its file to its end.
  private static func use(_ path: String, _ program: RV32Program, _ execution: Execution) throws {
    var probe = ObjectProbe(cacheFolder: nil)
    probe.milliseconds = 60_000
    let `extension` = try ObjectLoader(probe: probe).load(path)
    var machine = try Machine(
      program, configuration: MisbehavingGuest.configuration(execution.engine), extensions: [`extension`])
    try machine.start(execution.mode)
    _ = try machine.step(4)
    if execution.mode == .fast { try machine.restore(machine.snapshot()) }
    _ = try machine.resume()
    if execution.isRecorded { _ = try machine.finalize() }
  }

  private struct Usage {
    var heap: Int
    var resident = 0
    var descriptors = 0
    var mappings = 0

    init(heap: Int) {
      self.heap = heap
      let pages = Self.text("/proc/self/statm").split(separator: " ").dropFirst().first.flatMap { Int($0) }
      resident = (pages ?? 0) * 4
      descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
      mappings = Self.text("/proc/self/maps").split(separator: "\n").count
    }

    /// A file of `/proc`, whose size is not known before it is read.
    private static func text(_ path: String) -> String {
      guard let file = fopen(path, "r") else { return "" }
      defer { fclose(file) }
      var bytes: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 4096)
      while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
