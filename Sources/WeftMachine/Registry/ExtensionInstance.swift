/// What an extension keeps for one machine.
///
/// An extension that has state registers a factory; every machine makes its own instance. Executors and system calls
/// reach it as `guest.instance(_:)`, instructions of the EVM as `frame.instance(_:)`.
///
/// ```swift
/// final class Counter: ExtensionInstance {
///   let name = "counter"
///   var value: UInt32 = 0
///   func begin(_ guest: Guest) { value = 0 }
///   func save() -> [UInt8]? { withUnsafeBytes(of: value) { Array($0) } }
///   func restore(_ bytes: [UInt8]) { value = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) } }
/// }
/// ```
public protocol ExtensionInstance: AnyObject {
  /// The extension's name, for messages.
  var name: String { get }

  /// A run begins, with fresh memory: the state is that of the beginning again.
  func begin(_ guest: Guest) throws(ExtensionFailure)

  /// An execution of the EVM begins, which has no guest: a call from outside or a transaction. The state is that of the
  /// beginning again.
  func begin() throws(ExtensionFailure)

  /// The guest's memory is about to go away; nothing may touch it from here on.
  func end()

  /// How often instructions of another set were executed that it carries out, where the run is recorded or metered.
  var instructionCounts: [InstructionCount] { get }

  /// The state for a snapshot; `nil` where it cannot be saved.
  func save() throws(ExtensionFailure) -> [UInt8]?

  /// Takes back a state that `save` gave.
  func restore(_ bytes: [UInt8]) throws(ExtensionFailure)
}

extension ExtensionInstance {
  public func begin(_ guest: Guest) throws(ExtensionFailure) {}
  public func begin() throws(ExtensionFailure) {}
  public func end() {}
  public var instructionCounts: [InstructionCount] { [] }
}

/// An extension failed outside of any instruction: when it was set up, saved or restored.
public struct ExtensionFailure: Error, Sendable, Hashable {
  public var name: String
  public var reason: String

  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  /// A snapshot of an extension that has state and no way to save it.
  public static func unsaved(_ name: String) -> ExtensionFailure {
    ExtensionFailure(name: name, reason: "its state cannot be saved")
  }
}

extension ExtensionFailure: CustomStringConvertible {
  public var description: String { "extension '\(name)': \(reason)" }
}
