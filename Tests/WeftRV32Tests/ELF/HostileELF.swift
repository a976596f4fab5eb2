/// The catalogue of files that loaders die of: 50 must be refused with the message users read, 7 must load.
struct HostileELF: Sendable, CustomStringConvertible {
  let name: String
  let bytes: [UInt8]
  /// The error's text, or nil when the file loads.
  let message: String?

  var description: String { name }

  /// Memory that the messages speak of, in bytes.
  static let memoryLimit: UInt64 = 16 << 20

  static let catalogue = loading + header + programHeaderTable + entry + segmentRanges + segmentRules

  private init(_ name: String, _ message: String? = nil, _ change: (inout ELFBuilder) -> Void = { _ in }) {
    self.init(name, message, bytes: makeELF(change))
  }

  private init(_ name: String, _ message: String?, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    self.message = message
  }
}

extension HostileELF {
  private static let loading = [
    HostileELF("good"),
    HostileELF("tls") { $0.segments.append(.init(type: 7, fileSize: 0, memorySize: 1 << 31)) },
    HostileELF("code-not-4") { $0.content.append(0x13) },
    HostileELF("sh-huge") {
      $0.sectionHeaders = 0xffff_ffff
      $0.sectionHeaderCount = 0xffff
    },
    HostileELF("illegal-code") { $0.content = [0xff, 0xff, 0xff, 0xff] },
    HostileELF("trailing") { $0.trailer = [UInt8](repeating: 0, count: 4096) },
    HostileELF("osabi-linux") { $0.abi = 3 },
  ]

  private static let pie = "relocatable, core or position-independent file: link with -static, without -pie"

  private static let header = [
    HostileELF("empty", "file of 0 bytes is shorter than an ELF header (end of file, offset 0x0)") {
      $0.length = 0
    },
    HostileELF("magic-only", "file of 4 bytes is shorter than an ELF header (end of file, offset 0x4)") {
      $0.length = 4
    },
    HostileELF("hdr-51", "file of 51 bytes is shorter than an ELF header (end of file, offset 0x33)") {
      $0.length = 51
    },
    HostileELF("bad-magic", "not an ELF file (bad magic) (e_ident, offset 0x0)") {
      $0.magic = Array("\u{7f}ELG".utf8)
    },
    HostileELF(
      "text-file", "not an ELF file (bad magic) (e_ident, offset 0x0)",
      bytes: Array("#!/bin/sh\necho hi\n".utf8)),
    HostileELF("elf64", "ELF class 2, only 32-bit files (EI_CLASS, offset 0x4)") { $0.fileClass = 2 },
    HostileELF("class0", "ELF class 0, only 32-bit files (EI_CLASS, offset 0x4)") { $0.fileClass = 0 },
    HostileELF("big-endian", "big-endian (EI_DATA, offset 0x5)") { $0.byteOrder = 2 },
    HostileELF("ident-ver9", "ELF version 9 (EI_VERSION, offset 0x6)") { $0.identVersion = 9 },
    HostileELF("x86", "machine 62 is not RISC-V (e_machine, offset 0x12)") { $0.machine = 62 },
    HostileELF("arm", "machine 40 is not RISC-V (e_machine, offset 0x12)") { $0.machine = 40 },
    HostileELF("type-rel", "\(pie) (e_type, offset 0x10)") { $0.type = 1 },
    HostileELF("type-core", "\(pie) (e_type, offset 0x10)") { $0.type = 4 },
    HostileELF("type-dyn", "\(pie) (e_type, offset 0x10)") { $0.type = 3 },
    HostileELF(
      "rvc-flag",
      "16-bit instructions (RVC): build with -march=rv32im, Embedded Swift without "
        + "libswiftUnicodeDataTables.a (e_flags, offset 0x24)"
    ) { $0.flags = 1 },
    HostileELF("float-abi", "hard-float ABI (e_flags, offset 0x24)") { $0.flags = 4 },
    HostileELF("rve-flag", "RV32E (e_flags, offset 0x24)") { $0.flags = 8 },
  ]

  private static let programHeaderTable = [
    HostileELF("ehsize0", "ELF header size 0, expected at least 52 (e_ehsize, offset 0x28)") {
      $0.declaredHeaderSize = 0
    },
    HostileELF("phentsize0", "program header size 0, expected 32 (e_phentsize, offset 0x2a)") {
      $0.programHeaderSize = 0
    },
    HostileELF("phentsize-31", "program header size 31, expected 32 (e_phentsize, offset 0x2a)") {
      $0.programHeaderSize = 31
    },
    HostileELF("phnum0", "no loadable segment (e_phnum, offset 0x2c)") { $0.programHeaderCount = 0 },
    HostileELF("phnum-65535", "65535 program headers, limit 256 (e_phnum, offset 0x2c)") {
      $0.programHeaderCount = 65535
    },
    HostileELF("many-segs", "2001 program headers, limit 256 (e_phnum, offset 0x2c)") {
      for index in 0..<UInt32(2000) {
        $0.segments.append(
          .init(address: 0x20000 + index * 0x1000, fileSize: 0, memorySize: 1, flags: 6))
      }
    },
    HostileELF("ph-cut", "program headers end past the file (e_phoff, offset 0x1c)") { $0.length = 60 },
    HostileELF("phoff-huge", "program headers end past the file (e_phoff, offset 0x1c)") {
      $0.programHeaders = 0xffff_fff0
    },
    HostileELF("phoff-mid", "program headers end past the file (e_phoff, offset 0x1c)") {
      $0.programHeaders = 0x7fff_ffff
    },
  ]

