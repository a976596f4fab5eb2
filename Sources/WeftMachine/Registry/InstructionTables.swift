import Synchronization

/// Builds instruction tables, and keeps those without extensions of the host: a host that makes a machine for every
/// request registers each instruction set once.
enum InstructionTables {
  private static let builtIn = Mutex<[[ExtensionRegistry.Member]: InstructionTable]>([:])

  /// The table of an instruction set and of the extensions that a host adds to it.
  static func table(
    _ instructionSet: [any VMExtension], _ extensions: [any VMExtension]
  ) throws(RegistrationError) -> InstructionTable {
    let members = instructionSet.map { ExtensionRegistry.Member(name: $0.name, version: $0.version) }
    if extensions.isEmpty, let known = builtIn.withLock({ $0[members] }) { return known }
    var registry = ExtensionRegistry()
    for part in instructionSet { try registry.addBuiltIn(part) }
    for part in extensions {
      if part is any BuiltInExtension { try registry.addBuiltIn(part) } else { try registry.add(part) }
    }
    let table = registry.freeze()
    if extensions.isEmpty { builtIn.withLock { $0[members] = table } }
    return table
  }
}
