import Foundation
import Testing

@testable import WeftRV32

/// A file that the loader must survive, and what it must say about it.
struct HostileObject: Sendable, CustomTestStringConvertible {
  var name: String
  /// Exactly; `…` stands for anything.
  var problems: [String]
  /// How long it may take to load.
  var milliseconds = 60_000
  var make: @Sendable () throws -> String

  var testDescription: String { name }

  /// What a constructor, a destructor or the entry function of `hostile.c` does.
  static func code(_ name: String, _ problem: String?, milliseconds: Int = 60_000) -> HostileObject {
    HostileObject(name: name, problems: problem.map { [$0] } ?? [], milliseconds: milliseconds) {
      try ObjectWorkshop.object("hostile.c", case: name)
    }
  }

  /// What `tables.c` has done to its table.
  static func table(_ name: String, _ problems: String...) -> HostileObject {
    HostileObject(name: name, problems: problems) { try ObjectWorkshop.object("tables.c", case: name) }
  }

  /// `broken.c` built in a way.
  static func broken(
    _ name: String, _ flags: [String], isShared: Bool = true, _ problem: String
  ) -> HostileObject {
    HostileObject(name: name, problems: [problem]) {
      try ObjectWorkshop.compile("broken.c", flags, isShared: isShared)
    }
  }

  /// A good object whose bytes have been changed.
  static func changed(
    _ name: String, _ problem: String, _ change: @escaping @Sendable (inout [UInt8]) -> Void
  ) -> HostileObject {
    HostileObject(name: name, problems: [problem]) {
      var bytes = try ObjectWorkshop.bytes(ObjectWorkshop.compile("broken.c"))
      change(&bytes)
      return try ObjectWorkshop.file(bytes)
    }
  }

  /// Files that are no objects at all.
  static func file(_ name: String, _ problem: String, _ bytes: [UInt8]) -> HostileObject {
    HostileObject(name: name, problems: [problem]) { try ObjectWorkshop.file(bytes) }
  }

  /// Whether `found` is what was expected.
  func accepts(_ found: [String]) -> Bool {
    found.count == problems.count && zip(found, problems).allSatisfy { Self.matches($0, $1) }
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return text == pattern }
    var rest = Substring(text)
    guard rest.hasPrefix(parts[0]), rest.hasSuffix(parts[parts.count - 1]) else { return false }
    for part in parts where !part.isEmpty {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}

// MARK: Files

extension HostileObject {
  static let files: [HostileObject] = [
    HostileObject(name: "absent", problems: ["No such file or directory"]) { ObjectWorkshop.newPath() },
    HostileObject(name: "below a file", problems: ["Not a directory"]) {
      try ObjectWorkshop.file([]) + "/object.so"
    },
    HostileObject(name: "directory", problems: ["is a directory"]) { ObjectWorkshop.folder },
    HostileObject(name: "FIFO", problems: ["is no regular file"]) {
      let path = ObjectWorkshop.newPath()
      guard mkfifo(path, 0o600) == 0 else { throw ObjectWorkshop.Failure(description: "mkfifo") }
      return path
    },
    HostileObject(name: "device", problems: ["is no regular file"]) { "/dev/zero" },
    HostileObject(name: "NUL byte in the path", problems: ["a path with a NUL byte"]) { "/tmp/a\0b.so" },
    HostileObject(name: "path of 5,000 bytes", problems: ["File name too long"]) {
      "/" + String(repeating: "a", count: 5000)
    },
    HostileObject(name: "symbolic link to itself", problems: ["Too many levels of symbolic links"]) {
      let path = ObjectWorkshop.newPath()
      guard symlink(path, path) == 0 else { throw ObjectWorkshop.Failure(description: "symlink") }
      return path
    },
    HostileObject(name: "dangling symbolic link", problems: ["No such file or directory"]) {
      let path = ObjectWorkshop.newPath()
      guard symlink(path + "-gone", path) == 0 else { throw ObjectWorkshop.Failure(description: "symlink") }
      return path
    },
    file("empty", "is no ELF file", []),
    file("text", "is no ELF file", Array("#!/bin/sh\necho extension\n".utf8)),
    file("archive", "is no ELF file", Array("!<arch>\n".utf8) + [UInt8](repeating: 0x20, count: 200)),
    file("zeros", "is no ELF file", [UInt8](repeating: 0, count: 4096)),
    file("ELF of 7 bytes", "ends inside its ELF header, at byte 7", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]),
    file("ELF of 4 bytes", "ends inside its ELF header, at byte 4", [0x7f, 0x45, 0x4c, 0x46]),
    HostileObject(name: "RV32 program", problems: ["is no 64-bit ELF file (class 1)"]) {
      var builder = ELFBuilder()
      builder.content = [UInt8](repeating: 0x13, count: 64)
      return try ObjectWorkshop.file(builder.build())
    },
    changed("cut in its header", "ends inside its ELF header, at byte 63") { $0.removeSubrange(63...) },
    changed("cut behind its header", "ends before its program headers, at byte 64") {
      $0.removeSubrange(64...)
    },
    changed("cut in the middle", "is cut off: segment … has … bytes at …, the file has …") {
      $0.removeSubrange(($0.count / 2)...)
    },
    changed("cut inside its first page", "is cut off: segment 0 has … bytes at 0, the file has 1000") {
      $0.removeSubrange(1000...)
    },
    changed("big-endian", "is a big-endian ELF file") { $0[5] = 2 },
    changed("class 0", "is no 64-bit ELF file (class 0)") { $0[4] = 0 },
    changed("other machine", "is for ELF machine 243, this machine is …") {
      $0[18] = 243; $0[19] = 0
    },
    changed("core dump", "is no shared object (ELF type 4, expected 3)") { $0[16] = 4 },
    changed("no program headers", "has no program headers") {
      $0[56] = 0; $0[57] = 0
    },
    changed("program headers of 32 bytes", "has no program headers") { $0[54] = 32 },
    changed("program headers behind the end", "ends before its program headers, at byte …") { bytes in
      for index in 32..<40 { bytes[index] = 0x7f }
    },
    changed("program headers at -1", "ends before its program headers, at byte …") { bytes in
      for index in 32..<40 { bytes[index] = 0xff }
    },
    changed("65,535 program headers", "…") {
      $0[56] = 0xff; $0[57] = 0xff
    },
    changed("segment of 2^64 - 1 bytes", "is cut off: segment 0 has 18446744073709551615 bytes at 0, …") {
      bytes in
      for index in 64 + 32..<64 + 40 { bytes[index] = 0xff }
    },
    changed("segment at a huge address", "…") { bytes in
      for index in 64 + 16..<64 + 24 { bytes[index] = 0x7f }
    },
    changed("dynamic section of rubbish", "loading it ends the process with signal 11 (segmentation fault)") {
      bytes in
      // DT_STRTAB and DT_SYMTAB lead nowhere.
      bytes.forEachDynamicEntry { tag, value in if tag == 5 || tag == 6 { value = 0x7f7f_7f7f_7f7f } }
    },
    changed("dynamic section without tables", "…") { bytes in
      bytes.forEachDynamicEntry { tag, value in (tag, value) = (0, 0) }
    },
    changed(
      "constructor at a wild address", "loading it ends the process with signal 11 (segmentation fault)"
    ) {
      bytes in
      // DT_INIT.
      bytes.forEachDynamicEntry { tag, value in if tag == 12 { value = 0x7f7f_7f7f_7f7f } }
    },
  ]