  private static let entry = [
    HostileELF("entry-outside", "entry 0x90000000 in no executable segment (e_entry, offset 0x18)") {
      $0.entry = 0x9000_0000
    },
    HostileELF("entry-odd", "entry 0x10001 misaligned (e_entry, offset 0x18)") { $0.entry = 0x10001 },
    HostileELF("entry-2", "entry 0x10002 misaligned (e_entry, offset 0x18)") { $0.entry = 0x10002 },
    HostileELF("entry-nx", "entry 0x10000 in no executable segment (e_entry, offset 0x18)") {
      $0.segments[0].flags = 6
    },
    HostileELF("entry-end", "entry 0x1000c in no executable segment (e_entry, offset 0x18)") {
      $0.entry = 0x1000c
    },
  ]

  private static let segmentRanges = [
    HostileELF("body-cut", "segment 0 ends past the file (p_offset, offset 0x38)") { $0.length = 90 },
    HostileELF("offset-wrap", "segment 0 ends past the file (p_offset, offset 0x38)") {
      $0.segments[0] = .init(offset: 0xffff_fffc, fileSize: 8, memorySize: 8)
    },
    HostileELF("filesz-huge", "segment 0 ends past the file (p_offset, offset 0x38)") {
      $0.segments[0] = .init(fileSize: 0xffff_ffff, memorySize: 0xffff_ffff)
    },
    HostileELF("memsz-lt-filesz", "segment 0 file size over memory size (p_filesz, offset 0x44)") {
      $0.segments[0].memorySize = 4
    },
    HostileELF(
      "memsz-huge",
      "segment 0 [0x10000, +4294967280) outside memory of 16777216 bytes (p_vaddr, offset 0x3c)"
    ) { $0.segments[0].memorySize = 0xffff_fff0 },
    HostileELF(
      "memsz-3g",
      "segment 0 [0x10000, +3221225472) outside memory of 16777216 bytes (p_vaddr, offset 0x3c)"
    ) { $0.segments[0].memorySize = 3 << 30 },
    HostileELF(
      "vaddr-wrap", "segment 1 [0xfffffff8, +64) outside memory of 16777216 bytes (p_vaddr, offset 0x5c)"
    ) { $0.segments.append(.init(offset: 0, address: 0xffff_fff8, fileSize: 0, memorySize: 64)) },
    HostileELF(
      "total-over",
      "segment 1 [0x20000000, +536870911) outside memory of 16777216 bytes (p_vaddr, offset 0x5c)"
    ) {
      for index in UInt32(1)...7 {
        $0.segments.append(
          .init(address: 0x2000_0000 * index, fileSize: 0, memorySize: 0x1fff_ffff, flags: 6))
      }
    },
    HostileELF("overlap-same", "segments 0 and 1 overlap (p_vaddr, offset 0x5c)") {
      $0.segments.append(.init())
    },
    HostileELF("overlap-part", "segments 0 and 1 overlap (p_vaddr, offset 0x5c)") {
      $0.segments[0].memorySize = 4096
      $0.segments.append(.init(address: 0x10800, fileSize: 0, memorySize: 4096))
    },
    HostileELF("overlap-bss", "segments 0 and 1 overlap (p_vaddr, offset 0x5c)") {
      $0.segments.append(.init(address: 0xfff8, fileSize: 0, memorySize: 64, flags: 6))
    },
  ]

  private static let segmentRules = [
    HostileELF("interp", "dynamically linked (p_type, offset 0x54)") {
      $0.segments.append(.init(type: 3, fileSize: 4, memorySize: 4))
    },
    HostileELF("dynamic", "dynamically linked (p_type, offset 0x54)") {
      $0.segments.append(.init(type: 2, fileSize: 8, memorySize: 8))
    },
    HostileELF("align-3", "alignment 3 (p_align, offset 0x50)") { $0.segments[0].alignment = 3 },
    HostileELF("align-huge", "alignment 2147483648 (p_align, offset 0x50)") {
      $0.segments[0].alignment = 1 << 31
    },
    HostileELF("flags0", "segment 0 has no permissions (p_flags, offset 0x4c)") { $0.segments[0].flags = 0 },
    HostileELF(
      "wx", "segment 0 is writable and executable: separate PHDRS (p_flags, offset 0x4c)"
    ) { $0.segments[0].flags = 7 },
    HostileELF("vaddr-misaligned", "executable segment at 0x10002 misaligned (p_vaddr, offset 0x3c)") {
      $0.entry = 0x10002
      $0.segments[0].address = 0x10002
      $0.segments[0].alignment = 0x1000
    },
    HostileELF("zero-code", "executable segment at 0x10000 empty (p_memsz, offset 0x48)") {
      $0.segments[0].fileSize = 0
      $0.segments[0].memorySize = 0
    },
  ]
}
