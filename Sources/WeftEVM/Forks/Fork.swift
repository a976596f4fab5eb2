/// A set of rules of the Ethereum mainnet, in the order of history.
///
/// Muir, Arrow and Gray Glacier changed the difficulty bomb alone, which no execution can see.
public enum Fork: Int, Sendable, Hashable, CaseIterable, Comparable {
  case frontier
  case homestead
  /// EIP-150.
  case tangerineWhistle
  /// EIP-155, 160, 161, 170.
  case spuriousDragon
  case byzantium
  case constantinople
  /// Constantinople without EIP-1283.
  case petersburg
  case istanbul
  case berlin
  case london
  case paris
  case shanghai
  case cancun
  case prague
  case osaka
  /// Osaka with larger blob parameters.
  case bpo1
  case bpo2

  /// The fork that is used where nobody names one.
  public static var standard: Fork { .osaka }

  public static func < (left: Fork, right: Fork) -> Bool { left.rawValue < right.rawValue }

  /// The name in the official tests.
  public var testName: String {
    switch self {
    case .frontier: "Frontier"
    case .homestead: "Homestead"
    case .tangerineWhistle: "EIP150"
    case .spuriousDragon: "EIP158"
    case .byzantium: "Byzantium"
    case .constantinople: "Constantinople"
    case .petersburg: "ConstantinopleFix"
    case .istanbul: "Istanbul"
    case .berlin: "Berlin"
    case .london: "London"
    case .paris: "Paris"
    case .shanghai: "Shanghai"
    case .cancun: "Cancun"
    case .prague: "Prague"
    case .osaka: "Osaka"
    case .bpo1: "BPO1"
    case .bpo2: "BPO2"
    }
  }

  /// The fork of a name, in any case: that of the official tests or a common other one.
  public init?(name: String) {
    let wanted = name.lowercased()
    if let fork = Fork.allCases.first(where: { $0.testName.lowercased() == wanted }) {
      self = fork
      return
    }
    switch wanted {
    case "tangerinewhistle", "tangerine": self = .tangerineWhistle
    case "spuriousdragon", "spurious": self = .spuriousDragon
    case "petersburg": self = .petersburg
    case "merge": self = .paris
    default: return nil
    }
  }
}

extension Fork: CustomStringConvertible {
  public var description: String { testName }
}
