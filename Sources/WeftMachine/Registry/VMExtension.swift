/// A named set of instructions, linked into the host. The built-in instruction sets are extensions too.
///
/// ```swift
/// struct Doubling: VMExtension {
///   let name = "doubling"
///   let version = "1.0.0"
///   func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
///     try registry.register(Double())
///   }
/// }
/// ```
public protocol VMExtension: Sendable {
  /// Lower-case letters, digits and hyphens; unique in a registry.
  var name: String { get }
  var version: String { get }
  /// Registers everything the extension brings.
  func register(in registry: inout ExtensionRegistry) throws(RegistrationError)
  /// Rules of the EVM that it defines. They are asked for before anything is registered, as what a fork has depends on
  /// them.
  var forks: [ForkDefinition] { get }
}

extension VMExtension {
  public var forks: [ForkDefinition] { [] }
}

/// A part of Weft that is not in every machine: hosts add it as an extension, and it has standard encodings.
package protocol BuiltInExtension: VMExtension {}
