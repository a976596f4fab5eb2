/// The objects that a manifest is made of, and their keys. The schema lists the same: a test compares the two.
enum ManifestShape: String, CaseIterable {
  case manifest, libraryFile, librarySystem, instruction, encodingFields, encodingMask
  case valueArgument, constantArgument, guestArgument, structArgument, hostArgument, lengthArgument
  case scalarResult, structResult, scalarField, structField

  var keys: [String] { required + optional }

  var required: [String] {
    switch self {
    case .manifest: ["abi", "name", "version", "instructions"]
    case .libraryFile: ["path"]
    case .librarySystem: ["system"]
    case .instruction: ["name", "symbol", "encoding"]
    case .encodingFields: ["major", "funct3"]
    case .encodingMask: ["match", "mask"]
    case .valueArgument: ["value", "as"]
    case .constantArgument: ["constant", "as"]
    case .guestArgument: ["guest", "base", "length"]
    case .structArgument, .structResult: ["struct", "base"]
    case .hostArgument: ["host"]
    case .lengthArgument: ["argument"]
    case .scalarResult: ["as"]
    case .scalarField: ["name", "as"]
    case .structField: ["name", "struct"]
    }
  }

  var optional: [String] {
    switch self {
    case .manifest: ["$schema", "description", "license", "library", "sha256", "structs"]
    case .libraryFile: ["sha256"]
    case .instruction: ["mnemonic", "description", "library", "arguments", "returns", "overlap"]
    case .encodingFields: ["funct7"]
    case .guestArgument: ["unit", "max", "align", "description"]
    case .valueArgument, .constantArgument, .structArgument, .hostArgument: ["description"]
    case .scalarResult: ["register", "status", "discard"]
    case .scalarField, .structField: ["count"]
    case .librarySystem, .encodingMask, .lengthArgument, .structResult: []
    }
  }
}
