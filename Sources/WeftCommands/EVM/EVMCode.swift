import FoundationEssentials
import Glibc
import WeftEVM
import WeftFixtures
import WeftJSON

/// Reads EVM code: hexadecimal digits on the command line, or a file.
enum EVMCode {
  /// File names that hold EVM code for `weft run`.
  static func isCode(path: String) -> Bool {
    [".hex", ".bin", ".json"].contains { path.hasSuffix($0) && path.utf8.count > $0.utf8.count }
  }

  /// A file's code. `.hex`: digits, with or without "0x"; `.bin`: digits as compilers write them, or the bytes
  /// themselves; `.json`: an object that has the code, below.
  static func read(_ path: String, console: Console) throws(CommandError) -> [UInt8] {
    let bytes = try InputFile.read(path, console: console)
    if path.hasSuffix(".json") { return try code(inJSON: bytes, path) }
    if let code = digits(bytes) { return code }
    if path.hasSuffix(".bin") { return bytes }
    throw .input(path, "is not code in hexadecimal digits")
  }

  /// Code from digits, white space around them allowed.
  private static func digits(_ bytes: [UInt8]) -> [UInt8]? {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }
    let text = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    guard !text.isEmpty else { return [] }
    return HexadecimalBytes.bytes(String(decoding: Array(text), as: UTF8.self))
  }

  /// The code in a compiler's output or a plain object: the first of these members, a string of digits or an object
  /// whose `object` is one.
  private static let members = ["code", "deployedBytecode", "bytecode_runtime", "bin-runtime", "bytecode"]

  private static func code(inJSON bytes: [UInt8], _ path: String) throws(CommandError) -> [UInt8] {
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(bytes) } catch { throw .input(path, "\(error)") }
    for member in members {
      guard let value = document.root[member] else { continue }
      let text = (value.isObject ? value["object"] : value)?.string
      guard let text, let code = HexadecimalBytes.bytes(text) else {
        throw .input(path, "'\(member)' is not code in hexadecimal digits")
      }
      return code
    }
    throw .input(path, "has no code (" + members.joined(separator: ", ") + ")")
  }
}

/// Reads accounts: the state that calls begin with.
enum EVMStateFile {
  /// An object of accounts by address, as the official tests write them; also below `pre`, `accounts` or `alloc`.
  static func read(_ path: String, console: Console) throws(CommandError) -> [FixtureAccount] {
    let bytes = try InputFile.read(path, console: console)
    do throws(JSONError) {
      let root = try JSONDocument(bytes).root
      let accounts = root["pre"] ?? root["accounts"] ?? root["alloc"] ?? root
      return try FixtureAccount.accounts(accounts)
    } catch { throw .input(path, "\(error)") }
  }
}

extension ValueType where Value == Address {
  /// Forty hexadecimal digits.
  static let address = ValueType(placeholder: "ADDRESS") { text throws(InvalidValue) in
    guard let address = Address(text) else {
      throw InvalidValue(reason: "is not an address of 40 hexadecimal digits")
    }
    return address
  }
}

extension ValueType where Value == UInt256 {
  /// A number of at most 256 bits, decimal or hexadecimal.
  static let word = ValueType(placeholder: "N") { text throws(InvalidValue) in
    guard let word = UInt256(text) else { throw InvalidValue(reason: "is not a number of at most 256 bits") }
    return word
  }
}

extension ValueType where Value == [UInt8] {
  /// Bytes in hexadecimal digits.
  static let hexadecimalBytes = ValueType(placeholder: "HEX") { text throws(InvalidValue) in
    guard let bytes = HexadecimalBytes.bytes(text) else {
      throw InvalidValue(reason: "is not bytes in hexadecimal digits")
    }
    return bytes
  }
}
