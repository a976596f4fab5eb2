/// An extension without code: a JSON text that says which C functions of which libraries become which instructions.
///
/// `extension.schema.json` beside this file describes the text for editors; `ForeignExtension` makes an extension of
/// it. Everything in it is checked when it is decoded, and all mistakes are reported together, each with its path,
/// line and column.
///
/// ```json
/// { "abi": 1, "name": "bits", "version": "1.0.0", "library": "./libbits.so",
///   "instructions": [
///     { "name": "popcount", "symbol": "popcount32",
///       "encoding": { "major": "custom-1", "funct3": 2, "funct7": 0 },
///       "arguments": [ { "value": "rs1", "as": "u32" } ],
///       "returns": { "as": "u32", "register": "rd" } } ] }
/// ```
public struct ExtensionManifest: Sendable, Hashable {
  /// Lower-case letters, digits and hyphens.
  public internal(set) var name: String
  public internal(set) var version: String
  public internal(set) var license: String?
  public internal(set) var summary: String?
  public internal(set) var instructions: [Instruction]

  /// The only version of the format so far.
  public static let abi = 1

  /// One C function as an instruction.
  public struct Instruction: Sendable, Hashable {
    /// The name inside the extension.
    public internal(set) var name: String
    /// The name in disassembly and profiles; `<extension>.<name>` unless the manifest says otherwise.
    public internal(set) var mnemonic: String
    public internal(set) var summary: String?
    public internal(set) var library: Library
    public internal(set) var symbol: String
    /// A word is this instruction when `word & mask == match`.
    public internal(set) var match: UInt32
    public internal(set) var mask: UInt32
    public internal(set) var arguments: [Argument]
    public internal(set) var result: Result
    public internal(set) var overlap: OverlapRule
  }

  /// Where a function is looked up.
  public enum Library: Sendable, Hashable {
    /// A file: absolute, or relative to the manifest. It must have this SHA-256, where one is given.
    case file(path: String, sha256: [UInt8]?)
    /// A bare name such as `libcrypto.so.3`, for the system's loader.
    case system(String)
  }

  /// What happens when two ranges of a call share a byte and at least one of them is written.
  public enum OverlapRule: String, Sendable, Hashable, CaseIterable {
    /// The instruction traps.
    case refuse
    /// Each range gets a copy of its own; copies are written back in the order of the arguments.
    case bounce
  }
}
