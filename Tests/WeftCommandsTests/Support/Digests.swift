import WeftDigests

enum Digests {
  static func text(_ bytes: [UInt8]) -> String { SHA256.text(of: bytes) }
}
