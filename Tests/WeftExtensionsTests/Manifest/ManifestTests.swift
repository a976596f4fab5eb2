import Testing
@testable import WeftExtensions

@Suite("Manifests")
struct ManifestTests {
  private func decode(_ text: String) throws(ExtensionLoadError) -> ExtensionManifest {
    try ExtensionManifest(decoding: Array(text.utf8), path: "extension.json")
  }

  @Test("A good one is read in full")
  func good() throws {
    let manifest = try decode(BrokenManifest.good)
    #expect(manifest.name == "bits")
    #expect(manifest.version == "1.0.0")
    #expect(manifest.license == "Apache-2.0")
    #expect(manifest.summary == nil)
    let (first, second) = (manifest.instructions[0], manifest.instructions[1])
    #expect([first.mnemonic, second.mnemonic] == ["bits.first", "bits.second"])
    #expect((first.match, first.mask) == (0x0800_102b, 0xfe00_707f))
    #expect((second.match, second.mask) == (0x0000_102b, 0xfe00_707f))
    #expect(first.library == .file(path: "./libbits.so", sha256: nil))
    #expect(first.overlap == .refuse)
    let range = GuestRange(
      direction: .in, base: .rs1, length: .register(.rs2), unit: 1, maximum: 4096, alignment: 1)
    let point = StructType(fields: [
      StructType.Field(name: "x", type: .scalar(.i32), count: 1),
      StructType.Field(name: "y", type: .scalar(.i32), count: 1),
    ])
    #expect(
      first.arguments == [.range(range), .value(.rs2, .size), .structure(point, base: .fixed(10))])
    #expect(first.result == .scalar(.i32, register: .rd, status: .nonnegative))
    #expect(second.arguments.isEmpty)
    #expect(second.result == .none)
  }

  @Test("Libraries, mnemonics, hashes and descriptions")
  func libraries() throws {
    let manifest = try decode(
      """
      { "$schema": "x", "abi": 1, "name": "a-1", "version": "1", "description": "What it is for.",
        "library": "/lib/a.so", "sha256": "\(String(repeating: "aB", count: 32))", "instructions": [
          { "name": "a", "symbol": "a", "encoding": { "major": "custom-3", "funct3": 7 }, "description": "d" },
          { "name": "b", "mnemonic": "b.other", "symbol": "b$1", "encoding": { "match": 91, "mask": 4095 },
            "library": { "system": "libz.so.1" } },
          { "name": "c", "symbol": "c", "encoding": { "match": 347, "mask": 4095 }, "overlap": "bounce",
            "library": { "path": "../b.so", "sha256": "\(String(repeating: "01", count: 32))" } } ] }
      """)
    #expect(manifest.summary == "What it is for.")
    let instructions = manifest.instructions
    #expect(instructions[0].library == .file(path: "/lib/a.so", sha256: [UInt8](repeating: 0xab, count: 32)))
    #expect(instructions[1].library == .system("libz.so.1"))
    #expect(instructions[2].library == .file(path: "../b.so", sha256: [UInt8](repeating: 1, count: 32)))
    #expect(instructions.map(\.mnemonic) == ["a-1.a", "b.other", "a-1.c"])
    #expect(instructions[0].summary == "d")
    #expect(instructions[2].overlap == .bounce)
    #expect((instructions[0].match, instructions[0].mask) == (0x707b, 0x707f))
  }

  @Test(
    "Every mistake is named, with its path, its place and what was probably meant",
    arguments: BrokenManifest.all)
  func broken(manifest: BrokenManifest) throws {
    #expect(manifest.original == nil || BrokenManifest.good.contains(manifest.original ?? ""))
    do throws(ExtensionLoadError) {
      _ = try decode(manifest.text)
      Issue.record("accepted")
    } catch {
      #expect(error.problems == manifest.problems)
    }
  }

  @Test("There are many ways to be wrong, and no more than a hundred are told")
  func many() throws {
    #expect(BrokenManifest.all.count >= 40)
    let instructions = [String](repeating: "7", count: 150).joined(separator: ", ")
    let error = loadError { () throws(ExtensionLoadError) in
      _ = try decode(#"{ "abi": 1, "name": "a", "version": "1", "instructions": [ \#(instructions) ] }"#)
    }
    #expect(error.hasPrefix("extension.json: 101 problems\n"))
    #expect(error.hasSuffix("\n  and 50 more problems"))
  }

  @Test("Limits of count and depth")
  func limits() throws {
    let argument = #"{ "constant": 1, "as": "u8" }"#
    func with(_ count: Int) -> String {
      let list = [String](repeating: argument, count: count).joined(separator: ", ")
      return BrokenManifest.good.replacing(
        #""symbol": "second","#, with: #""symbol": "second", "arguments": [ \#(list) ],"#)
    }
    #expect(try decode(with(16)).instructions[1].arguments.count == 16)
    #expect(
      loadError { () throws(ExtensionLoadError) in _ = try decode(with(17)) }.hasSuffix(
        "17 elements, the limit is 16"))
    func nested(_ depth: Int) -> String {
      var type = #"[ { "name": "x", "as": "u8" } ]"#
      for _ in 1..<depth { type = #"[ { "name": "s", "struct": \#(type) } ]"# }
      return BrokenManifest.good.replacing(#""struct": "point""#, with: #""struct": \#(type)"#)
    }
    #expect(try decode(nested(4)).instructions[0].arguments.count == 3)
    #expect(
      loadError { () throws(ExtensionLoadError) in _ = try decode(nested(5)) }
        .contains("5 structs inside each other, the limit is 4"))
    #expect(
      loadError { () throws(ExtensionLoadError) in _ = try decode(nested(40)) }
        .contains("more than 32 arrays and objects inside each other"))
    let chain = (0..<6).map { #""s\#($0)": [ { "name": "a", "struct": "s\#($0 + 1)" } ]"# }.joined(
      separator: ", ")
    let long = BrokenManifest.good.replacing(
      #""structs": {"#, with: #""structs": { \#(chain), "s6": [ { "name": "a", "as": "u8" } ],"#)
    #expect(
      loadError { () throws(ExtensionLoadError) in _ = try decode(long) }.contains(
        "structs inside each other"))
  }

  @Test("Struct layouts are those of C")
  func layouts() {
    func scalar(_ kind: ScalarKind, _ count: Int = 1) -> StructType.Field {
      StructType.Field(name: "f", type: .scalar(kind), count: count)
    }
    func size(_ fields: [StructType.Field]) -> [Int] {
      let type = StructType(fields: fields)
      return [type.byteCount, type.alignment]
    }
    #expect(size([scalar(.u8)]) == [1, 1])
    #expect(size([scalar(.u8), scalar(.u16), scalar(.u8)]) == [6, 2])
    #expect(size([scalar(.u8), scalar(.f64), scalar(.bool)]) == [24, 8])
    #expect(size([scalar(.i8, 3), scalar(.f32)]) == [8, 4])
    let inner = StructType(fields: [scalar(.u8), scalar(.u32)])
    let field = StructType.Field(name: "s", type: .structure(inner), count: 2)
    #expect(size([scalar(.u8), field, scalar(.u8)]) == [24, 4])
  }
}
