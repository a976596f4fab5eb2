/// The names and numbers of the format. `WeftExport.md` in the documentation describes it for readers.
public enum ExportFormat {
  /// Grows when readers of the old format would misread the new one.
  public static let version = 1
  static let directoryKind = "weft-export"
  static let segmentKind = "weft-segment"
  static let constraintsKind = "weft-airs"

  static let manifest = "manifest.json"
  static let constraints = "airs.json"
  /// What is being written; it loses this ending when it is whole.
  static let partialSuffix = ".partial"

  /// Rows of an AIR at most, and cells of a segment: what a reader takes into memory.
  static let rowLimit = 1 << 24
  static let cellLimit = 1 << 32
  static let airLimit = 4096
  static let segmentLimit = 1_000_000
  /// Bytes of a JSON file, and how deep it may be nested.
  static let textLimit = 1 << 28
  static let depthLimit = 16

  static func segment(_ index: Int) -> String { "segment-" + padded(index, to: 6) }

  /// The number of a segment's directory; nil for other names.
  static func segmentIndex(_ name: String) -> Int? {
    guard name.hasPrefix("segment-"), let index = Int(name.dropFirst(8)), index >= 0, name == segment(index)
    else { return nil }
    return index
  }

  /// Which columns of an AIR a file holds.
  enum Part: Sendable, Hashable {
    case main
    case preprocessed
    case cached(Int)

    var suffix: String {
      switch self {
      case .main: ""
      case .preprocessed: ".preprocessed"
      case .cached(let number): ".cached\(number)"
      }
    }
  }

  /// `NNN_<air>.npy` with the place of the AIR in `airs.json`; what is no letter, digit, `_` or `-` becomes `_`.
  static func arrayFile(_ place: Int, _ air: String, _ part: Part) -> String {
    let name = air.utf8.prefix(64).map { byte -> Character in
      let isPlain = Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
      return byte < 0x80 && isPlain || byte == UInt8(ascii: "-") ? Character(Unicode.Scalar(byte)) : "_"
    }
    return padded(place, to: 3) + "_" + String(name) + part.suffix + ".npy"
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
