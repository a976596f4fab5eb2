import Testing

/// A good manifest with one thing wrong.
struct BrokenManifest: Sendable, CustomTestStringConvertible {
  var name: String
  /// What is replaced in the good one; `nil` for a text of its own.
  var original: String?
  var replacement: String
  /// One line for each problem, in the order of the text.
  var problems: [String]

  init(_ name: String, _ original: String?, _ replacement: String, _ problems: String...) {
    self.name = name
    self.original = original
    self.replacement = replacement
    self.problems = problems
  }

  var testDescription: String { name }

  var text: String {
    guard let original else { return replacement }
    guard let range = Self.good.firstRange(of: original) else { return Self.good }
    return Self.good[..<range.lowerBound] + replacement + Self.good[range.upperBound...]
  }

  static let good = #"""
    {
      "abi": 1,
      "name": "bits",
      "version": "1.0.0",
      "license": "Apache-2.0",
      "library": "./libbits.so",
      "structs": { "point": [ { "name": "x", "as": "i32" }, { "name": "y", "as": "i32" } ] },
      "instructions": [
        { "name": "first", "symbol": "first",
          "encoding": { "major": "custom-1", "funct3": 1, "funct7": 4 },
          "arguments": [
            { "guest": "in", "base": "rs1", "length": "rs2", "max": 4096 },
            { "value": "rs2", "as": "size_t" },
            { "struct": "point", "base": "a0" }
          ],
          "returns": { "as": "i32", "register": "rd", "status": "nonnegative" } },
        { "name": "second", "symbol": "second",
          "encoding": { "match": "0x0000102b", "mask": "0xfe00707f" } }
      ]
    }
    """#
}

extension BrokenManifest {
  static let all = [
    BrokenManifest(
      "no JSON", nil,
      #"{"#,
      #"line 1, column 2 (offset 1): the text ends, expected a key in quotes"#),
    BrokenManifest(
      "not an object", nil,
      #"[]"#,
      #"$ (line 1, column 1): array, expected an object"#),
    BrokenManifest(
      "trailing comma", #""version": "1.0.0","#,
      #""version": "1.0.0",,"#,
      #"line 4, column 22 (offset 53): ',', expected a key in quotes"#),
    BrokenManifest(
      "duplicate key", #""version": "1.0.0","#,
      #""version": "1.0.0", "name": "bats","#,
      #"line 4, column 23 (offset 54): the key "name" stands here again, first at offset 16"#),
    BrokenManifest(
      "unknown key with a neighbour", #""license""#,
      #""licence""#,
      #"$.licence (line 5, column 3): unknown key "licence", did you mean "license"?"#),
    BrokenManifest(
      "unknown key without one", #""license""#,
      #""wombat""#,
      #"$.wombat (line 5, column 3): unknown key "wombat", expected one of abi, name, version, instructions, $schema, description, license, library, sha256, structs"#
    ),
    BrokenManifest(
      "missing abi", #""abi": 1,"#,
      #""#,
      #"$ (line 1, column 1): the key "abi" is missing"#),
    BrokenManifest(
      "future abi", #""abi": 1"#,
      #""abi": 2"#,
      #"$.abi (line 2, column 10): version 2 of the format is unknown, this is version 1"#),
    BrokenManifest(
      "fractional abi", #""abi": 1"#,
      #""abi": 1.5"#,
      #"$.abi (line 2, column 10): 1.5 is no integer from 0 to 9223372036854775807"#),
    BrokenManifest(
      "name in capitals", #""name": "bits""#,
      #""name": "Bits""#,
      #"$.name (line 3, column 11): "Bits" is no name: use lower-case letters, digits and hyphens"#),
    BrokenManifest(
      "empty name", #""name": "bits""#,
      #""name": """#,
      #"$.name (line 3, column 11): an empty text"#),
    BrokenManifest(
      "version as a number", #""version": "1.0.0""#,
      #""version": 1"#,
      #"$.version (line 4, column 14): number, expected a text"#),
    BrokenManifest(
      "bare library", #""./libbits.so""#,
      #""libbits.so""#,
      #"$.library (line 6, column 14): "libbits.so" is no path: write "./libbits.so" for a file beside the manifest, or { "system": "libbits.so" } for a library of the system"#
    ),
    BrokenManifest(
      "library as a number", #""./libbits.so""#,
      #"7"#,
      #"$.library (line 6, column 14): number, expected a path or an object with "path" or "system""#),
    BrokenManifest(
      "system library with a path", #""./libbits.so""#,
      #"{ "system": "/lib/libz.so.1" }"#,
      #"$.library.system (line 6, column 26): "/lib/libz.so.1" is no bare name of a library, such as "libz.so.1""#
    ),
    BrokenManifest(
      "misspelt key of a library", #""./libbits.so""#,
      #"{ "pth": "./libbits.so" }"#,
      #"$.library (line 6, column 14): the key "path" is missing"#,
      #"$.library.pth (line 6, column 16): unknown key "pth", did you mean "path"?"#),
    BrokenManifest(
      "short hash", #""./libbits.so""#,
      #""./libbits.so", "sha256": "abcd""#,
      #"$.sha256 (line 6, column 40): expected the 64 hexadecimal digits of a SHA-256"#),
    BrokenManifest(
      "hash of a system library", #""./libbits.so""#,
      #"{ "system": "libz.so.1" }, "sha256": "0000000000000000000000000000000000000000000000000000000000000000""#,
      #"$.sha256 (line 6, column 51): only a library that is given by its path alone can have its hash here"#),
    BrokenManifest(
      "hash without a library", #""library": "./libbits.so""#,
      #""sha256": "0000000000000000000000000000000000000000000000000000000000000000""#,
      #"$.sha256 (line 6, column 13): a hash without a "library""#,
      #"$.instructions[0] (line 9, column 5): no "library", neither here nor in the manifest"#,
      #"$.instructions[1] (line 17, column 5): no "library", neither here nor in the manifest"#),
    BrokenManifest(
      "no instructions", nil,
      #"{ "abi": 1, "name": "bits", "version": "1", "instructions": [] }"#,
      #"$.instructions (line 1, column 61): no instructions"#),
    BrokenManifest(
      "instruction that is none", #""instructions": ["#,
      #""instructions": [ 7,"#,
      #"$.instructions[0] (line 8, column 21): number, expected an object"#),
    BrokenManifest(
      "missing symbol", #""name": "first", "symbol": "first""#,
      #""name": "first""#,
      #"$.instructions[0] (line 9, column 5): the key "symbol" is missing"#),
    BrokenManifest(
      "symbol with a blank", #""symbol": "first""#,
      #""symbol": "int first""#,
      #"$.instructions[0].symbol (line 9, column 34): "int first" is no symbol"#),
    BrokenManifest(
      "misspelt arguments", #""arguments""#,
      #""arguements""#,
      #"$.instructions[0].arguements (line 11, column 7): unknown key "arguements", did you mean "arguments"?"#
    ),
    BrokenManifest(
      "two of one name", #""name": "second""#,
      #""name": "first""#,
      #"$.instructions[1] (line 17, column 5): a second instruction with the name "first""#),
    BrokenManifest(
      "encodings that clash", #""0x0000102b", "mask": "0xfe00707f""#,
      #""0x0000102b", "mask": "0x0000707f""#,
      #"$.instructions[1].encoding (line 18, column 19): the encoding of "second" clashes with that of "first""#
    ),
    BrokenManifest(
      "Weft's own opcode", #""custom-1""#,
      #""custom-0""#,
      #"$.instructions[0].encoding.major (line 10, column 30): custom-0 is Weft's own; extensions use custom-1, custom-2 or custom-3"#
    ),
    BrokenManifest(
      "unknown opcode", #""custom-1""#,
      #""custom1""#,
      #"$.instructions[0].encoding.major (line 10, column 30): unknown major opcode "custom1", did you mean "custom-1"?"#
    ),
    BrokenManifest(
      "funct3 too large", #""funct3": 1"#,
      #""funct3": 8"#,
      #"$.instructions[0].encoding.funct3 (line 10, column 52): 8 is no integer from 0 to 7"#),
    BrokenManifest(
      "funct7 as a text", #""funct7": 4"#,
      #""funct7": "4""#,
      #"$.instructions[0].encoding.funct7 (line 10, column 65): string, expected an integer"#),
    BrokenManifest(
      "match outside mask", #""0x0000102b""#,
      #""0x0002102b""#,
      #"$.instructions[1].encoding (line 18, column 19): match 0x0002102b has bits outside mask 0xfe00707f"#),
    BrokenManifest(
      "mask without opcode", #""0x0000102b", "mask": "0xfe00707f""#,
      #""0x0000102a", "mask": "0xfe00707e""#,
      #"$.instructions[1].encoding (line 18, column 19): mask 0xfe00707e must cover the major opcode, bits 0 to 6"#
    ),
    BrokenManifest(
      "standard opcode", #""0x0000102b""#,
      #""0x00001033""#,
      #"$.instructions[1].encoding (line 18, column 19): standard opcodes belong to RISC-V; extensions use 0x2b, 0x5b or 0x7b (custom-1, custom-2, custom-3)"#
    ),
    BrokenManifest(
      "word with a letter too many", #""0x0000102b""#,
      #""0x0000102bb""#,
      #"$.instructions[1].encoding.match (line 18, column 30): "0x0000102bb" is no word: write a number or a text such as "0x0a00302b""#
    ),
    BrokenManifest(
      "unknown kind of argument", #"{ "value": "rs2", "as": "size_t" }"#,
      #"{ "valeu": "rs2", "as": "size_t" }"#,
      #"$.instructions[0].arguments[1].valeu (line 13, column 11): unknown key "valeu", did you mean "value"?"#
    ),
    BrokenManifest(
      "argument without a kind", #"{ "value": "rs2", "as": "size_t" }"#,
      #"{ "as": "size_t" }"#,
      #"$.instructions[0].arguments[1] (line 13, column 9): an argument has one of the keys value, constant, guest, struct, host"#
    ),
    BrokenManifest(
      "argument of two kinds", #"{ "value": "rs2", "as": "size_t" }"#,
      #"{ "value": "rs2", "as": "size_t", "host": "null" }"#,
      #"$.instructions[0].arguments[1] (line 13, column 9): value and host in one argument: use one of them"#),
    BrokenManifest(
      "unknown scalar", #""as": "size_t""#,
      #""as": "sizet""#,
      #"$.instructions[0].arguments[1].as (line 13, column 33): unknown kind "sizet", did you mean "size_t"?"#
    ),
    BrokenManifest(
      "pointer as a scalar", #""as": "size_t""#,
      #""as": "pointer""#,
      #"$.instructions[0].arguments[1].as (line 13, column 33): unknown kind "pointer", expected one of bool, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, size_t"#
    ),
    BrokenManifest(
      "unknown register", #""value": "rs2""#,
      #""value": "rs3""#,
      #"$.instructions[0].arguments[1].value (line 13, column 20): unknown register "rs3", did you mean "rs1"?"#
    ),
    BrokenManifest(
      "x0", #""value": "rs2""#,
      #""value": "zero""#,
      #"$.instructions[0].arguments[1].value (line 13, column 20): x0 is always 0: use a constant"#),
    BrokenManifest(
      "pair at the end", #""value": "rs2", "as": "size_t""#,
      #""value": "t6", "as": "u64""#,
      #"$.instructions[0].arguments[1].value (line 13, column 20): a pair cannot begin with x31"#),
    BrokenManifest(
      "immediate of an R-type", #""value": "rs2", "as": "size_t""#,
      #""value": "immediate", "as": "i32""#,
      #"$.instructions[0].arguments[1].value (line 13, column 20): the encoding fixes bits of the immediate, 20 to 31: leave funct7 away"#
    ),
    BrokenManifest(
      "constant out of range", #""value": "rs2", "as": "size_t""#,
      #""constant": 256, "as": "u8""#,
      #"$.instructions[0].arguments[1].constant (line 13, column 23): 256 is no integer from 0 to 255"#),
    BrokenManifest(
      "constant of another type", #""value": "rs2", "as": "size_t""#,
      #""constant": 1, "as": "bool""#,
      #"$.instructions[0].arguments[1].constant (line 13, column 23): number, expected true or false"#),
    BrokenManifest(
      "unknown direction", #""guest": "in""#,
      #""guest": "input""#,
      #"$.instructions[0].arguments[0].guest (line 12, column 20): unknown direction "input", did you mean "inout"?"#
    ),
    BrokenManifest(
      "range without a bound", #", "max": 4096"#,
      #""#,
      #"$.instructions[0].arguments[0] (line 12, column 9): the key "max" is missing: a length that the guest chooses needs a bound"#
    ),
    BrokenManifest(
      "bound too large", #""max": 4096"#,
      #""max": 268435457"#,
      #"$.instructions[0].arguments[0].max (line 12, column 65): 268435457 is no integer from 1 to 268435456"#
    ),
    BrokenManifest(
      "length of another kind", #""length": "rs2""#,
      #""length": null"#,
      #"$.instructions[0].arguments[0].length (line 12, column 51): null, expected a number, a register or { "argument": number }"#
    ),
    BrokenManifest(
      "length of no argument", #""length": "rs2""#,
      #""length": { "argument": 3 }"#,
      #"$.instructions[0].arguments[0].length.argument (line 12, column 65): there is no argument 3, the function has 3 (from 0)"#
    ),
    BrokenManifest(
      "length of a struct", #""length": "rs2""#,
      #""length": { "argument": 2 }"#,
      #"$.instructions[0].arguments[0].length.argument (line 12, column 65): argument 2 is no integer"#),
    BrokenManifest(
      "alignment", #""max": 4096"#,
      #""max": 4096, "align": 3"#,
      #"$.instructions[0].arguments[0].align (line 12, column 80): 3 is no power of two"#),
    BrokenManifest(
      "unknown host service", #"{ "struct": "point", "base": "a0" }"#,
      #"{ "host": "kontext" }"#,
      #"$.instructions[0].arguments[2].host (line 14, column 19): unknown service of the host "kontext", did you mean "context"?"#
    ),
    BrokenManifest(
      "unknown struct", #""struct": "point""#,
      #""struct": "pint""#,
      #"$.instructions[0].arguments[2].struct (line 14, column 21): no struct of the name "pint", did you mean "point"?"#
    ),
    BrokenManifest(
      "empty struct", #""struct": "point""#,
      #""struct": []"#,
      #"$.instructions[0].arguments[2].struct (line 14, column 21): a struct without fields"#),
    BrokenManifest(
      "size_t in a struct", #"{ "name": "x", "as": "i32" }"#,
      #"{ "name": "x", "as": "size_t" }"#,
      #"$.structs.point[0].as (line 7, column 48): size_t differs between guest and host: write u32 or u64"#),
    BrokenManifest(
      "field twice", #"{ "name": "y""#,
      #"{ "name": "x""#,
      #"$.structs.point[1] (line 7, column 57): a second field with the name "x""#),
    BrokenManifest(
      "struct in itself", #"{ "name": "y", "as": "i32" }"#,
      #"{ "name": "y", "struct": "point" }"#,
      #"$.structs.point[1].struct (line 7, column 82): the struct "point" contains itself"#),
    BrokenManifest(
      "array too long", #"{ "name": "y", "as": "i32" }"#,
      #"{ "name": "y", "as": "i32", "count": 64 }"#,
      #"$.structs.point (line 7, column 25): 65 scalars in a struct, the limit is 64"#),
    BrokenManifest(
      "result without a place", #"{ "as": "i32", "register": "rd", "status": "nonnegative" }"#,
      #"{ "as": "i32" }"#,
      #"$.instructions[0].returns (line 16, column 18): a result needs a "register", a "status" or "discard": true"#
    ),
    BrokenManifest(
      "pointer as a result", #"{ "as": "i32", "register": "rd", "status": "nonnegative" }"#,
      #"{ "as": "pointer", "register": "rd" }"#,
      #"$.instructions[0].returns.as (line 16, column 26): a pointer means nothing to the guest: add "discard": true"#
    ),
    BrokenManifest(
      "status of an unsigned kind", #"{ "as": "i32", "register""#,
      #"{ "as": "u32", "register""#,
      #"$.instructions[0].returns.status (line 16, column 61): u32 cannot be this status"#),
    BrokenManifest(
      "discarded and kept", #""status": "nonnegative""#,
      #""discard": true"#,
      #"$.instructions[0].returns.register (line 16, column 45): a result that is discarded has no register"#),
    BrokenManifest(
      "unknown rule for overlaps", #""symbol": "second""#,
      #""symbol": "second", "overlap": "bounced""#,
      #"$.instructions[1].overlap (line 17, column 56): unknown rule for overlaps "bounced", did you mean "bounce"?"#
    ),
    BrokenManifest(
      "immediate and rs2",
      #"""
      "encoding": { "major": "custom-1", "funct3": 1, "funct7": 4 },
            "arguments": [
      """#,
      #"""
      "encoding": { "major": "custom-1", "funct3": 2 },
            "arguments": [ { "value": "immediate", "as": "i8" },
      """#,
      #"$.instructions[0].arguments (line 11, column 20): the immediate and rs2 share bits of the word: use one of them"#
    ),
    BrokenManifest(
      "register that the mask fixes",
      #"""
      "symbol": "second",
            "encoding": { "match": "0x0000102b", "mask": "0xfe00707f" }
      """#,
      #"""
      "symbol": "second",
            "encoding": { "match": "0x0000102b", "mask": "0xfe007fff" }, "returns": { "as": "u32", "register": "rd" }
      """#,
      #"$.instructions[1].returns.register (line 18, column 106): the encoding fixes bits of rd"#),
    BrokenManifest(
      "many at once", #""name": "bits""#,
      #""name": "B", "licens": 1"#,
      #"$.name (line 3, column 11): "B" is no name: use lower-case letters, digits and hyphens"#,
      #"$.licens (line 3, column 16): unknown key "licens", did you mean "license"?"#),
  ]
}
