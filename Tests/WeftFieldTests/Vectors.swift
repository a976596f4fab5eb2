import Foundation
import Synchronization
import Testing
import WeftField

/// Outside vectors: found through `WEFT_VECTORS` or in `../shared/vectors` beside the package; absent ones are counted.
enum Vectors {
  static let directory: URL? = {
    var candidates: [URL] = []
    if let path = ProcessInfo.processInfo.environment["WEFT_VECTORS"] {
      candidates.append(URL(filePath: path))
    }
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    candidates.append(package.deletingLastPathComponent().appending(path: "shared/vectors"))
    return candidates.first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  static let absent = Atomic<Int>(0)

  /// The JSON object of a file; nil, with one line that counts, when there is none.
  static func object(_ name: String) throws -> [String: Any]? {
    guard let directory else {
      let count = absent.add(1, ordering: .relaxed).newValue
      print("skipped \(name): no vectors (WEFT_VECTORS or ../shared/vectors); \(count) skipped so far")
      return nil
    }
    let data = try Data(contentsOf: directory.appending(path: name))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

extension Dictionary where Key == String, Value == Any {
  func element(_ key: String) throws -> BabyBear {
    let number = try #require(self[key] as? Int)
    return try #require(BabyBear(canonical: UInt32(number)))
  }

  func elements(_ key: String) throws -> [BabyBear] { try fieldElements(self[key]) }

  func objects(_ key: String) throws -> [[String: Any]] { try #require(self[key] as? [[String: Any]]) }
}

func fieldElements(_ value: Any?) throws -> [BabyBear] {
  let numbers = try #require(value as? [Int])
  return try numbers.map { number in try #require(BabyBear(canonical: UInt32(number))) }
}

/// The same numbers every time.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func element() -> BabyBear { BabyBear(next()) }

  mutating func extensionElement() -> BabyBear4 { BabyBear4(element(), element(), element(), element()) }
}
