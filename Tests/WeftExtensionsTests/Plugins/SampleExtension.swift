import Bits
import BulkMemory
import Foundation
import Vectors
import WeftExtensions
import WeftMachine

/// A sample extension in one of the forms that it comes in.
struct SampleExtension: Sendable, CustomStringConvertible {
  enum Name: String, Sendable, CaseIterable { case bits, vectors, bulkMemory }
  /// A table in this process, or a shared object that the build has put beside the tests.
  enum Form: String, Sendable, CaseIterable { case linked, object }

  var name: Name
  var form: Form

  static let all = Name.allCases.flatMap { name in
    Form.allCases.map { SampleExtension(name: name, form: $0) }
  }

  var description: String { "\(name), \(form)" }

  func load() throws -> any VMExtension {
    switch (form, name) {
    case (.linked, .bits): try NativeExtension(linked: "bits", weft_bits_extension())
    case (.linked, .vectors): try NativeExtension(linked: "vectors", weft_vectors_extension())
    case (.linked, .bulkMemory): try NativeExtension(linked: "bulk-memory", BulkMemory.bulkMemory.pointer)
    // The folder of the executable is on the search path.
    case (.object, .bits): try ExtensionLoader().load("libWeftBits.so")
    case (.object, .vectors): try ExtensionLoader().load("libWeftVectors.so")
    case (.object, .bulkMemory): try ExtensionLoader().load("libWeftBulkMemory.so")
    }
  }

  /// The manifest in the tree.
  static func digest() throws -> any VMExtension {
    var loader = ExtensionLoader()
    loader.allowsForeign = true
    return try loader.load(root.appending(path: "Plugins/Digest/extension.json").path)
  }

  /// The package.
  static let root = (0..<4).reduce(URL(filePath: #filePath)) { path, _ in path.deletingLastPathComponent() }
}
