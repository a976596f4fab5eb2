import Glibc
import Testing

@testable import WeftRV32

@Suite("ELF files")
struct ELFFileTests {
  @Test("A good file gives its entry and segment")
  func good() throws {
    let file = try load(makeELF())
    let segment = try #require(file.segments.first)
    #expect(file.entry == 0x10000)
    #expect(segment.address == 0x10000 && segment.memorySize == 12)
    #expect(segment.permissions == [.read, .execute])
    #expect(Array(segment.fileBytes) == ELFBuilder.exitWithSeven)
    #expect(file.warnings.isEmpty && file.symbols.functionCount == 0)
  }

  @Test("What linkers write and loaders trip over loads")
  func linkerOutput() throws {
    let file = try load(
      makeELF { builder in
        builder.content = [UInt8](repeating: 0x13, count: 119)
        builder.segments = [
          .init(type: 0x7000_0003, fileSize: 32, memorySize: 0, flags: 4),  // PT_RISCV_ATTRIBUTES
          .init(),
          .init(offset: 0, address: 0x10077, fileSize: 0, memorySize: 64, flags: 6),  // shares the page
          .init(address: 0x30000, fileSize: 0, memorySize: 0, flags: 6, alignment: 0),
          .init(type: 0x6474_e551, fileSize: 0, memorySize: 0, flags: 6, alignment: 0),  // PT_GNU_STACK
        ]
      })
    #expect(file.segments.map(\.address) == [0x10000, 0x10077])
    #expect(file.segments.map(\.memorySize) == [119, 64])
    #expect(file.segments.map(\.fileBytes.count) == [119, 0])
  }

  @Test("Zero-fill of almost 4 GiB stays a number")
  func zeroFill() throws {
    let bytes = makeELF { $0.segments[0].memorySize = 0xfffe_0000 }
    let file = try ELFFile(bytes, environment: .user, memoryLimit: .max)
    #expect(file.segments[0].memorySize == 0xfffe_0000)
    #expect(file.segments[0].fileBytes.count == 12)
    #expect(file.segments[0].end == 0xffff_0000)
  }

  @Test("Memory ends at 2³², whatever the limit")
  func addressSpace() {
    let bytes = makeELF { $0.segments[0].memorySize = 0xffff_0001 }
    expectError(
      "segment 0 [0x10000, +4294901761) outside memory of 4294967296 bytes (p_vaddr, offset 0x3c)"
    ) { () throws(ELFError) in try ELFFile(bytes, environment: .user, memoryLimit: .max) }
  }

  @Test("A segment may end with the memory, not one byte later")
  func memoryLimit() throws {
    let bytes = makeELF { $0.segments[0].memorySize = 0x10000 }
    #expect(try ELFFile(bytes, environment: .user, memoryLimit: 0x20000).segments.count == 1)
    expectError("segment 0 [0x10000, +65536) outside memory of 131071 bytes (p_vaddr, offset 0x3c)") {
      () throws(ELFError) in try ELFFile(bytes, environment: .user, memoryLimit: 0x1ffff)
    }
  }

  @Test("Segments may touch on either side, not meet", arguments: [0xfff0, 0x1000c] as [UInt32])
  func neighbours(address: UInt32) throws {
    func bytes(address: UInt32) -> [UInt8] {
      makeELF { $0.segments.append(.init(address: address, fileSize: 0, memorySize: 16, flags: 6)) }
    }
    #expect(try load(bytes(address: address)).segments.count == 2)
    let nearer = address < 0x10000 ? address + 1 : address - 1
    expectError("segments 0 and 1 overlap (p_vaddr, offset 0x5c)") {
      () throws(ELFError) in try load(bytes(address: nearer))
    }
  }

  @Test("The total is checked before overlaps")
  func total() {
    let bytes = makeELF { builder in
      builder.segments = (0..<2).map { _ in .init(memorySize: 0x18000) }
    }
    expectError("segments of 196608 bytes in total over memory of 163840 bytes (p_memsz, offset 0x68)") {
      () throws(ELFError) in try ELFFile(bytes, environment: .user, memoryLimit: 0x28000)
    }
  }

