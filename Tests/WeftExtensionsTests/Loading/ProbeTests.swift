import Foundation
import Synchronization
import Testing

@testable import WeftExtensions

@Suite("Trying objects out")
struct ProbeTests {
  /// An object that notes each trial, and the file in which it does.
  private func counting() throws -> (object: String, trials: () -> Int) {
    let notes = ObjectWorkshop.newPath("trials")
    let object = try ObjectWorkshop.object("hostile.c", case: "counts-trials", argument: notes)
    return (object, { (try? ObjectWorkshop.bytes(notes).count) ?? 0 })
  }

  private func loader(_ cacheFolder: String?) -> ObjectLoader {
    var probe = ObjectProbe(cacheFolder: cacheFolder)
    probe.milliseconds = 60_000
    return ObjectLoader(probe: probe)
  }

  @Test("An object that passed is not tried again, under no name")
  func memory() throws {
    let (object, trials) = try counting()
    for _ in 0..<3 { _ = try loader(nil).load(object) }
    let copy = try ObjectWorkshop.file(ObjectWorkshop.bytes(object))
    _ = try loader(nil).load(copy)
    let link = ObjectWorkshop.newPath()
    try #require(symlink(object, link) == 0)
    _ = try loader(nil).load(link)
    #expect(trials() == 1)
  }

