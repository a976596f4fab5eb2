import FoundationEssentials
import Glibc

/// The folder `programs`, where guests and their expected results lie.
struct ProgramsFolder {
  static let option = Option(
    "programs", .path("DIR", completion: .directories),
    help: "Folder of the guests (default: programs, here or beside the package)")

  let path: String

  init(_ arguments: Arguments) throws(CommandError) {
    if let path = try arguments.value(Self.option) {
      self.path = path
    } else {
      path = Self.beside(executable: Self.executable) ?? "programs"
    }
  }

  init(path: String) { self.path = path }

  /// One guest, with its expected result.
  /// - Parameter form: another form of the guest with the same result: `software` for one without extensions.
  func guest(_ name: String, form: String? = nil) throws(CommandError) -> GuestProgram {
    let folder = "\(path)/rv32/\(name)"
    let file = (name.split(separator: "/").last.map(String.init) ?? name) + (form.map { "-" + $0 } ?? "")
    let elf = "\(folder)/\(file).elf"
    if access(elf, R_OK) != 0 { throw .input(elf, FileDescriptor.Failure(code: errno).description) }
    let expected = "\(folder)/expected.json"
    let bytes = try InputFile.read(expected, console: .buffered())
    do {
      let result = try JSONDecoder().decode(GuestProgram.Expected.self, from: Data(bytes))
      return GuestProgram(name: name, path: elf, expected: result)
    } catch {
      throw CommandError.input(expected, "not an expected result (exit, output, benchmark)")
    }
  }

  /// The guests that have a long run to measure, by name.
  func benchmarks() throws(CommandError) -> [GuestProgram] {
    var guests: [GuestProgram] = []
    for name in try folders() where access("\(path)/rv32/\(name)/expected.json", R_OK) == 0 {
      let guest = try guest(name)
      if guest.long != nil { guests.append(guest) }
    }
    if guests.isEmpty { throw .input("\(path)/rv32", "no guest with a benchmark in its expected.json") }
    return guests
  }

  private func folders() throws(CommandError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "\(path)/rv32").sorted()
    } catch {
      throw CommandError.input("\(path)/rv32", "no such folder; name one with --\(Self.option.name)")
    }
  }

  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
  }

  /// The nearest `programs` here or above the executable, which lies in the package's build folder.
  private static func beside(executable: String) -> String? {
    if access("programs/rv32", R_OK) == 0 { return "programs" }
    var folder = executable[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if access("\(folder)/programs/rv32", R_OK) == 0 { return "\(folder)/programs" }
    }
    return nil
  }
}
