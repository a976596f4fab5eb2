import Testing

@testable import WeftRV32

@Suite("Symbols")
struct SymbolTableTests {
  typealias Symbol = ELFBuilder.Symbol

  @Test("Functions, objects, labels and linker symbols are found by name")
  func addresses() throws {
    let symbols = try load([
      Symbol(name: "main", value: 0x10020, size: 0x20),
      Symbol(name: "table", value: 0x20000, size: 16, type: Symbol.object),
      Symbol(name: "_start", value: 0x10000, type: Symbol.label),
      Symbol(name: "__stack_top", value: 0x8000_0000, type: Symbol.label, section: 0xfff1),
    ])
    #expect(symbols.address(of: "main") == 0x10020)
    #expect(symbols.address(of: "table") == 0x20000)
    #expect(symbols.address(of: "_start") == 0x10000)
    #expect(symbols.address(of: "__stack_top") == 0x8000_0000)
    for name in ["", "mai", "main2", "main\0table", "Main"] { #expect(symbols.address(of: name) == nil) }
  }

  @Test("Undefined, common, section, file and thread-local symbols have no address")
  func withoutAddress() throws {
    let symbols = try load([
      Symbol(name: "undefined", value: 0x10000, section: 0),
      Symbol(name: "common", value: 16, type: Symbol.object, section: 0xfff2),
      Symbol(name: "section", value: 0x10000, type: 3),
      Symbol(name: "file.c", value: 0, type: 4, section: 0xfff1),
      Symbol(name: "errno", value: 0, size: 4, type: 6),
    ])
    for name in ["undefined", "common", "section", "file.c", "errno"] {
      #expect(symbols.address(of: name) == nil, "\(name)")
    }
    #expect(symbols.functionCount == 0)
  }

  @Test("A global symbol wins over a local one of the same name, wherever it stands")
  func globalFirst() throws {
    let symbols = try load([
      Symbol(name: "helper", value: 0x10010, size: 4, isGlobal: false),
      Symbol(name: "helper", value: 0x10020, size: 4),
      Symbol(name: "once", value: 0x10030, size: 4, isGlobal: false),
      Symbol(name: "once", value: 0x10040, size: 4, isGlobal: false),
    ])
    #expect(symbols.address(of: "helper") == 0x10020)
    #expect(symbols.address(of: "once") == 0x10030)
  }

  @Test(
    "An address belongs to the function around it",
    arguments: [
      (0x10000, "_start+0"), (0x1001c, "_start+28"),  // a label reaches to the next function
      (0x10020, "main+0"), (0x10030, "main+16"),  // a label inside a sized function is part of it
      (0x1003f, "main+31"), (0x10040, nil),  // a gap behind a sized function
      (0x10080, "memcpy+0"),  // of two names the function, not the label
      (0x100f0, "$e4main4workyyF+16"), (0x100fc, "$e4main4workyyF+28"),
      (0x10100, nil),  // cut at the segment's end
      (0xfffc, nil), (0x20000, nil), (0xffff_ffff, nil),
    ] as [(UInt32, String?)])
  func enclosingFunction(_ address: UInt32, _ expected: String?) throws {
    let symbols = try load([
      Symbol(name: "$e4main4workyyF", value: 0x100e0, size: 0x1000),
      Symbol(name: "alias", value: 0x10080, type: Symbol.label),
      Symbol(name: "memcpy", value: 0x10080, size: 8),
      Symbol(name: "loop", value: 0x10028, type: Symbol.label, isGlobal: false),
      Symbol(name: "main", value: 0x10020, size: 0x20),
      Symbol(name: "$xrv32i2p1_m2p0", value: 0x10004, type: Symbol.label, isGlobal: false),
      Symbol(name: ".Lpcrel_hi0", value: 0x10008, type: Symbol.label, isGlobal: false),
      Symbol(name: "_start", value: 0x10000, type: Symbol.label),
      Symbol(name: "data", value: 0x20000, type: Symbol.label),
    ])
    #expect(symbols.location(of: address).map { "\($0.function)+\($0.offset)" } == expected)
    #expect(symbols.functionCount == 4)
  }

  @Test("Functions sort by all 32 bits of the address")
  func sorting() throws {
    let starts = (0..<2_000).map { UInt32(truncatingIfNeeded: $0 &* 0x9e37_79b1) & 0xff_fffc | 0x100_0000 }
    let bytes = makeELF { builder in
      builder.entry = 0x100_0000
      builder.segments = [.init(address: 0x100_0000, memorySize: 0x100_0000)]
      builder.symbols = starts.map { Symbol(name: "f\($0)", value: $0) }
    }
    let symbols = try ELFFile(bytes, environment: .user, memoryLimit: 64 << 20).symbols
    for (start, next) in zip(starts.sorted(), starts.sorted().dropFirst() + [0x200_0000]) {
      let location = SymbolTable.Location(function: "f\(start)", offset: next - 1 - start)
      #expect(symbols.location(of: next - 1) == location)
    }
  }

  @Test("A long name is cut, an offset outside the string table is no name")
  func names() throws {
    let symbols = try load([
      Symbol(name: String(repeating: "n", count: 5000), value: 0x10000, size: 4),
      Symbol(name: "lost", value: 0x10010, size: 4, nameOffset: 0xffff_fff0),
    ])
    let long = try #require(symbols.location(of: 0x10000))
    #expect(long.function == String(repeating: "n", count: 4096))
    #expect(symbols.address(of: "lost") == nil)
    #expect(symbols.location(of: 0x10010) == nil)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let change: @Sendable (inout ELFBuilder) -> Void
    let warning: String
    var testDescription: String { warning }

    init(_ warning: String, _ change: @escaping @Sendable (inout ELFBuilder) -> Void) {
      self.change = change
      self.warning = warning
    }
  }

  // The only symbol is "main": content ends at 0x60, names follow at 0x80, section headers at 0x86.
  static let faults = [
    Fault("section header size 39, expected 40 (e_shentsize, offset 0x2e)") { $0.sectionHeaderSize = 39 },
    Fault("section headers end past the file (e_shoff, offset 0x20)") { $0.sectionHeaderCount = 4 },
    Fault("symbol table names section 3 of 3 (sh_link, offset 0xc6)") { $0.symbolSections.symbolLink = 3 },
    Fault("symbol size 0, expected 16 (sh_entsize, offset 0xd2)") { $0.symbolSections.symbolEntrySize = 0 },
    Fault("268435455 symbols, limit 1000000 (sh_size, offset 0xc2)") {
      $0.symbolSections.symbolSize = 0xffff_ffff
    },
    Fault("symbol table ends past the file (sh_offset, offset 0xbe)") {
      $0.symbolSections.symbolOffset = 0xffff_fff0
    },
    Fault("section type 1 is no string table (sh_type, offset 0xda)") { $0.symbolSections.nameType = 1 },
    Fault("string table ends past the file (sh_offset, offset 0xe6)") {
      $0.symbolSections.nameSize = 0xffff_ffff
    },
    Fault("string table does not end in a zero byte (sh_size, offset 0xea)") {
      $0.symbolSections.nameSize = 5
    },
    Fault("string table does not end in a zero byte (sh_size, offset 0xea)") {
      $0.symbolSections.nameSize = 0
    },
  ]

  @Test("A fault in the section headers costs the symbols and is a warning", arguments: faults)
  func fault(_ fault: Fault) throws {
    let bytes = makeELF { builder in
      builder.symbols = [Symbol(name: "main", value: 0x10000, size: 12)]
      fault.change(&builder)
    }
    let file = try ELFFile(bytes, environment: .user, memoryLimit: HostileELF.memoryLimit)
    #expect(file.warnings == [fault.warning])
    #expect(file.symbols.address(of: "main") == nil)
    #expect(file.symbols.location(of: 0x10000) == nil)
  }

  /// Symbols of a file with text at [0x10000, 0x10100) and data at [0x20000, 0x20100).
  private func load(_ symbols: [Symbol]) throws -> SymbolTable {
    let bytes = makeELF { builder in
      builder.segments = [
        .init(address: 0x20000, fileSize: 0, memorySize: 0x100, flags: 6), .init(memorySize: 0x100),
      ]
      builder.symbols = symbols
    }
    let file = try ELFFile(bytes, environment: .user, memoryLimit: HostileELF.memoryLimit)
    #expect(file.warnings.isEmpty)
    return file.symbols
  }
}
