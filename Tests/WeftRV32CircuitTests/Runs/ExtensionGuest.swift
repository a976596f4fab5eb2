import Bits
import BulkMemory
import FoundationEssentials
import Testing
import Vectors
import WeftExtensions
import WeftMachine

/// A guest that uses extensions.
struct ExtensionGuest: Sendable, CustomTestStringConvertible {
  enum Name: Sendable { case bits, vectors, bulkMemory, digest }

  var path: String
  var names: [Name]
  /// Some of the instructions that the run must contain.
  var instructions: [String]
  /// Instructions until the first of the extension, and some more; nil for the tests' own limit.
  var limit: UInt64?

  var testDescription: String { path }

  static let all = [
    ExtensionGuest(path: "bits/bits", names: [.bits], instructions: []),
    ExtensionGuest(path: "vectors/vectors", names: [.vectors], instructions: [], limit: 20_000),
    ExtensionGuest(path: "bulkmemory/bulkmemory", names: [.bulkMemory], instructions: []),
    ExtensionGuest(path: "digest/digest", names: [.digest], instructions: [], limit: 20_000),
    ExtensionGuest(path: "provable/provable", names: [.bits, .bulkMemory], instructions: []),
    ExtensionGuest(
      path: "extensions-swift/extensions-swift", names: [.bits, .vectors, .bulkMemory, .digest],
      instructions: []),
  ]

  func extensions() throws -> [any VMExtension] {
    try names.map { name in
      switch name {
      case .bits: return try NativeExtension(linked: "bits", weft_bits_extension())
      case .vectors: return try NativeExtension(linked: "vectors", weft_vectors_extension())
      case .bulkMemory: return try NativeExtension(linked: "bulk-memory", BulkMemory.bulkMemory.pointer)
      case .digest:
        var loader = ExtensionLoader()
        loader.allowsForeign = true
        let root = URL(filePath: Guests.folder).deletingLastPathComponent().deletingLastPathComponent()
        return try loader.load(root.appending(path: "Plugins/Digest/extension.json").path)
      }
    }
  }
}