  @Test("The cache folder remembers it for later processes")
  func folder() throws {
    let folder = ObjectWorkshop.newPath("cache/with/folders")
    let (object, trials) = try counting()
    let file = try LibraryFile(checking: object)
    // Another process has found it good.
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: "\(folder)/\(file.sha256Text)"))
    _ = try loader(folder).load(object)
    #expect(trials() == 0)

    let (second, secondTrials) = try counting()
    let fresh = ObjectWorkshop.newPath("new-cache/with/folders")
    _ = try loader(fresh).load(second)
    let hash = try LibraryFile(checking: second).sha256Text
    #expect(try FileManager.default.contentsOfDirectory(atPath: fresh) == [hash])
    #expect(secondTrials() == 1)
  }

  @Test(
    "A cache that cannot be written does no harm",
    arguments: [
      "/proc/weft/probed", "a file/probed", "", "relative", "/" + String(repeating: "x", count: 300),
    ])
  func unwritable(_ name: String) throws {
    let folder = name == "a file/probed" ? try ObjectWorkshop.file([1]) + "/probed" : name
    let (object, trials) = try counting()
    for _ in 0..<2 { _ = try loader(folder).load(object) }
    #expect(trials() == 1)
  }

  @Test("Other contents under the same name are tried anew")
  func replaced() throws {
    let (first, firstTrials) = try counting()
    let path = ObjectWorkshop.newPath()
    try FileManager.default.copyItem(atPath: first, toPath: path)
    _ = try loader(nil).load(path)
    try #require(firstTrials() == 1)
    let hostile = try ObjectWorkshop.object("hostile.c", case: "constructor-exits-0", argument: path)
    try #require(rename(hostile, path) == 0)
    #expect(loader(nil).problems(path) == ["loading it ends the process with exit code 0"])
  }

  @Test("A file that is replaced between the check and the loading is refused")
  func replacedMeanwhile() throws {
    let (object, trials) = try counting()
    let file = try LibraryFile(checking: object)
    #expect(file.isUnchanged)
    let other = try ObjectWorkshop.object("hostile.c", case: "none", argument: object)
    try #require(rename(other, object) == 0)
    #expect(!file.isUnchanged)
    let problem = ObjectProbe(cacheFolder: nil).problem(file, symbol: ObjectLoader.entrySymbol)
    #expect(problem == "was changed while it was being loaded")
    #expect(trials() == 0)
    unlink(object)
    #expect(!file.isUnchanged)
  }

  @Test("A hostile object is tried each time: only good ones are remembered")
  func notRemembered() throws {
    let path = try ObjectWorkshop.object("hostile.c", case: "constructor-aborts")
    for _ in 0..<3 {
      #expect(loader(nil).problems(path) == ["loading it ends the process with signal 6 (aborted)"])
    }
  }

  @Test("A process that a constructor leaves behind ends with the trial")
  func leftProcess() throws {
    let notes = ObjectWorkshop.newPath("process")
    let path = try ObjectWorkshop.object("hostile.c", case: "constructor-leaves-a-process", argument: notes)
    let begin = ContinuousClock.now
    _ = try loader(nil).load(path)
    // The process holds the pipe open; nobody waits for it.
    #expect(ContinuousClock.now - begin < .seconds(30))
    let text = String(decoding: try ObjectWorkshop.bytes(notes), as: UTF8.self)
    let process = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    // Gone, or waiting for a parent that takes note of it.
    var isRunning = true
    for _ in 0..<2000 where isRunning {
      isRunning = Self.state(process).map { $0 != "Z" && $0 != "X" } ?? false
      if isRunning { usleep(5000) }
    }
    #expect(!isRunning)
  }

  /// One letter from `/proc`; `nil` when there is no such process.
  private static func state(_ process: Int32) -> Character? {
    guard let bytes = try? ObjectWorkshop.bytes("/proc/\(process)/stat") else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.lastIndex(of: ")").flatMap { text[$0...].dropFirst(2).first }
  }

  @Test("Signals of the host are no concern of the trial")
  func ignoredSignals() throws {
    // As in a host that leaves its children to the kernel: then there is no status to be had.
    let (object, _) = try counting()
    let former = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, former) }
    _ = try loader(nil).load(object)
  }

  @Test("Where no process can be made, that is the error")
  func noProcess() async {
    // A limit of open files stands for all that the kernel may refuse: the pipe to the child comes first.
    await #expect(processExitsWith: .success) { [outer = ObjectWorkshop.folder as String] in
      ObjectWorkshop.outerFolder = outer
      let path = try ObjectWorkshop.object("hostile.c", case: "none", argument: "files")
      var probe = ObjectProbe(cacheFolder: nil)
      probe.milliseconds = 60_000
      let file = try LibraryFile(checking: path)
      var limit = rlimit(rlim_cur: 3, rlim_max: 3)
      guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { _exit(3) }
      let problem = probe.problem(file, symbol: ObjectLoader.entrySymbol)
      _exit(problem == "cannot be tried out, there is no child process: too many open files" ? 0 : 4)
    }
  }

  @Test("The same under a limit of processes")
  func processLimit() async {
    await #expect(processExitsWith: .success) { [outer = ObjectWorkshop.folder as String] in
      ObjectWorkshop.outerFolder = outer
      let path = try ObjectWorkshop.object("hostile.c", case: "none", argument: "processes")
      let file = try LibraryFile(checking: path)
      // The limit is nothing to a process with the rights of root: it becomes somebody else first.
      var limit = rlimit(rlim_cur: 1, rlim_max: 1)
      guard setrlimit(__rlimit_resource_t(__RLIMIT_NPROC.rawValue), &limit) == 0 else { _exit(3) }
      if getuid() == 0, setuid(54_321) != 0 { _exit(5) }
      let problem = ObjectProbe(cacheFolder: nil).problem(file, symbol: ObjectLoader.entrySymbol)
      _exit(
        problem == "cannot be tried out, there is no child process: resource temporarily unavailable" ? 0 : 4)
    }
  }

  @Test("A thread of the host that is inside the dynamic linker does not hang the trial")
  func lockedLinker() throws {
    let slow = try ObjectWorkshop.object("hostile.c", case: "constructor-takes-its-time")
    let isDone = Flag()
    let thread = Thread {
      // Not by way of the loader, which would wait. For a third of the time it holds the linker's lock.
      while !isDone.value.load(ordering: .relaxed) {
        dlopen(slow, RTLD_NOW).map { _ = dlclose($0) }
        usleep(20000)
      }
      isDone.hasEnded.signal()
    }
    thread.start()
    for number in 0..<6 {
      let object = try ObjectWorkshop.object("hostile.c", case: "none", argument: "linker-\(number)")
      #expect(loader(nil).problems(object) == [])
    }
    isDone.value.store(true, ordering: .relaxed)
    isDone.hasEnded.wait()
  }

  private final class Flag: Sendable {
    let value = Atomic(false)
    let hasEnded = DispatchSemaphore(value: 0)
  }

  @Test("An object that may not be read is refused")
  func unreadable() async {
    await #expect(processExitsWith: .success) { [outer = ObjectWorkshop.folder as String] in
      ObjectWorkshop.outerFolder = outer
      let path = try ObjectWorkshop.object("hostile.c", case: "none", argument: "unreadable")
      guard chmod(path, 0) == 0 else { _exit(3) }
      if getuid() == 0, setuid(54_321) != 0 { _exit(5) }
      _exit(ObjectLoader.test().problems(path) == ["Permission denied"] ? 0 : 4)
    }
  }

  @Test("Objects with single bytes changed never harm the host")
  func mutations() throws {
    let good = try ObjectWorkshop.bytes(ObjectWorkshop.compile("broken.c"))
    var seed: UInt64 = 42
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % UInt64(bound))
    }
    var (refused, passed) = (0, 0)
    for _ in 0..<300 {
      var bytes = good
      // Headers, and what the dynamic linker reads, more often than the rest.
      for _ in 0...random(3) {
        bytes[random(2) == 0 ? random(1024) : random(bytes.count)] = UInt8(random(256))
      }
      if random(8) == 0 { bytes.removeSubrange((1 + random(bytes.count - 1))...) }
      let path = try ObjectWorkshop.file(bytes)
      defer { unlink(path) }
      guard let file = try? LibraryFile(checking: path) else {
        refused += 1
        continue
      }
      var probe = ObjectProbe(cacheFolder: nil)
      probe.milliseconds = 2000
      if probe.problem(file, symbol: ObjectLoader.entrySymbol) == nil { passed += 1 } else { refused += 1 }
    }
    #expect(refused > 30 && passed > 30, "\(refused) refused, \(passed) passed")
  }
}
