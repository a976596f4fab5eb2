import Glibc
import Testing

@testable import WeftRV32

@Suite("Fuzz inputs")
struct FuzzCorpusTests {
  @Test("Corpus files and former crashers load or throw", arguments: GuestEnvironment.allCases)
  func replay(environment: GuestEnvironment) throws {
    let corpus = try files(in: "Corpus/elf")
    #expect(corpus.count >= 50)
    var loaded = 0
    for path in try corpus + files(in: "FailCases/elf") {
      do throws(ELFError) {
        _ = try ELFFile(contentsOf: path, environment: environment, memoryLimit: HostileELF.memoryLimit)
        loaded += 1
      } catch {
        #expect(error.field != nil, "\(path): \(error)")
      }
    }
    #expect(environment == .machine || loaded >= 7)
  }

  @Test("A file that a linker wrote has its symbols")
  func linked() throws {
    let path = try #require(files(in: "Corpus/elf").first { $0.hasSuffix("/linked-with-symbols.elf") })
    let file = try ELFFile(contentsOf: path, environment: .user, memoryLimit: HostileELF.memoryLimit)
    #expect(file.segments.map(\.address) == [0x10000, 0x11000, 0x20000])
    #expect(file.segments.map(\.permissions) == [[.read, .execute], [.read, .write], [.read, .write]])
    #expect(file.symbols.functionCount == 3)
    #expect(file.symbols.address(of: "_start") == file.entry)
    let main = try #require(file.symbols.address(of: "main"))
    #expect(file.symbols.location(of: main + 4) == SymbolTable.Location(function: "main", offset: 4))
    #expect(file.symbols.address(of: "counter") == 0x20000)
  }

  /// Paths of the visible files of a folder in Tests/Fuzz.
  private func files(in folder: String) throws -> [String] {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let path = tests.joined(separator: "/") + "/Fuzz/" + folder
    let directory = try #require(opendir(path), "\(path)")
    defer { closedir(directory) }
    var files: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { files.append("\(path)/\(name)") }
    }
    return files.sorted()
  }
}
