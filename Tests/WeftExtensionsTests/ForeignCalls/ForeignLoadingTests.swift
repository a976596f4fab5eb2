import Glibc
import Testing
import WeftExtensions

@Suite("Loading the libraries of a manifest")
struct ForeignLoadingTests {
  private func manifest(_ library: String, symbol: String = "popcount32") -> String {
    """
    { "abi": 1, "name": "sample", "version": "1", "library": \(library), "instructions": [
      { "name": "one", "symbol": "\(symbol)", "encoding": { "major": "custom-2", "funct3": 0 },
        "arguments": [ { "value": "rs1", "as": "u32" } ], "returns": { "as": "u32", "register": "rd" } },
      { "name": "two", "symbol": "no_such_function", "encoding": { "major": "custom-2", "funct3": 1 } } ] }
    """
  }

  private func problem(_ text: String, allowForeign: Bool = true) -> String {
    loadError { () throws(ExtensionLoadError) in
      _ = try ForeignExtension(
        ExtensionManifest(decoding: Array(text.utf8), path: "m/a.json"), path: "m/a.json",
        allowForeign: allowForeign)
    }
  }

  @Test("Native code of others needs permission")
  func permission() throws {
    let text = manifest("\"\(try SampleLibrary.path())\"")
    #expect(
      problem(text, allowForeign: false)
        == "m/a.json: it calls C functions of other libraries, which only --allow-foreign permits")
  }

  @Test("All symbols that are missing are named")
  func symbols() throws {
    let path = try SampleLibrary.path()
    let both = problem(manifest("\"\(path)\"", symbol: "neither"))
    #expect(both.hasPrefix("m/a.json: 2 problems\n"))
    #expect(both.contains("instruction one: \(path): undefined symbol: neither"))
    #expect(both.contains("instruction two: \(path): undefined symbol: no_such_function"))
  }

  @Test("What is no shared object of this machine is refused before it is opened")
  func files() throws {
    let folder = try SampleLibrary.folder.get() + "/files"
    mkdir(folder, 0o777)
    defer { rmdir(folder) }
    #expect(problem(manifest("\"\(folder)/absent.so\"")).hasSuffix("absent.so No such file or directory"))
    #expect(problem(manifest("\"\(folder)/\"")).hasSuffix("is a directory"))
    #expect(
      problem(manifest("\"./absent.so\"")) == "m/a.json: library m/./absent.so No such file or directory")
    #expect(problem(manifest("\"/dev/zero\"")) == "m/a.json: library /dev/zero is no regular file")
    let good = try read(SampleLibrary.path())
    func written(_ bytes: [UInt8]) throws -> String {
      let path = folder + "/x.so"
      defer { unlink(path) }
      try write(bytes, to: path)
      return problem(manifest("\"\(path)\"")).replacing("m/a.json: library \(path) ", with: "")
    }
    func changed(_ offset: Int, _ value: UInt8) throws -> String {
      var bytes = good
      bytes[offset] = value
      return try written(bytes)
    }
    #expect(try written([]) == "is no ELF file")
    #expect(try written(Array("#!/bin/sh".utf8)) == "is no ELF file")
    #expect(try written(Array(good[..<7])) == "ends inside its ELF header, at byte 7")
    #expect(try written(Array(good[..<64])) == "ends before its program headers, at byte 64")
    #expect(try written(Array(good[..<4000])).hasPrefix("is cut off: segment "))
    #expect(try changed(4, 1) == "is no 64-bit ELF file (class 1)")
    #expect(try changed(5, 2) == "is a big-endian ELF file")
    #expect(try changed(16, 2) == "is no shared object (ELF type 2, expected 3)")
    #expect(try changed(18, 243).hasPrefix("is for ELF machine 243, this machine is "))
    #expect(try changed(56, 0) == "has no program headers")
    let fifo = folder + "/fifo"
    mkfifo(fifo, 0o666)
    defer { unlink(fifo) }
    #expect(problem(manifest("\"\(fifo)\"")).hasSuffix("is no regular file"))
  }

  @Test("A library is the one that was meant, or it is not opened")
  func hash() throws {
    let path = try SampleLibrary.path()
    let hash = try LibraryFile(checking: path).sha256Text
    #expect(hash.count == 64)
    let right = problem(manifest("{ \"path\": \"\(path)\", \"sha256\": \"\(hash.uppercased())\" }"))
    #expect(right.contains("undefined symbol"))
    let other = String(repeating: "0", count: 64)
    let wrong = problem(manifest("{ \"path\": \"\(path)\", \"sha256\": \"\(other)\" }"))
    #expect(wrong == "m/a.json: library \(path) has SHA-256 \(hash), the manifest asks for another")
    let top = problem(manifest("\"\(path)\", \"sha256\": \"\(other)\""))
    #expect(top == wrong)
  }

  @Test("A library of the system that is not there")
  func system() {
    let text = problem(manifest(#"{ "system": "libweft-nowhere.so.7" }"#))
    #expect(
      text.hasPrefix(
        "m/a.json: library libweft-nowhere.so.7: cannot open shared object file"))
  }

  @Test("A manifest that is absent, a folder or too long")
  func manifestFile() throws {
    func problem(_ path: String) -> String {
      loadError { () throws(ExtensionLoadError) in
        _ = try ForeignExtension(manifest: path, allowForeign: true)
      }
    }
    #expect(problem("/nowhere/extension.json") == "/nowhere/extension.json: No such file or directory")
    #expect(problem("/tmp") == "/tmp: is a directory")
    let path = try SampleLibrary.folder.get() + "/long.json"
    defer { unlink(path) }
    try write([UInt8](repeating: 0x20, count: ExtensionManifest.Limits.bytes + 1), to: path)
    #expect(problem(path) == "\(path): more than 1048576 bytes")
  }

  private struct FileFailure: Error { var path: String }

  private func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw FileFailure(path: path) }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "wb") else { throw FileFailure(path: path) }
    defer { fclose(file) }
    if fwrite(bytes, 1, bytes.count, file) != bytes.count { throw FileFailure(path: path) }
  }
}