  @Test("A rule is applied to all segments before the next rule")
  func order() {
    let bytes = makeELF { builder in
      builder.segments[0].flags = 7
      builder.segments.append(.init(address: 0x20000, alignment: 6))
    }
    expectError("alignment 6 (p_align, offset 0x70)") { () throws(ELFError) in try load(bytes) }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let message: String
    var testDescription: String { message }

    init(_ message: String, _ change: (inout ELFBuilder) -> Void) {
      self.message = message
      bytes = makeELF(change)
    }
  }

  static let refusals = [
    Refusal("ELF data encoding 0 (EI_DATA, offset 0x5)") { $0.byteOrder = 0 },
    Refusal("ELF version 0 (e_version, offset 0x14)") { $0.version = 0 },
    Refusal("ELF type 65024 is not an executable (e_type, offset 0x10)") { $0.type = 0xfe00 },
    Refusal("unknown flags 0x20 (e_flags, offset 0x24)") { $0.flags = 0x20 },
    Refusal("no loadable segment (e_phnum, offset 0x2c)") { $0.segments[0].type = 4 },
    Refusal("alignment 4194304 (p_align, offset 0x50)") { $0.segments[0].alignment = 4 << 20 },
    Refusal("segment 0 has no permissions (p_flags, offset 0x4c)") { $0.segments[0].flags = 0xffff_fff8 },
    Refusal("entry 0x10008 in no executable segment (e_entry, offset 0x18)") {
      $0.entry = 0x10008
      $0.segments[0].fileSize = 11
      $0.segments[0].memorySize = 11
    },
  ]

  @Test("Corners the catalogue leaves out", arguments: refusals)
  func refusal(_ file: Refusal) {
    expectError(file.message) { () throws(ELFError) in try load(file.bytes) }
  }

  @Test("Total store order is accepted")
  func totalStoreOrder() throws {
    #expect(try load(makeELF { $0.flags = 0x10 }).segments.count == 1)
  }

  private func load(_ bytes: [UInt8]) throws(ELFError) -> ELFFile {
    try ELFFile(bytes, environment: .user, memoryLimit: HostileELF.memoryLimit)
  }
}

@Suite("ELF files for the machine environment")
struct MachineELFTests {
  @Test("A segment without permissions, with the RVC flag, is writable text", arguments: [0, 7] as [UInt32])
  func suiteFile(flags: UInt32) throws {
    let file = try load { builder in
      builder.flags = 1
      builder.segments[0].flags = flags
    }
    #expect(file.segments[0].permissions == [.read, .write, .execute])
  }

  @Test("Memory starts at 0x80000000")
  func base() {
    expectError("segment 0 [0x10000, +12) outside memory of 16777216 bytes (p_vaddr, offset 0x3c)") {
      () throws(ELFError) in
      try load { $0.segments[0].address = 0x10000 }
    }
    expectError("segment 0 [0x80fffff8, +12) outside memory of 16777216 bytes (p_vaddr, offset 0x3c)") {
      () throws(ELFError) in
      try load { $0.segments[0].address = 0x80ff_fff8 }
    }
  }

  private func load(_ change: (inout ELFBuilder) -> Void) throws(ELFError) -> ELFFile {
    let bytes = makeELF { builder in
      builder.entry = 0x8000_0000
      builder.segments[0].address = 0x8000_0000
      change(&builder)
    }
    return try ELFFile(bytes, environment: .machine, memoryLimit: HostileELF.memoryLimit)
  }
}

/// Expects `body` to throw an error with this text.
func expectError(
  _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws(ELFError) -> ELFFile
) {
  do throws(ELFError) {
    _ = try body()
    Issue.record("loaded, expected: \(message)", sourceLocation: sourceLocation)
  } catch {
    #expect(error.description == message, sourceLocation: sourceLocation)
  }
}