  static let builds: [HostileObject] = [
    broken(
      "entry absent", ["-DENTRY_IS_MISSING"], "undefined symbol: weft_extension_entry"),
    broken("entry hidden", ["-DENTRY_IS_HIDDEN"], "undefined symbol: weft_extension_entry"),
    broken(
      "entry is data", ["-DENTRY_IS_DATA"], "loading it ends the process with signal 11 (segmentation fault)"),
    broken("unresolved symbol", ["-DSYMBOL_IS_MISSING"], "undefined symbol: nobody_has_this"),
    broken(
      "position-independent program", ["-DIS_PROGRAM", "-fPIE", "-pie", "-rdynamic"], isShared: false,
      "cannot dynamically load position-independent executable"),
    broken(
      "program", ["-DIS_PROGRAM", "-no-pie"], isShared: false, "is no shared object (ELF type 2, expected 3)"),
    broken("object file", ["-c"], isShared: false, "is no shared object (ELF type 1, expected 3)"),
    HostileObject(
      name: "library gone",
      problems: ["libweft-gone.so: cannot open shared object file: No such file or directory"]
    ) {
      let library = "\(ObjectWorkshop.folder)/libweft-gone.so"
      try ObjectWorkshop.run(
        "cc", ["-shared", "-fPIC", "-Wl,-soname,libweft-gone.so", "-o", library, "-x", "c", "/dev/null"])
      let path = try ObjectWorkshop.compile(
        "broken.c", ["-L\(ObjectWorkshop.folder)", "-Wl,--no-as-needed", "-lweft-gone"])
      unlink(library)
      return path
    },
  ]
}

extension [UInt8] {
  /// Visits tag and value of the entries of the dynamic section, up to its end.
  mutating func forEachDynamicEntry(_ body: (inout UInt64, inout UInt64) -> Void) {
    func number(_ offset: Int) -> UInt64 {
      self[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    let headers = Int(number(32))
    for header in 0..<Int(self[56]) where self[headers + 56 * header] == 2 {
      var place = Int(number(headers + 56 * header + 8))
      while number(place) != 0 {
        var (tag, value) = (number(place), number(place + 8))
        body(&tag, &value)
        for (offset, word) in [(0, tag), (8, value)] {
          for byte in 0..<8 { self[place + offset + byte] = UInt8(truncatingIfNeeded: word >> (8 * byte)) }
        }
        place += 16
      }
    }
  }
}
