import Glibc
import Testing

@testable import WeftRV32

@Suite("Reading ELF files")
final class ELFReadingTests {
  private let directory: String

  init() throws {
    var template = Array("/tmp/weft-elf-XXXXXX".utf8CString)
    directory = String(cString: try #require(mkdtemp(&template)))
  }

  deinit {
    for name in ["file", "fifo"] { unlink("\(directory)/\(name)") }
    rmdir(directory)
  }

  @Test("A regular file loads")
  func regularFile() throws {
    let path = try write(makeELF())
    let file = try ELFFile(contentsOf: path, environment: .user, memoryLimit: HostileELF.memoryLimit)
    #expect(Array(file.segments[0].fileBytes) == ELFBuilder.exitWithSeven)
  }

  @Test("An empty file is too short")
  func emptyFile() throws {
    let path = try write([])
    expectError("file of 0 bytes is shorter than an ELF header (end of file, offset 0x0)") {
      () throws(ELFError) in try load(path)
    }
  }

  @Test("A file over 256 MiB is refused unread")
  func longFile() throws {
    let path = try write([])
    try #require(truncate(path, (256 << 20) + 1) == 0)
    expectError("file of 268435457 bytes, limit 268435456 (end of file, offset 0x10000001)") {
      () throws(ELFError) in try load(path)
    }
  }

  @Test("Directories, FIFOs and devices are refused without waiting")
  func otherKinds() throws {
    try #require(mkfifo("\(directory)/fifo", 0o600) == 0)
    expectError("is a directory") { () throws(ELFError) in try load(directory) }
    expectError("not a regular file") { () throws(ELFError) in try load("\(directory)/fifo") }
    expectError("not a regular file") { () throws(ELFError) in try load("/dev/zero") }
  }

  @Test("What cannot be opened says why")
  func openFailures() throws {
    let path = try write([])
    expectError("cannot open: No such file or directory") {
      () throws(ELFError) in try load("\(directory)/none")
    }
    expectError("cannot open: Not a directory") { () throws(ELFError) in try load("\(path)/inner") }
  }

  @Test("An unreadable file says why", .disabled(if: geteuid() == 0, "root reads everything"))
  func unreadable() throws {
    let path = try write(makeELF())
    try #require(chmod(path, 0) == 0)
    expectError("cannot open: Permission denied") { () throws(ELFError) in try load(path) }
  }

  private func write(_ bytes: [UInt8]) throws -> String {
    let path = "\(directory)/file"
    let stream = try #require(fopen(path, "w"))
    defer { fclose(stream) }
    try #require(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
    return path
  }

  private func load(_ path: String) throws(ELFError) -> ELFFile {
    try ELFFile(contentsOf: path, environment: .user, memoryLimit: HostileELF.memoryLimit)
  }
}
