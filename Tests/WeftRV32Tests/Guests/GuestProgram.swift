import Foundation
import WeftMachine

@testable import WeftRV32

/// A program of the tree with the result to expect: programs/README.md describes the fields.
struct GuestProgram: Sendable, CustomStringConvertible {
  struct Expectation: Decodable, Sendable {
    var exit: UInt32
    var output: String
    var input: String?
    var publicValues: String?
    var signature: [String]?
    /// Extensions that the guest uses. Here it runs with software in their place.
    var extensions: [String]?
    /// The guest calls EVM contracts, which this module knows nothing of: it runs in the tests of WeftContracts.
    var contracts: Bool?
  }

  /// Path below programs/rv32.
  var name: String
  var elfPath: String
  var expected: Expectation

  var description: String { name }
  var environment: GuestEnvironment { name.hasPrefix("machine/") ? .machine : .user }

  func load() throws -> RV32Program {
    try RV32Program(contentsOf: elfPath, options: RV32Program.Options(environment: environment))
  }

  /// Every folder with an expected.json.
  static let all: [GuestProgram] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: "programs/rv32")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let expectations = (files?.compactMap { $0 as? URL } ?? []).filter {
      $0.lastPathComponent == "expected.json"
    }
    return expectations.compactMap { file in
      let folder = file.deletingLastPathComponent()
      guard let data = try? Data(contentsOf: file),
        let expected = try? JSONDecoder().decode(Expectation.self, from: data)
      else { return nil }
      if expected.contracts == true { return nil }
      let suffix = expected.extensions == nil ? "" : "-software"
      return GuestProgram(
        name: String(folder.path.dropFirst(root.path.count + 1)),
        elfPath: folder.appending(path: "\(folder.lastPathComponent)\(suffix).elf").path, expected: expected)
    }.sorted { $0.name < $1.name }
  }()
}
