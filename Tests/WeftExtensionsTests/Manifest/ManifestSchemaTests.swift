import Testing
import WeftJSON

@testable import WeftExtensions

@Suite("The schema of manifests")
struct ManifestSchemaTests {
  private static func definitions() throws -> JSONValue {
    try #require(JSONDocument(ExtensionManifest.schema).root["$defs"])
  }

  @Test(
    "Every object of the decoder is a definition of the schema, with the same keys",
    arguments: ManifestShape.allCases)
  func keys(shape: ManifestShape) throws {
    let definition = try #require(Self.definitions()[shape.rawValue])
    let properties = try #require(definition["properties"]).members.map { $0.key.string ?? "" }
    #expect(properties.sorted() == shape.keys.sorted())
    let required = definition["required"]?.elements.map { $0.string ?? "" } ?? []
    #expect(required.sorted() == shape.required.sorted())
    #expect(definition["additionalProperties"]?.bool == false)
    #expect(shape.keys.count == Set(shape.keys).count)
  }

  @Test("The schema has no other objects")
  func others() throws {
    let known = Set(ManifestShape.allCases.map(\.rawValue))
    for (key, value) in try Self.definitions().members where value["properties"] != nil {
      #expect(known.contains(key.string ?? ""))
    }
  }

  @Test("Words and limits are the decoder's")
  func words() throws {
    let definitions = try Self.definitions()
    func words(_ path: String...) -> [String] {
      let value = definitions.descendant(at: JSONPath(path.map { .member($0) }))
      return (value?["enum"]?.elements.map { $0.string ?? "" } ?? []).sorted()
    }
    #expect(words("kind") == ScalarKind.allCases.map(\.rawValue).sorted())
    #expect(
      words("guestArgument", "properties", "guest") == GuestRange.Direction.allCases.map(\.rawValue).sorted())
    #expect(
      words("instruction", "properties", "overlap")
        == ExtensionManifest.OverlapRule.allCases.map(\.rawValue).sorted())
    #expect(
      words("scalarResult", "properties", "status")
        == ExtensionManifest.StatusRule.allCases.map(\.rawValue).sorted())
    func number(_ path: String...) -> Int? {
      definitions.descendant(at: JSONPath(path.map { .member($0) }))?.integer(as: Int.self)
    }
    typealias Limits = ExtensionManifest.Limits
    #expect(number("manifest", "properties", "abi", "const") == ExtensionManifest.abi)
    #expect(number("manifest", "properties", "instructions", "maxItems") == Limits.instructions)
    #expect(number("manifest", "properties", "structs", "maxProperties") == Limits.structs)
    #expect(number("manifest", "properties", "name", "maxLength") == Limits.nameBytes)
    #expect(number("instruction", "properties", "arguments", "maxItems") == Limits.arguments)
    #expect(number("instruction", "properties", "symbol", "maxLength") == Limits.symbolBytes)
    #expect(number("guestArgument", "properties", "max", "maximum") == Limits.rangeBytes)
    #expect(number("guestArgument", "properties", "unit", "maximum") == Limits.unitBytes)
    #expect(number("fields", "maxItems") == Limits.structScalars)
  }

  @Test("Registers of the schema's pattern are those of the decoder")
  func registers() throws {
    let pattern = try #require(Self.definitions()["register"]?["pattern"]?.string)
    let regex = try Regex(pattern)
    for name in OperandSource.names { #expect(name.wholeMatch(of: regex) != nil, "\(name)") }
    for name in ["x0", "x32", "zero", "a8", "s12", "t7", "rs3", ""] {
      #expect(name.wholeMatch(of: regex) == nil, "\(name)")
      #expect(OperandSource(name) == nil)
    }
  }
}
